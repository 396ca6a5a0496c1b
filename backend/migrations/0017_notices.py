"""Messages owed to people, whom they go to, and what WeChat still allows us to send them."""

from peewee import (
    BooleanField,
    CharField,
    CompositeKey,
    DateTimeField,
    IntegerField,
    Model,
    SmallIntegerField,
    TextField,
)


class Correspondent(Model):
    openid = TextField()
    openid_mark = CharField(max_length=43, unique=True)
    chat_left = SmallIntegerField(default=0)
    chat_until = DateTimeField(null=True)
    acted_at = DateTimeField(null=True)
    known_at = DateTimeField(index=True)

    class Meta:
        legacy_table_names = False


class Notice(Model):
    to_id = IntegerField()
    key = CharField(max_length=64, unique=True)
    kind = CharField(max_length=32)
    case = CharField(max_length=64, default="")
    given = TextField()
    state = CharField(max_length=10, default="waiting")
    rung = CharField(max_length=12, default="")
    why = CharField(max_length=24, default="")
    refused = CharField(max_length=32, default="")
    perhaps = BooleanField(default=False)
    part = SmallIntegerField(default=0)
    tries = SmallIntegerField(default=0)
    code = IntegerField(default=0)
    msg_id = CharField(max_length=32, default="", index=True)
    owed_at = DateTimeField()
    due_at = DateTimeField()
    taken_at = DateTimeField(null=True)
    intent_at = DateTimeField(null=True)
    done_at = DateTimeField(null=True)
    read_at = DateTimeField(null=True)
    joined_id = IntegerField(null=True, index=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("state", "due_at", "id"), False), (("to_id", "state", "id"), False))


class Credit(Model):
    to_id = IntegerField()
    template = CharField(max_length=64)
    count = SmallIntegerField(default=0)
    keeps = BooleanField(default=False)
    changed_at = DateTimeField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("to_id", "template")


class Unwanted(Model):
    to_id = IntegerField()
    group = CharField(max_length=16)
    at = DateTimeField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("to_id", "group")


class Alert(Model):
    to_id = IntegerField()
    about = CharField(max_length=12)
    drug_id = IntegerField()
    place = CharField(max_length=40, default="")
    pending = SmallIntegerField(null=True, default=1)
    asked_at = DateTimeField()
    ended_at = DateTimeField(null=True)
    since = IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = (
            (("to_id", "about", "drug_id", "place", "pending"), True),
            (("drug_id", "about", "pending"), False),
        )


class LogPlace(Model):
    name = CharField(max_length=16, primary_key=True)
    cursor = TextField()

    class Meta:
        legacy_table_names = False


class Alarm(Model):
    name = CharField(max_length=24, primary_key=True)
    since = DateTimeField()
    told_at = DateTimeField(null=True)

    class Meta:
        legacy_table_names = False


class Lane(Model):
    name = CharField(max_length=12, primary_key=True)
    rests_until = DateTimeField()

    class Meta:
        legacy_table_names = False


TABLES = [Correspondent, Notice, Credit, Unwanted, Alert, LogPlace, Alarm, Lane]


def up(migrator, db):
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
