"""The content check: what is checked and what came of it; verdicts nobody knows the number of."""

from peewee import CharField, DateTimeField, IntegerField, Model, TextField


class Check(Model):
    code = CharField(max_length=16, unique=True)
    what = CharField(max_length=8)
    about = CharField(max_length=100)
    state = CharField(max_length=8)
    why = CharField(max_length=32, default="")
    said = CharField(max_length=8, default="")
    label = CharField(max_length=20, default="")
    trace_id = CharField(max_length=100, null=True, index=True)
    sealed = TextField(default="")
    who = CharField(max_length=43, default="", index=True)
    tries = IntegerField(default=0)
    made_at = DateTimeField()
    next_at = DateTimeField(null=True)
    asked_at = DateTimeField(null=True)
    since = DateTimeField()
    decided_at = DateTimeField(null=True)
    decided_by = CharField(max_length=8, default="")
    note = CharField(max_length=500, default="")

    class Meta:
        legacy_table_names = False
        # "check" is a word of SQL's own.
        table_name = "content_check"
        indexes = ((("state", "since"), False),)


class EarlyVerdict(Model):
    trace_id = CharField(max_length=100, unique=True)
    suggest = CharField(max_length=8)
    label = CharField(max_length=20)
    why = CharField(max_length=32)
    came_at = DateTimeField(index=True)

    class Meta:
        legacy_table_names = False


TABLES = [Check, EarlyVerdict]


def up(migrator, db):
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
