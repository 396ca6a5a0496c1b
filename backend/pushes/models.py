"""What WeChat pushed to us, each once."""

from peewee import CharField, TextField

from backend.db import MomentField, Table, database


class Push(Table):
    """One message or event. `key` tells a repetition, `kind` is "text", "event:user_enter…".

    `sealed` is what was pushed, whole, sealed under the key; `masked` what may be looked
    at: no openid, no number. `state` is "waiting" until somebody has worked on it.
    """

    key = CharField(max_length=64, unique=True)
    kind = CharField(max_length=40)
    sealed = TextField()
    masked = TextField()
    received_at = MomentField(index=True)
    state = CharField(max_length=12, default="waiting", index=True)

    class Meta:
        database = database
        legacy_table_names = False
