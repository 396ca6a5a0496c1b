"""Persons, sessions and consents; what is personal is sealed, and found again by its mark."""

from peewee import BooleanField, CharField, DateField, IntegerField, TextField

from backend.db import MomentField, Table, database


class Citizen(Table):
    """Somebody with an openid of the mini-program.

    `openid` and `phone` ("" where none was given) are sealed, each beside its mark. `minor` says
    whether he is under the pack's age, null while he has not said so.
    """

    openid = TextField()
    openid_mark = CharField(max_length=43, unique=True)
    phone = TextField(default="")
    phone_mark = CharField(max_length=43, default="", index=True)
    minor = BooleanField(null=True)
    joined_on = DateField()
    seen_on = DateField()

    class Meta:
        database = database
        legacy_table_names = False


class Session(Table):
    """One device signed in: the SHA-256 of its token, which we do not have ourselves."""

    token_hash = CharField(max_length=64, unique=True)
    citizen_id = IntegerField(index=True)
    begun_at = MomentField()
    used_on = DateField()
    expires_at = MomentField(index=True)

    class Meta:
        database = database
        legacy_table_names = False


class Consent(Table):
    """That somebody gave or withdrew a consent; only added to.

    Of whoever had himself deleted the records are cut off: no citizen, no moment, only the day.
    """

    citizen_id = IntegerField(null=True, index=True)
    kind = CharField(max_length=12)
    given = BooleanField()
    version = CharField(max_length=20)
    day = DateField(index=True)
    at = MomentField(null=True)
    said_by = CharField(max_length=10)

    class Meta:
        database = database
        legacy_table_names = False
