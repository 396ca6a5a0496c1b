"""Contradictions: how many independent askers of a day said that what is shown is not so."""

from peewee import CharField, CompositeKey, DateField, IntegerField, Model


class Contradiction(Model):
    outlet_id = IntegerField()
    drug_id = IntegerField()
    what = CharField(max_length=12)
    day = DateField()
    askers = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("outlet_id", "drug_id", "what", "day")
        indexes = ((("drug_id", "day"), False),)


TABLES = [Contradiction]


def up(migrator, db):
    """Make the table."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop it; what was counted is lost."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
