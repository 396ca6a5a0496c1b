"""The line to WeChat: wechatpy, mended where it fails us; only this file knows it.

What is mended: no endless retries, a stable token that the house keeps, time-outs, bodies in
UTF-8, one address for every call, and exceptions that hold no secret.
"""

from typing import Any

from requests.exceptions import ConnectTimeout
from urllib3.exceptions import NewConnectionError
from wechatpy.client import WeChatClient
from wechatpy.exceptions import WeChatClientException

from backend.outside.hiding import Secret, mask_the_wires
from backend.outside.wechat.answers import NO_ANSWER
from backend.outside.wechat.bounded import BoundedAdapter


class Failed(Exception):  # noqa: N818 (named for what happened)
    """WeChat's code and words, or NO_ANSWER and how (the name of a kind of error).

    `reached` says whether WeChat may have got the question.
    """

    def __init__(self, code: int, said: str = "", *, how: str = "", reached: bool = True) -> None:
        super().__init__(code)
        self.code, self.said, self.how, self.reached = code, said, how, reached


class Line(WeChatClient):
    """Asks WeChat at one address; its own token logic is never used."""

    def __init__(self, address: str, app_id: str, secret: str) -> None:
        super().__init__(app_id, Secret(secret), auto_retry=False)
        self.address = address
        for scheme in ("https://", "http://"):
            self._http.mount(scheme, BoundedAdapter(pool_maxsize=32))
        mask_the_wires()

    def stable_token(self) -> tuple[str, int]:
        """(token, seconds it lives). Raises Failed."""
        said = self.asked("post", "cgi-bin/stable_token", [], {
            "grant_type": "client_credential", "appid": self.appid, "secret": self.secret,
        })  # fmt: skip
        token, lives_s = said.get("access_token"), said.get("expires_in")
        if not isinstance(token, str) or not token or type(lives_s) is not int or lives_s <= 0:
            raise Failed(NO_ANSWER)
        return token, lives_s

    def session_of(self, code: str) -> dict[str, Any]:
        """What WeChat says of a login; asked without a token. Raises Failed."""
        return self.asked("get", "sns/jscode2session", [
            ("appid", self.appid), ("secret", self.secret), ("js_code", code),
            ("grant_type", "authorization_code"),
        ])  # fmt: skip

    def called(self, path: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer of a call that needs a token. Raises Failed."""
        return self.asked("post", path, [("access_token", token)], body)

    def close(self) -> None:
        """Let go of every connection; they open again when something is asked."""
        self._http.close()

    def asked(self, verb: str, path: str, params: list, body: dict | None = None) -> dict[str, Any]:
        """WeChat's answer, an object without an errcode but 0. Raises Failed."""
        failed = None
        try:
            # A list of parameters gets no token added; a body given as a dict is sent in UTF-8.
            said = self._request(
                verb, f"{self.address}/{path}", params=params, data=body, allow_redirects=False
            )
        except Exception as error:
            failed = _failure(error)
        # Raised here, not there: what was caught holds the address with the secret in it.
        if failed is None and isinstance(said, dict):
            return said
        raise failed or Failed(NO_ANSWER, how="NotJson")


def _failure(error: Exception) -> Failed:
    """What went wrong, without a word of the library's: its words hold the address."""
    if isinstance(error, WeChatClientException) and isinstance(error.errcode, int):
        return Failed(error.errcode, str(error.errmsg))
    return Failed(NO_ANSWER, how=type(error).__name__, reached=not _never_left(error))


def _never_left(error):
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, ConnectTimeout) or isinstance(reason, NewConnectionError)
