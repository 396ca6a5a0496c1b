"""The feed of badges: how each stood when it last changed, in the order of the changes."""

from peewee import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    IntegerField,
    Model,
    TextField,
)


class BadgeState(Model):
    code = CharField(max_length=40, primary_key=True)
    seq = BigIntegerField(unique=True)
    facts = TextField()
    changed_at = DateTimeField()

    class Meta:
        legacy_table_names = False


class BadgeTurn(Model):
    day = DateField(null=True)
    edition = IntegerField(default=0)

    class Meta:
        legacy_table_names = False


TABLES = [BadgeState, BadgeTurn]


def up(migrator, db):
    """Make the tables; the worker fills them within a moment."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them; nothing is lost that could not be read from the badges again."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
