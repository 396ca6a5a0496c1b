"""How many customer-service messages WeChat still lets us send somebody, and until when. Pure.

By the official page 客服消息使用指南 §2: what a person does raises the count to the most either
allows, and the time to the longest either allows; nothing adds up.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

# Our clock and WeChat's are not the same; nothing is sent in the last moment of a window.
MARGIN = timedelta(seconds=5)


class Act(StrEnum):
    """What a person did that opens a window: wrote to us, or opened the conversation."""

    WROTE = "wrote"
    ENTERED = "entered"


class Allowed(NamedTuple):
    """What an act allows: so many messages within so long."""

    messages: int
    within: timedelta


# Limits of WeChat's, not of the bureau's; the date is that of the page they were read from.
AS_OF = "2026-07-30"
ALLOWS = {
    Act.WROTE: Allowed(5, timedelta(hours=48)),
    Act.ENTERED: Allowed(2, timedelta(minutes=1)),
}


class Window(NamedTuple):
    """Messages left and the moment (UTC) it closes."""

    left: int
    until: datetime

    def holds(self, now: datetime) -> int:
        """How many messages may go out now."""
        return self.left if now < self.until - MARGIN else 0


CLOSED = Window(0, datetime(1970, 1, 1, tzinfo=UTC))


def opened(window: Window, act: Act, at: datetime) -> Window:
    """The window after an act at a moment (WeChat's own clock)."""
    allowed = ALLOWS[act]
    left = window.left if at < window.until else 0
    return Window(max(left, allowed.messages), max(window.until, at + allowed.within))


def spent(window: Window) -> Window:
    """After one more message went out, or may have gone out."""
    return window._replace(left=max(0, window.left - 1))


def corrected(why: str, window: Window, now: datetime) -> Window:
    """After a refusal, "window_is_closed" or "window_is_used_up": what we counted was wrong."""
    if why == "window_is_closed":
        return Window(0, min(window.until, now))
    return window._replace(left=0)
