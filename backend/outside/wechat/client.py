"""WeChat as the house speaks to it: a few verbs, each done or NotDone with what to do next."""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from backend.outside.clock import Clock
from backend.outside.kept import Kept
from backend.outside.sealing import Sealer
from backend.outside.wechat.answers import (
    DAY_IS_FULL,
    NO_ANSWER,
    TOKEN_REFUSED,
    Judged,
    Kind,
    NotDone,
    judge,
)
from backend.outside.wechat.line import Failed, Line
from backend.outside.wechat.speaking import (
    IMAGE,
    SUGGESTS,
    Person,
    Phone,
    Scene,
    TokenState,
    Verdict,
)
from backend.outside.wechat.tokens import Tokens
from search.breaker import Breaker

log = logging.getLogger(__name__)

# In a row; seconds.
FAILURES, REST_S = 5, 10.0
# Whom WeChat cannot check, a person of ours looks at.
_CANNOT_CHECK = ("person_not_seen_lately", "not_our_person", "risky_by_version_1")


class RealWeChat:
    """Speaks to WeChat. Every verb raises NotDone; none is tried again but after a refused token.

    After so many failures of the network in a row at one path nobody asks there for a while; the
    other paths go on: a login needs no token.
    """

    def __init__(self, line: Line, kept: Kept, clock: Callable[[], Clock]) -> None:
        self.line, self.kept, self.clock = line, kept, clock
        self.breakers: dict[str, Breaker] = {}
        sealer = Sealer(line.secret.encode(), "sanjin: WeChat's access token at rest")
        self.tokens = Tokens(account_of(line), kept, sealer, self._token_asked)

    def login(self, code: str) -> Person:
        """Who a code of wx.login belongs to. The session's key is not kept: nothing needs it."""
        said = self._tried("login", lambda: self.line.session_of(code))
        return Person(_text(said, "openid"), str(said.get("unionid") or ""))

    def phone(self, code: str, openid: str) -> Phone:
        """The number behind a code of the phone button, which must be this person's."""
        said = self._called("wxa/business/getuserphonenumber", {"code": code, "openid": openid})
        info = said.get("phone_info")
        info = info if isinstance(info, dict) else {}
        return Phone(str(info.get("countryCode") or ""), _text(info, "purePhoneNumber"))

    def check_text(self, openid: str, words: str, *, scene: int = Scene.COMMENT) -> Verdict:
        """What WeChat thinks of words; one it cannot check is for a person to look at.

        At most TEXT_LETTERS letters, of somebody seen SEEN_WITHIN.
        """
        body = {"version": 2, "openid": openid, "scene": scene, "content": words}
        try:
            found = self._called("wxa/msg_sec_check", body).get("result")
        except NotDone as error:
            if error.why not in _CANNOT_CHECK:
                raise
            return Verdict("review", str(error.code))
        found = found if isinstance(found, dict) else {}
        suggest = str(found.get("suggest"))
        known = suggest if suggest in SUGGESTS else "review"
        return Verdict(known, str(found.get("label", "")))

    def check_media(
        self, openid: str, url: str, *, kind: int = IMAGE, scene: int = Scene.COMMENT
    ) -> str:
        """Have a picture or sound looked at; the number its verdict is pushed under."""
        body = {"version": 2, "openid": openid, "scene": scene, "media_url": url,
                "media_type": kind}  # fmt: skip
        return _text(self._called("wxa/media_check_async", body), "trace_id")

    def say(self, openid: str, words: str) -> None:
        """Send words while the person's window is open (48 hours after their last message)."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": words}}
        self._called("cgi-bin/message/custom/send", body, sends=True)

    def notify(self, openid: str, template: str, values: dict[str, str], *, page: str = "",
               state: str = "formal") -> str:  # fmt: skip
        """Send a subscribed message; `values` by the template's names, `page` without a slash.

        Gives WeChat's number of it, under which its end is pushed; "" where it said none.
        """
        data = {key: {"value": said} for key, said in values.items()}
        body = {"touser": openid, "template_id": template, "miniprogram_state": state,
                "lang": "zh_CN", "data": data}  # fmt: skip
        if page:
            body["page"] = page
        return str(
            self._called("cgi-bin/message/subscribe/send", body, sends=True).get("msgid", "")
        )

    def token_state(self) -> TokenState | None:
        """How old the token is that processes share, None where there is none; asks nobody."""
        return self.tokens.state()

    def trouble(self) -> str:
        """Why no token could be had lately, "" where one could; asks nobody."""
        return self.tokens.trouble()

    def close(self) -> None:
        """Let go of what a forked process must not inherit."""
        self.line.close()
        self.kept.close()

    def _called(self, path: str, body: dict[str, Any], *, sends: bool = False) -> dict[str, Any]:
        token = self.tokens.current()
        try:
            return self._tried(path, lambda: self.line.called(path, token.value, body), sends)
        except NotDone as error:
            if error.code not in TOKEN_REFUSED:
                raise
        fresh = self.tokens.instead_of(token)
        try:
            return self._tried(path, lambda: self.line.called(path, fresh.value, body), sends)
        except NotDone as error:
            if error.code in TOKEN_REFUSED:
                log.error("WeChat refuses a token it has just given out")
            raise

    def _token_asked(self) -> tuple[str, int]:
        return self._tried("token", self.line.stable_token)

    def _not_while_full(self, path):
        if self.kept.get(f"{self.tokens.name}:full:{path}"):
            raise NotDone(judge(DAY_IS_FULL, self.clock().now()), DAY_IS_FULL)

    def _breaker(self, path: str) -> Breaker:
        return self.breakers.setdefault(path, Breaker(failures=FAILURES, rest=REST_S))

    def _tried(self, path: str, ask: Callable[[], Any], sends: bool = False) -> Any:
        self._not_while_full(path)
        breaker = self._breaker(path)
        if not breaker.allows():
            raise NotDone(Judged(Kind.LATER, "rests", int(breaker.rest)), NO_ANSWER)
        failed = None
        try:
            said = ask()
        except Failed as error:
            failed = error
        if failed is None:
            breaker.succeeded()
            return said
        raise self._noted(path, failed, sends)

    def _noted(self, path, failed, sends):
        """What a failure comes to, told to the breaker and to the log without what was sent."""
        breaker = self._breaker(path)
        if failed.code != NO_ANSWER:
            breaker.succeeded()
        elif breaker.failed():
            log.warning("WeChat does not answer at %s, %ss of rest", path, int(breaker.rest))
        judged = judge(failed.code, self.clock().now())
        perhaps = sends and failed.reached and failed.code in (NO_ANSWER, -1)
        error = NotDone(judged, failed.code, perhaps=perhaps, said=failed.said)
        if failed.code == DAY_IS_FULL:
            self.kept.put(f"{self.tokens.name}:full:{path}", b"1", judged.after_s or 1)
        alarms = error.kind is Kind.OURS or failed.code == DAY_IS_FULL
        level = logging.ERROR if alarms else logging.INFO
        log.log(level, "WeChat %s: %s rid=%s ip=%s field=%s %s", path, error, error.rid, error.ip,
                error.field, failed.how)  # fmt: skip
        return error


def account_of(line: Line) -> str:
    """Under what an account's token is kept: another address or app id is another account."""
    return sha256(f"{line.address} {line.appid}".encode()).hexdigest()[:16]


def _text(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise NotDone(Judged(Kind.LATER, "no_answer", 1), NO_ANSWER)
    return found
