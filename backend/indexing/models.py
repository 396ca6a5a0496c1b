"""What the index has not been told yet, and which of its parts are being rebuilt."""

from datetime import date
from typing import NamedTuple

from peewee import (
    CharField,
    DateField,
    DoubleField,
    IntegerField,
    ProgrammingError,
    SmallIntegerField,
)

from backend.db import AWAY, Table, database, run
from backend.intake.models import Publication
from backend.outside import outside


class IndexChange(Table):
    """A document that must be made anew, due once `number` is published (0: at once).

    It names the document, never what became of it: whoever tells the index reads the table then,
    so that a change told twice, or late, or after another, ends as the table stands.
    """

    kind = CharField(max_length=10)
    code = CharField(max_length=40)
    number = IntegerField(default=0)
    # Told already, and kept for an index that is being rebuilt beside.
    told = SmallIntegerField(default=0)
    # Seconds since 1970.
    noted = DoubleField()

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("number", "kind", "code"), False),)


# Whoever rebuilds shows himself with every batch; silent for longer, he was killed.
SILENT_S = 60.0


class IndexRebuild(Table):
    """A kind of which somebody is filling a fresh index, when he last showed himself."""

    kind = CharField(max_length=10, primary_key=True)
    owner = CharField(max_length=120)
    beat = DoubleField()

    @classmethod
    def is_silent(cls):
        """The condition of those whose process was killed."""
        return cls.beat < now() - SILENT_S


class IndexState(Table):
    """One row: the city's day whose badges and prices the index has, and when it was checked."""

    turned_on = DateField(null=True)
    checked_on = DateField(null=True)

    @classmethod
    def known(cls) -> "IndexState":
        """The row, with nothing in it before the first time."""
        return cls.get_or_none() or cls()

    @classmethod
    def remember(cls, **days: date) -> None:
        """Keep a day, inside the caller's transaction."""
        if not cls.update(**days).execute():
            cls.insert(id=1, **days).on_conflict_ignore().execute()


class Waiting(NamedTuple):
    """How many documents wait for the index, and for how many seconds the oldest has."""

    documents: int
    oldest_s: float


_WAITING = "SELECT COUNT(*), MIN(noted) FROM index_change WHERE told = 0 AND number <= ?"


def waiting() -> Waiting:
    """How the queue stands."""
    count, oldest = run(_WAITING, Publication.current()).fetchone()
    return Waiting(count, max(0.0, now() - oldest) if count else 0.0)


def waiting_if_known() -> Waiting | None:
    """The same, None where the database is away or has no such table yet."""
    try:
        return waiting()
    except (*AWAY, ProgrammingError):
        return None


def now() -> float:
    """Seconds since 1970."""
    return outside.clock.now().timestamp()
