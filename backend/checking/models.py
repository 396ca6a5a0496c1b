"""What is checked and what came of it, and verdicts that came before anybody knew their number."""

from peewee import CharField, IntegerField, TextField

from backend.db import MomentField, Table, database


class Check(Table):
    """Something of somebody's that shall be shown once it passed; neither words nor picture.

    `about` is the caller's own reference ("complaint 12 photo 3"). `state` is "asked" while WeChat
    is to say, "review" while a person is to, "pass" or "risky" once it is decided; `since` when it
    came to it. `said` and `label` are WeChat's own words wherever it said any. `sealed` is what to
    ask (openid, address, scene), sealed; it and `who`, the mark of the openid, are "" as soon as
    WeChat has taken the question or nobody will ask. `next_at` is when to ask (again).
    """

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
    made_at = MomentField()
    next_at = MomentField(null=True)
    asked_at = MomentField(null=True)
    since = MomentField()
    decided_at = MomentField(null=True)
    decided_by = CharField(max_length=8, default="")
    note = CharField(max_length=500, default="")

    class Meta:
        database = database
        legacy_table_names = False
        # "check" is a word of SQL's own.
        table_name = "content_check"
        indexes = ((("state", "since"), False),)


class EarlyVerdict(Table):
    """A verdict under a number we do not know: not yet, or never.

    WeChat may push faster than we commit its answer, and a worker may be killed in between.
    """

    trace_id = CharField(max_length=100, unique=True)
    suggest = CharField(max_length=8)
    label = CharField(max_length=20)
    why = CharField(max_length=32)
    came_at = MomentField(index=True)

    class Meta:
        database = database
        legacy_table_names = False
