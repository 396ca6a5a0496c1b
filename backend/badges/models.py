"""The feed's memory: how each badge stood when it last changed, in the order of the changes."""

from datetime import date

from peewee import BigIntegerField, CharField, DateField, IntegerField, TextField

from backend.db import MomentField, Table, database, run


class BadgeState(Table):
    """An outlet that has or had a badge; `seq` grows with every change of any of them.

    Numbers are given and committed in turn, so whoever has read up to one misses nothing below it.
    """

    code = CharField(max_length=40, primary_key=True)
    seq = BigIntegerField(unique=True)
    facts = TextField()
    changed_at = MomentField()

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def newest(cls) -> int:
        """The number of the newest change, 0 before the first."""
        return run("SELECT COALESCE(MAX(seq), 0) FROM badge_state").fetchone()[0]


class BadgeTurn(Table):
    """One row: the city's day and the edition of the outlets all badges were last compared with.

    Both change badges that nobody touched: one ends, another is in the new edition unchanged.
    """

    day = DateField(null=True)
    edition = IntegerField(default=0)

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def known(cls) -> tuple[date | None, int]:
        """The row, with nothing in it before the first time."""
        row = cls.get_or_none()
        return (row.day, row.edition) if row else (None, 0)

    @classmethod
    def remember(cls, day: date, edition: int) -> None:
        """Keep both."""
        if not cls.update(day=day, edition=edition).execute():
            cls.insert(id=1, day=day, edition=edition).on_conflict_ignore().execute()
