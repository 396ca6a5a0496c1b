"""Whoever signs in: persons, their sessions, and what they consented to."""

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    IntegerField,
    Model,
    TextField,
)


class Citizen(Model):
    openid = TextField()
    openid_mark = CharField(max_length=43, unique=True)
    phone = TextField(default="")
    phone_mark = CharField(max_length=43, default="", index=True)
    minor = BooleanField(null=True)
    joined_on = DateField()
    seen_on = DateField()

    class Meta:
        legacy_table_names = False


class Session(Model):
    token_hash = CharField(max_length=64, unique=True)
    citizen_id = IntegerField(index=True)
    begun_at = DateTimeField()
    used_on = DateField()
    expires_at = DateTimeField(index=True)

    class Meta:
        legacy_table_names = False


class Consent(Model):
    citizen_id = IntegerField(null=True, index=True)
    kind = CharField(max_length=12)
    given = BooleanField()
    version = CharField(max_length=20)
    day = DateField(index=True)
    at = DateTimeField(null=True)
    said_by = CharField(max_length=10)

    class Meta:
        legacy_table_names = False


TABLES = [Citizen, Session, Consent]


def up(migrator, db):
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them; whoever signed in is forgotten."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
