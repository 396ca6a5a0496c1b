"""Refusals: an error is data with a sentence a person can act on."""

from typing import Any


class Refusal(Exception):  # noqa: N818 (named for what happened)
    """Base of all we say no with: HTTP status, stable code, Chinese words, details by field."""

    status = 400
    code = "refused"
    words = "请求未被接受。"

    def __init__(self, words: str | None = None, *, errors: dict | None = None) -> None:
        super().__init__(words or self.words)
        self.words = words or self.words
        self.errors = errors or {}
        self.headers: dict[str, str] = {}


class BadSetting(Refusal):
    """A setting that cannot be used."""

    code, words = "bad_setting", "设置有误。"


class BadInput(Refusal):
    """A field of the request that cannot be used; `errors` names it."""

    status, code, words = 422, "bad_input", "请检查填写的内容。"


class WordsRefused(Refusal):
    """Words that may not be shown; nothing of them is kept."""

    status, code, words = 422, "words_refused", "这段话不能公开，没有提交。请换一种说法。"


class NotFound(Refusal):
    """Nothing has this code."""

    status, code, words = 404, "not_found", "没有找到。"


class Gone(Refusal):
    """A code that was withdrawn; `replaced_by` names what took its place, if anything did."""

    status, code, words = 410, "gone", "这个编码已经撤销。"

    def __init__(self, words: str | None = None, *, replaced_by: str | None = None) -> None:
        super().__init__(words, errors={"replaced_by": replaced_by} if replaced_by else {})
        self.replaced_by = replaced_by


FROM_ELSEWHERE = "请在本站的页面上说；别的网站替您交来的不收。"
FROM_A_PROGRAM = "这里只收人说的，不收程序交来的。"


class NotForYou(Refusal):
    """A door that does not open to whoever asks."""

    status, code, words = 403, "not_for_you", "这里不对外开放。"


class NotFromWeChat(NotForYou):
    """A push that WeChat did not sign for us, or not lately, or that cannot be read."""

    code, words = "not_from_wechat", "这里只收微信推来的消息。"

    def __init__(self, why: str = "") -> None:
        super().__init__()
        # A word of ours, for those who watch; whoever pushes is not told.
        self.why = why


class SignInAgain(Refusal):
    """A door for whoever is signed in, asked without a token that is good."""

    status, code, words = 401, "sign_in_again", "请重新登录。查药、看价格不用登录。"

    def __init__(self, words: str | None = None) -> None:
        super().__init__(words)
        self.headers["WWW-Authenticate"] = 'Bearer realm="sanjin"'


class TooMany(Refusal):
    """Asked more often than one address may; `Retry-After` says in how many seconds to come."""

    status, code = 429, "too_many"

    def __init__(self, wait: int, words: str | None = None) -> None:
        super().__init__(words or f"问得太快了，请过 {wait} 秒再试。")
        self.headers["Retry-After"] = str(wait)


class NotNow(Refusal):
    """Right in itself, but the state of things does not allow it."""

    status, code, words = 409, "not_now", "当前状态不能这样办理。"


class CodeIsOver(BadInput):
    """A code of WeChat's that was used, is too old, or is somebody else's."""

    code, words = "code_is_over", "这次登录的凭证已经用过或过期了，请重新打开小程序再试。"


class RiskyPerson(NotForYou):
    """WeChat holds the account to be a risk and does not let it sign in."""

    code = "risky_person"
    words = "微信认为这个账号有风险，现在不能登录。查药、看价格不用登录。"


class TextChanged(NotNow):
    """A consent to a text that is not today's; `errors` names today's version."""

    code, words = "text_changed", "说明已经改过，请看过今天的再决定。"


class NeedsConsent(NotNow):
    """What is asked needs a consent that was not given, or was withdrawn."""

    code, words = "needs_consent", "要先同意“个人信息”的说明。"


class BadCursor(BadInput):
    """A cursor that is none of ours, or belongs to another question."""

    words = "cursor 请用上一页答案里的 next，其他参数不变；或者不填，从第一页看。"

    def __init__(self) -> None:
        super().__init__(errors={"cursor": [self.words]})


class CursorLost(Refusal):
    """A list changed so much that nobody can tell where the last page ended."""

    status, code, words = 409, "cursor_lost", "列表变了很多，请从第一页重新看。"


class TryAgain(Refusal):
    """What we stand on is away for a moment; `Retry-After` says in how many seconds to come."""

    status, code, words = 503, "try_again", "现在查不了，请过几秒再试。"
    wait = 5

    def __init__(self, words: str | None = None, *, wait: int | None = None) -> None:
        super().__init__(words)
        self.headers["Retry-After"] = str(max(1, wait or self.wait))


class BatchRefused(Refusal):
    """A sheet that is refused whole; the delivery holds the report."""

    status, code, words = 422, "batch_refused", "这份表没有导入，请按报告修改后重新提交。"
    delivery: Any = None
