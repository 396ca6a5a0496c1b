"""Reports: prices residents were asked, tasks for staff, and doubtful prices under review."""

from peewee import (
    BigIntegerField,
    CharField,
    CompositeKey,
    DateField,
    DateTimeField,
    IntegerField,
    Model,
    SmallIntegerField,
)


class ReportedPrice(Model):
    outlet_id = IntegerField()
    drug_id = IntegerField()
    day = DateField()
    price_fen = IntegerField()
    askers = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("outlet_id", "drug_id", "day", "price_fen")


class Task(Model):
    kind = CharField(max_length=12)
    outlet_id = IntegerField()
    drug_id = IntegerField()
    open = SmallIntegerField(null=True)
    opened_on = DateField()
    askers = IntegerField()
    done_on = DateField(null=True)
    done_at = DateTimeField(null=True)
    seen = IntegerField(default=0)
    note = CharField(max_length=500, default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("kind", "outlet_id", "drug_id", "open"), True),)


class Review(Model):
    key = BigIntegerField(unique=True)
    what = CharField(max_length=12)
    delivery_id = IntegerField(null=True)
    outlet_id = IntegerField()
    drug_id = IntegerField()
    price_fen = IntegerField()
    median_fen = IntegerField()
    observed_on = DateField()
    askers = IntegerField()
    queued_on = DateField()
    state = CharField(max_length=12, default="waiting", index=True)
    decided_at = DateTimeField(null=True)
    note = CharField(max_length=500, default="")

    class Meta:
        legacy_table_names = False


TABLES = [ReportedPrice, Task, Review]


def up(migrator, db):
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them; what was counted and decided is lost."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
