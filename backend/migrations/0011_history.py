"""History: prices by day, facts of prices and of the list, how far observations are thinned.

The index of observations by delivery goes: nothing asks by it, and over a year of a city it takes
as much room as the facts do.
"""

from peewee import (
    BigIntegerField,
    CharField,
    CompositeKey,
    DateField,
    IntegerField,
    Model,
    SmallIntegerField,
    SqliteDatabase,
)


class PriceFact(Model):
    number = IntegerField()
    outlet_id = IntegerField()
    drug_id = IntegerField()
    kind = SmallIntegerField()
    day = DateField()
    before_fen = IntegerField(null=True)
    after_fen = IntegerField(null=True)
    open = SmallIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("number", "outlet_id", "drug_id", "kind")
        without_rowid = True
        indexes = (
            (("outlet_id", "drug_id", "number"), False),
            (("drug_id", "number"), False),
        )


class PriceDay(Model):
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
        legacy_table_names = False
        primary_key = CompositeKey("drug_id", "day", "class_")


class ListFact(Model):
    seq = BigIntegerField(primary_key=True)
    subject = CharField(max_length=8)
    thing_id = IntegerField()
    kind = CharField(max_length=8)
    day = DateField()

    class Meta:
        legacy_table_names = False
        indexes = ((("subject", "thing_id", "day", "kind"), True),)


class Thinning(Model):
    before = DateField()

    class Meta:
        legacy_table_names = False


TABLES = [PriceFact, PriceDay, ListFact, Thinning]


def up(migrator, db):
    """Make the tables."""
    # Only SQLite can keep a table in the order of its key.
    PriceFact._meta.without_rowid = isinstance(db, SqliteDatabase)
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    migrator.drop_index("observation", "observation_delivery_id").run()


def down(migrator, db):
    """Drop them; what they remember is lost."""
    migrator.add_index("observation", ("delivery_id",), False).run()
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
