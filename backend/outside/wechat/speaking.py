"""What can be said with WeChat, whoever stands there: the verbs and the shapes of their answers."""

from datetime import timedelta
from enum import IntEnum
from typing import NamedTuple, Protocol

IMAGE, AUDIO = 2, 1
SUGGESTS = ("pass", "review", "risky")

# The limits of WeChat's checks, from its pages. They are WeChat's, the same for every city, so they
# stand here and not in a policy pack.
TEXT_LETTERS = 2500
MEDIA_BYTES = 10 * 1024 * 1024
SEEN_WITHIN = timedelta(hours=2)


class Scene(IntEnum):
    """Where words or pictures stand, as WeChat counts such places."""

    PROFILE = 1
    COMMENT = 2
    FORUM = 3
    DIARY = 4


class Person(NamedTuple):
    """Whom WeChat says somebody is; `unionid` is "" where the account is not bound."""

    openid: str
    unionid: str


class Phone(NamedTuple):
    """A number somebody let us have: "86" and "13800000000"."""

    country: str
    number: str


class Verdict(NamedTuple):
    """What WeChat thinks of words: pass, review (a person looks) or risky, and its label."""

    suggest: str
    label: str


class TokenState(NamedTuple):
    """How many seconds ago the access token was asked for, and for how many more it is used."""

    age_s: float
    left_s: float


class WeChat(Protocol):
    """Every verb raises NotDone where it is not done."""

    def login(self, code: str) -> Person:
        """Who a code of wx.login belongs to."""

    def phone(self, code: str, openid: str) -> Phone:
        """The number behind a code of the phone button, which must be this person's."""

    def check_text(self, openid: str, words: str, *, scene: int = Scene.COMMENT) -> Verdict:
        """What WeChat thinks of words; one it cannot check is for a person to look at.

        At most TEXT_LETTERS letters, of somebody seen SEEN_WITHIN.
        """

    def check_media(
        self, openid: str, url: str, *, kind: int = IMAGE, scene: int = Scene.COMMENT
    ) -> str:
        """Have a picture or sound looked at; the number its verdict is pushed under.

        WeChat fetches it from the address, at most MEDIA_BYTES of it.
        """

    def say(self, openid: str, words: str) -> None:
        """Send words while the person's window is open (48 hours after their last message)."""

    def notify(self, openid: str, template: str, values: dict[str, str], *, page: str = "",
               state: str = "formal") -> str:  # fmt: skip
        """Send a subscribed message; `values` by the template's names, `page` without a slash.

        Gives WeChat's number of it, under which its end is pushed; "" where it said none.
        """

    def token_state(self) -> TokenState | None:
        """How old the token is that processes share, None where there is none; asks nobody."""

    def trouble(self) -> str:
        """Why no token could be had lately, "" where one could; asks nobody."""

    def close(self) -> None:
        """Let go of what a forked process must not inherit."""
