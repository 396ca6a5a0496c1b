"""Outlets (医药机构) and the history of their 三进 badge."""

from datetime import date

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DoubleField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from backend.db import Table, database
from backend.intake.models import Publication


class Outlet(Table):
    """Where drugs are dispensed or sold: its kind, place (GCJ-02 degrees) and standing."""

    code = CharField(max_length=40, unique=True)
    name = CharField(max_length=120)
    kind = CharField(max_length=30)
    chain = CharField(max_length=120, default="")
    district = CharField(max_length=12, index=True)
    address = CharField(max_length=200, default="")
    lat = DoubleField(null=True)
    lon = DoubleField(null=True)
    hours = CharField(max_length=200, default="")
    phone = CharField(max_length=40, default="")
    designated = BooleanField(default=True)
    special = BooleanField(default=False)
    proxy_buyer = CharField(max_length=40, default="")
    agreement = CharField(max_length=20, default="")
    demo = BooleanField(default=False)
    source = CharField(max_length=300, default="")
    born = IntegerField(default=0)
    withdrawn_on = DateField(null=True)
    replaced_by = CharField(max_length=40, default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("lat", "lon"), False),)

    @classmethod
    def seen(cls):
        """A query over the outlets that are published (withdrawn ones among them)."""
        return cls.select().where(cls.born <= Publication.current())

    @classmethod
    def coded(cls, code: str) -> "Outlet | None":
        """The published outlet with this public code."""
        return cls.seen().where(cls.code == code).first()


class BadgeSpan(Table):
    """A stretch of an outlet's 三进 badge: state (active, suspended, left), from and until."""

    outlet = ForeignKeyField(Outlet, on_delete="CASCADE", backref="badge_spans")
    state = CharField(max_length=10)
    since = DateField()
    until = DateField(null=True)
    round = CharField(max_length=40, default="")
    reason = TextField(default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("outlet", "since"), True),)

    def covers(self, day: date) -> bool:
        """Whether this stretch is the one of that day (both ends count)."""
        return self.since <= day and (self.until is None or day <= self.until)
