"""Which way a message goes to a person: the best that is open and cannot disturb twice. Pure.

Chat (客服消息) while the person's window is open, then a subscribed message (订阅消息) where they
allowed one, then nothing but the inbox (站内信), where every message can be read anyway; what must
reach somebody goes on to the list of calls a clerk makes.
"""

from enum import StrEnum
from typing import NamedTuple


class Rung(StrEnum):
    """The ways, the best first."""

    CHAT = "chat"
    SUBSCRIBED = "subscribed"
    INBOX = "inbox"
    CALL = "call"


class Why(StrEnum):
    """Why a rung was chosen, kept on the message for whoever asks later."""

    OPEN_WINDOW = "open_window"
    ALLOWED = "allowed"
    MAY_HAVE_ARRIVED = "may_have_arrived"
    UNWANTED = "unwanted"
    NO_OTHER_WAY = "no_other_way"


class Standing(NamedTuple):
    """What is open to one message now.

    `chat_left` messages the window holds, `chat_parts` the words need; `credit` whether a
    subscribed message of its template is allowed; `refused` rungs that said never to this one;
    `perhaps` whether one of them may have brought it all the same; `wanted` False where the
    person unsubscribed; `must_reach` whether somebody has to call where all else fails.
    """

    chat_left: int
    chat_parts: int
    credit: bool
    refused: frozenset[Rung] = frozenset()
    perhaps: bool = False
    wanted: bool = True
    must_reach: bool = False


class Step(NamedTuple):
    """The rung to take and why."""

    rung: Rung
    why: Why


def next_step(now: Standing) -> Step:
    """The rung for a message. What may have arrived is never pushed again: the inbox has it."""
    if not now.wanted:
        return Step(Rung.INBOX, Why.UNWANTED)
    if now.perhaps:
        return Step(_last(now), Why.MAY_HAVE_ARRIVED)
    # Half an answer is worse than a short notice that a whole one can be read.
    if Rung.CHAT not in now.refused and 0 < now.chat_parts <= now.chat_left:
        return Step(Rung.CHAT, Why.OPEN_WINDOW)
    if Rung.SUBSCRIBED not in now.refused and now.credit:
        return Step(Rung.SUBSCRIBED, Why.ALLOWED)
    return Step(_last(now), Why.NO_OTHER_WAY)


def _last(now):
    return Rung.CALL if now.must_reach else Rung.INBOX
