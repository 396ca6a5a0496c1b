"""How pushes stand: what waits and since when, what failed, what may be looked at."""

from typing import NamedTuple

from peewee import ProgrammingError, fn

from backend.db import AWAY
from backend.outside import outside
from backend.pushes.models import FAILED, WAITING, Push


class Standing(NamedTuple):
    """How many wait, for how many seconds the oldest of them has, how many failed for good."""

    waiting: int
    oldest_s: float | None
    failed: int


def standing() -> Standing:
    """How pushes stand."""
    query = Push.select(fn.COUNT(Push.id), fn.MIN(Push.received_at)).where(Push.state == WAITING)
    count, oldest = query.tuples().get()
    failed = Push.select().where(Push.state == FAILED).count()
    age = (outside.clock.now() - oldest).total_seconds() if count else None
    return Standing(count, age if age is None else max(0.0, age), failed)


def standing_if_known() -> Standing | None:
    """The same, None where the database is away or has no such table yet."""
    try:
        return standing()
    except (*AWAY, ProgrammingError):
        return None


def some(state: str, at_most: int) -> list[Push]:
    """The oldest pushes of a state."""
    return list(Push.select().where(Push.state == state).order_by(Push.id).limit(at_most))
