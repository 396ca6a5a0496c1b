"""Whose a push is, how often it was tried and why in vain; how many were worked on by day."""

from peewee import (
    CharField,
    CompositeKey,
    DateField,
    DateTimeField,
    IntegerField,
    Model,
    SmallIntegerField,
)


class PushTally(Model):
    day = DateField()
    kind = CharField(max_length=40)
    count = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("day", "kind")


TABLES = [PushTally]
COLUMNS = {
    "sender": CharField(max_length=43, null=True),
    "tries": SmallIntegerField(default=0),
    "due_at": DateTimeField(null=True),
    "why": CharField(max_length=80, default=""),
}


def up(migrator, db):
    """Make the columns, the table, and indexes that give what waits in its order."""
    for name, field in COLUMNS.items():
        migrator.add_column("push", name, field).run()
    migrator.drop_index("push", "push_state").run()
    for columns in (("state", "id"), ("sender", "state")):
        migrator.add_index("push", columns, False).run()
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them; what was counted is lost, what failed waits again."""
    db.execute_sql("UPDATE push SET state = 'waiting' WHERE state = 'failed'")
    for name in ("push_state_id", "push_sender_state"):
        migrator.drop_index("push", name).run()
    for name in COLUMNS:
        migrator.drop_column("push", name).run()
    migrator.add_index("push", ("state",), False).run()
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
