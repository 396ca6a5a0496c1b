"""WeChat, plugged in by its app id: the real one (or a server in its place), or a console twin."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from backend.outside.clock import Clock
from backend.outside.kept import Kept, KeptAnyhow
from backend.outside.wechat.answers import Kind, NotDone
from backend.outside.wechat.bodies import BODY_BYTES, Refused, fields_of
from backend.outside.wechat.ciphers import push_key
from backend.outside.wechat.console import ConsoleWeChat
from backend.outside.wechat.envelope import Lock, Mailbox, greeted, opened
from backend.outside.wechat.speaking import (
    MEDIA_BYTES,
    SEEN_WITHIN,
    SUGGESTS,
    TEXT_LETTERS,
    Person,
    Phone,
    Scene,
    TokenState,
    Verdict,
    WeChat,
)


class Given(NamedTuple):
    """What the settings say; without an app id nothing is said to WeChat."""

    address: str
    app_id: str
    secret: str


def mail_of(
    app_id: str, mode: str, *, now: tuple[str, str], before: tuple[str, str],
    before_until: str,
) -> Mailbox | None:  # fmt: skip
    """What opens the pushes of an account; None where it has no token to sign with.

    `now` and `before` are (token, EncodingAESKey); of the one before, what is "" was not changed.
    """
    if not now[0]:
        return None
    old = tuple(was or is_now for was, is_now in zip(before, now, strict=True))
    until = date.fromisoformat(before_until) if before_until else None
    return Mailbox(app_id, mode, _lock(*now), _lock(*old) if any(before) else None, until)


class Template(NamedTuple):
    """WeChat's number of a subscribed message; `keeps` where one tap allows many (长期订阅)."""

    number: str
    keeps: bool = False


def templates_of(written: str) -> dict[str, Template]:
    """WECHAT_TEMPLATES as it is read, by the kind of message."""
    said = (one.strip().split(":") for one in written.split(",") if one)
    return {kind: Template(number, bool(keeps)) for kind, number, *keeps in said}


def _lock(token: str, letters: str) -> Lock:
    return Lock(token, push_key(letters) if letters else b"")


def connect(given: Given, kept: Kept, clock: Callable[[], Clock]) -> WeChat:
    """The WeChat of these settings. `kept` is where processes share the token; asks nothing yet."""
    if not given.app_id:
        return ConsoleWeChat()
    # Where there is no WeChat, its library is not even loaded.
    from backend.outside.wechat.client import RealWeChat
    from backend.outside.wechat.line import Line

    return RealWeChat(Line(*given), KeptAnyhow(kept), clock)


__all__ = [
    "BODY_BYTES", "Given", "Kind", "Lock", "MEDIA_BYTES", "Mailbox", "NotDone", "Person", "Phone",
    "Refused", "SEEN_WITHIN", "SUGGESTS", "Scene", "TEXT_LETTERS", "Template", "TokenState",
    "Verdict", "WeChat", "connect", "fields_of", "greeted", "mail_of", "opened", "templates_of",
]  # fmt: skip
