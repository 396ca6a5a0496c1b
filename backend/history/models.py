"""Prices of a drug by day, who came into the list or left it, and how far old ones are thinned."""

from datetime import date

from peewee import BigIntegerField, CharField, CompositeKey, DateField, IntegerField

from backend.db import Table, database


class PriceDay(Table):
    """What a city's outlets asked for a drug on a day: quartiles in 分, nearest rank.

    `class_` is a class of outlets, or empty for all of them; `at_winning` counts those that ask
    no more than `winning_fen`, which is null where no winning price was in force.
    """

    ALL = ""

    drug_id = IntegerField()
    day = DateField()
    class_ = CharField(max_length=12, column_name="class")
    count = IntegerField()
    low_fen = IntegerField()
    median_fen = IntegerField()
    high_fen = IntegerField()
    winning_fen = IntegerField(null=True)
    at_winning = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("drug_id", "day", "class_")


class ListFact(Table):
    """An outlet got its badge or lost it, a drug came into the list or went: each once.

    `subject` is "outlet" or "drug", `thing_id` its id, `kind` "joined" or "left", `day` the one it
    holds from. Numbers are given and committed in turn, so whoever has read up to one misses
    nothing below it.
    """

    seq = BigIntegerField(primary_key=True)
    subject = CharField(max_length=8)
    thing_id = IntegerField()
    kind = CharField(max_length=8)
    day = DateField()

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("subject", "thing_id", "day", "kind"), True),)


class Thinning(Table):
    """One row: the day before which old observations are thinned already."""

    before = DateField()

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def known(cls) -> date | None:
        """That day, None before the first time."""
        row = cls.get_or_none()
        return row and row.before

    @classmethod
    def remember(cls, before: date) -> None:
        """Keep it."""
        if not cls.update(before=before).execute():
            cls.insert(id=1, before=before).on_conflict_ignore().execute()
