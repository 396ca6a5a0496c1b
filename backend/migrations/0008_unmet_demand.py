"""Unmet demand: how many askers of a day and district went without, and why."""

from peewee import CharField, CompositeKey, DateField, IntegerField, Model


class Unmet(Model):
    day = DateField()
    district = CharField(max_length=12)
    drug = CharField(max_length=40)
    words = CharField(max_length=64)
    why = CharField(max_length=16)
    askers = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("day", "district", "drug", "words", "why")


TABLES = [Unmet]


def up(migrator, db):
    """Make the table."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop it; what was counted is lost."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
