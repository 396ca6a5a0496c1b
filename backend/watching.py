"""What the staff is told of the house itself: what stands still, and when it goes on again.

Counts and kinds only, no word about a person. A trouble is told when it has lasted, again while it
goes on, and once when it is over; what could not be told is told on the next round.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from backend.db import database
from backend.notices import lookups as notices
from backend.notices import wording
from backend.notices.models import Alarm, Notice
from backend.outside import outside
from backend.outside.readiness import queue_state
from backend.outside.rounds import Rounds
from backend.outside.staff import NotTold
from backend.pushes.lookups import standing

log = logging.getLogger(__name__)

# How long a trouble lasts before anybody is called, and how often he is called again.
LASTS, AGAIN = timedelta(minutes=2), timedelta(hours=4)
TOO_OLD_S = 600


class Seen(NamedTuple):
    """A trouble: its name, and how much of it there is."""

    name: str
    much: int


def troubles(now: datetime) -> Iterator[Seen]:
    """What stands still at a moment."""
    counts = notices.counts()
    queue, pushes = queue_state(), standing()
    for name, count in (
        ("parked", counts.get(Notice.PARKED, 0)),
        ("calls", counts.get(Notice.CALL, 0)),
        ("notices_old", int(notices.oldest_due_s(now)) // TOO_OLD_S),
        ("pushes_failed", pushes.failed),
        ("pushes_old", int(pushes.oldest_s or 0) // TOO_OLD_S),
        ("queue_away", int(queue is None)),
        ("queue_old", int((queue and queue.oldest_s) or 0) // TOO_OLD_S),
        ("token", int(bool(outside.wechat.trouble()))),
        ("search", int(bool(getattr(outside.index, "degraded", False)))),
    ):
        if count:
            yield Seen(name, count)


def watch(look: Callable[[datetime], Iterator[Seen]] = troubles) -> int:
    """Tell the staff what is new, goes on or is over; how many were told."""
    now, told = outside.clock.now(), 0
    there = {seen.name: seen.much for seen in look(now)}
    for name, count in there.items():
        Alarm.insert(name=name, since=now).on_conflict_ignore().execute()
        told += _tell_if_due(Alarm.get_by_id(name), count, now)
    for alarm in Alarm.select().where(Alarm.name.not_in(list(there) or [""])):
        told += _tell_that_over(alarm)
    return told


def _tell_if_due(alarm: Alarm, count: int, now: datetime) -> int:
    """Two workers that look at once tell it once: who takes the row tells, or gives it back."""
    lasts = abs(now - alarm.since) >= LASTS
    due = alarm.told_at is None or abs(now - alarm.told_at) >= AGAIN
    if not (lasts and due) or not _move(alarm, now):
        return 0
    if _told(wording.TROUBLE, wording.trouble(alarm.name, count)):
        return 1
    Alarm.update(told_at=alarm.told_at).where(Alarm.name == alarm.name).execute()
    return 0


def _tell_that_over(alarm: Alarm) -> int:
    gone = Alarm.delete().where(Alarm.name == alarm.name, Alarm.since == alarm.since)
    with database.atomic():
        if not gone.execute() or alarm.told_at is None:
            return 0
    return int(_told(wording.OVER, wording.over(alarm.name)))


def _move(alarm, now):
    before = Alarm.told_at == alarm.told_at if alarm.told_at else Alarm.told_at.is_null()
    return Alarm.update(told_at=now).where(Alarm.name == alarm.name, before).execute()


def _told(title, words):
    try:
        outside.staff.tell(title, words)
    except NotTold as error:
        log.warning("the staff could not be told: %s", error.why)
        return False
    return True


class Watchman(Rounds):
    """Looks every half minute."""

    failing, working_again = "nobody watches for now: %s", "somebody watches again"

    def __init__(self, *, pause_s: float = 30.0) -> None:
        super().__init__("watch", pause_s=pause_s)

    def round(self) -> None:
        """Look, and tell."""
        watch()
