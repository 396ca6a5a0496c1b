"""What lies sealed in tables, sealed anew under today's key: in short transactions, beside a house
that works, so that whoever is killed in between is simply begun again."""

from collections.abc import Callable
from typing import Any, NamedTuple

from peewee import SQL, IntegrityError, fn

from backend.db import Table, database
from backend.outside import outside
from backend.outside.vault import ID_SIZE, Unopenable

AT_ONCE = 50
Progress = Callable[[str, float], None]


class Sealed(NamedTuple):
    """A column of sealed values, "" where there is none.

    `renew` seals the value of one row anew, given the row; inside a transaction, only where the row
    still holds what it was given. Raises Unopenable.
    """

    name: str
    table: type[Table]
    column: str
    renew: Callable[[Any], None]

    @property
    def field(self) -> Any:
        """The column, to be asked for."""
        return getattr(self.table, self.column)

    def by_key(self) -> dict[str, int]:
        """How many values lie sealed under each key, by its id."""
        key = fn.SUBSTR(self.field, 1, 2 * ID_SIZE)
        counted = self.table.select(key, fn.COUNT(self.table.id)).where(self.field != "")
        # By its place: to PostgreSQL a term with values in it is never the same as another.
        return dict(counted.group_by(SQL("1")).tuples())

    def left(self) -> int:
        """How many lie sealed under another key than today's."""
        return sum(count for key, count in self.by_key().items() if key != outside.vault.key_id)


def reseal(sealed: Sealed, progress: Progress) -> int:
    """Seal every value under today's key; how many nobody can open, which stay as they are."""
    last, done, lost, all_ = 0, 0, 0, sealed.left()
    while rows := _next(sealed, last):
        with database.atomic():
            lost += sum(not _renewed(sealed, row) for row in rows)
        last, done = rows[-1].id, done + len(rows)
        progress(sealed.name, min(1.0, done / max(1, all_)))
    return lost


def _next(sealed, last):
    earlier = fn.SUBSTR(sealed.field, 1, 2 * ID_SIZE) != outside.vault.key_id
    waiting = (sealed.table.id > last) & (sealed.field != "") & earlier
    return list(sealed.table.select().where(waiting).order_by(sealed.table.id).limit(AT_ONCE))


def _renewed(sealed, row):
    try:
        # A row of its own: what somebody else just made is left to the next round.
        with database.atomic():
            sealed.renew(row)
    except Unopenable:
        return False
    except IntegrityError:
        pass
    return True
