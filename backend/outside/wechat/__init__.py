"""WeChat, plugged in by its app id: the real one (or a server in its place), or a console twin."""

from collections.abc import Callable
from typing import NamedTuple

from backend.outside.clock import Clock
from backend.outside.kept import Kept, KeptAnyhow
from backend.outside.wechat.answers import Kind, NotDone
from backend.outside.wechat.console import ConsoleWeChat
from backend.outside.wechat.speaking import Person, Phone, Verdict, WeChat


class Given(NamedTuple):
    """What the settings say; without an app id nothing is said to WeChat."""

    address: str
    app_id: str
    secret: str


def connect(given: Given, kept: Kept, clock: Callable[[], Clock]) -> WeChat:
    """The WeChat of these settings. `kept` is where processes share the token; asks nothing yet."""
    if not given.app_id:
        return ConsoleWeChat()
    # Where there is no WeChat, its library is not even loaded.
    from backend.outside.wechat.client import RealWeChat
    from backend.outside.wechat.line import Line

    return RealWeChat(Line(*given), KeptAnyhow(kept), clock)


__all__ = ["Given", "Kind", "NotDone", "Person", "Phone", "Verdict", "WeChat", "connect"]
