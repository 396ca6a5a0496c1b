"""Messages we owe people, whom we may write to, and what WeChat still allows us to send them."""

from peewee import BooleanField, CharField, CompositeKey, IntegerField, SmallIntegerField, TextField

from backend.db import MomentField, Table, database


class Correspondent(Table):
    """Somebody with an openid, whether signed in or not, and his window as WeChat counts it.

    `openid` is sealed beside its mark. `chat_left` messages may be said until `chat_until`;
    `acted_at` is when he last did something.
    """

    openid = TextField()
    openid_mark = CharField(max_length=43, unique=True)
    chat_left = SmallIntegerField(default=0)
    chat_until = MomentField(null=True)
    acted_at = MomentField(null=True)
    known_at = MomentField(index=True)

    class Meta:
        database = database
        legacy_table_names = False


class Notice(Table):
    """One message owed to somebody, written in the transaction of the change that owes it.

    `key` tells a repetition. `case` is what it belongs to ("" for nothing), `given` the values of
    its words, sealed. `rung` and `why` say how it went and why so, `refused` which rungs said
    never, `part` how many of its parts went out, `intent_at` that WeChat was about to be asked,
    `msg_id` what it called a subscribed message.
    """

    WAITING, SENDING, SENT, UNKNOWN = "waiting", "sending", "sent", "unknown"
    INBOX, CALL, CALLED, PARKED, JOINED = "inbox", "call", "called", "parked", "joined"

    to_id = IntegerField()
    key = CharField(max_length=64, unique=True)
    kind = CharField(max_length=32)
    case = CharField(max_length=64, default="")
    given = TextField()
    state = CharField(max_length=10, default=WAITING)
    rung = CharField(max_length=12, default="")
    why = CharField(max_length=24, default="")
    refused = CharField(max_length=32, default="")
    perhaps = BooleanField(default=False)
    part = SmallIntegerField(default=0)
    tries = SmallIntegerField(default=0)
    code = IntegerField(default=0)
    msg_id = CharField(max_length=32, default="", index=True)
    owed_at = MomentField()
    due_at = MomentField()
    taken_at = MomentField(null=True)
    intent_at = MomentField(null=True)
    done_at = MomentField(null=True)
    read_at = MomentField(null=True)
    joined_id = IntegerField(null=True, index=True)

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("state", "due_at", "id"), False), (("to_id", "state", "id"), False))


class Credit(Table):
    """How many subscribed messages of a template somebody allowed; `keeps` where one tap allows
    many (长期订阅)."""

    to_id = IntegerField()
    template = CharField(max_length=64)
    count = SmallIntegerField(default=0)
    keeps = BooleanField(default=False)
    changed_at = MomentField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("to_id", "template")


class Unwanted(Table):
    """That somebody wants no more messages of a group; kept until he wants them again."""

    to_id = IntegerField()
    group = CharField(max_length=16)
    at = MomentField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("to_id", "group")


class Alert(Table):
    """That somebody wants to be told once of a drug: `about` what, at which `place` ("" anywhere).

    `pending` is 1 while it waits, null afterwards, so that one waits at a time. What was published
    up to `since` he had seen when he asked.
    """

    to_id = IntegerField()
    about = CharField(max_length=12)
    drug_id = IntegerField()
    place = CharField(max_length=40, default="")
    pending = SmallIntegerField(null=True, default=1)
    asked_at = MomentField()
    ended_at = MomentField(null=True)
    since = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        indexes = (
            (("to_id", "about", "drug_id", "place", "pending"), True),
            (("drug_id", "about", "pending"), False),
        )


class LogPlace(Table):
    """How far a log was read, by its name."""

    name = CharField(max_length=16, primary_key=True)
    cursor = TextField()

    class Meta:
        database = database
        legacy_table_names = False


class Alarm(Table):
    """A trouble of the house that goes on: since when, and when the staff was last told."""

    name = CharField(max_length=24, primary_key=True)
    since = MomentField()
    told_at = MomentField(null=True)

    class Meta:
        database = database
        legacy_table_names = False


class Lane(Table):
    """One way to WeChat that rests for everybody until a moment: "chat" or "subscribed"."""

    name = CharField(max_length=12, primary_key=True)
    rests_until = MomentField()

    class Meta:
        database = database
        legacy_table_names = False
