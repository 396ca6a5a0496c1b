"""What WeChat pushed to us, each once, and how many of each kind were worked on by day."""

from peewee import CharField, CompositeKey, DateField, IntegerField, SmallIntegerField, TextField

from backend.db import MomentField, Table, database

WAITING, DONE, KEPT, FAILED = "waiting", "done", "kept", "failed"


class Push(Table):
    """One message or event. `key` tells a repetition, `kind` is "text", "event:user_enter…".

    `sealed` is what was pushed, whole, sealed under the key; `masked` what may be looked
    at: no openid, no number; by `sender`, a mark, a person's own are found. `state` is "waiting"
    until somebody has worked on it, then "done", "kept" where nobody wants the kind, or "failed"
    after as many `tries` as the policy pack allows, `why` being the kind of error and its place.
    One that failed and is tried again waits until `due_at`.
    """

    key = CharField(max_length=64, unique=True)
    kind = CharField(max_length=40)
    sealed = TextField()
    masked = TextField()
    received_at = MomentField(index=True)
    state = CharField(max_length=12, default=WAITING)
    sender = CharField(max_length=43, null=True)
    tries = SmallIntegerField(default=0)
    due_at = MomentField(null=True)
    why = CharField(max_length=80, default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("state", "id"), False), (("sender", "state"), False))


class PushTally(Table):
    """How many distinct pushes of a kind were worked on (or kept) on a day of the city.

    Counted in the transaction that ends a push, it outlives what was pushed.
    """

    day = DateField()
    kind = CharField(max_length=40)
    count = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("day", "kind")
