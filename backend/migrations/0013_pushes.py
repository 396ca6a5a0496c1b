"""What WeChat pushed: each once, sealed, waiting to be worked on."""

from peewee import CharField, DateTimeField, Model, TextField


class Push(Model):
    key = CharField(max_length=64, unique=True)
    kind = CharField(max_length=40)
    sealed = TextField()
    masked = TextField()
    received_at = DateTimeField(index=True)
    state = CharField(max_length=12, default="waiting", index=True)

    class Meta:
        legacy_table_names = False


TABLES = [Push]


def up(migrator, db):
    """Make the table."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop it."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
