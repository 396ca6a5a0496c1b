"""Deliveries of sheets, their staged rows, and the number of what is published."""

from datetime import date

from peewee import (
    BigIntegerField,
    CharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from backend.db import MomentField, Table, database, run
from backend.errors import NotNow
from backend.intake import wording
from backend.outside import outside
from backend.outside.clock import city_day

FOREVER = 2**31 - 1


class Publication(Table):
    """One row: the number of the newest publication.

    A row born with a higher number is not seen yet; a row that died at or below it is not seen
    any more. Raising the number publishes a whole delivery in one short write.
    """

    number = IntegerField(default=0)

    @classmethod
    def current(cls) -> int:
        """The number in force."""
        row = run("SELECT number FROM publication").fetchone()
        return row[0] if row else 0

    @classmethod
    def raise_to(cls, number: int) -> None:
        """Publish everything born with this number."""
        if not cls.update(number=number).execute():
            cls.insert(id=1, number=number).execute()


class Delivery(Table):
    """A sheet handed in: what it was, how far it came, what it would change or did change."""

    READING, CHECKED, REFUSED = "reading", "checked", "refused"
    PUBLISHING, SETTLING, PUBLISHED, CLEARED = "publishing", "settling", "published", "cleared"
    UNFINISHED = (PUBLISHING, SETTLING)

    kind = CharField(max_length=20, index=True)
    name = CharField(max_length=200)
    digest = CharField(max_length=64)
    state = CharField(max_length=12, default=READING, index=True)
    whole = IntegerField(default=0)
    rows = IntegerField(default=0)
    diff = TextField(default="{}")
    problems = TextField(default="[]")
    problem_count = IntegerField(default=0)
    doubt_count = IntegerField(default=0)
    basis = IntegerField(default=0)
    number = IntegerField(null=True)
    cursor = BigIntegerField(default=0)
    owner = CharField(max_length=120, default="")
    received_at = MomentField()
    beat_at = MomentField()
    published_at = MomentField(null=True)

    class Meta:
        database = database
        legacy_table_names = False

    @property
    def day(self) -> date:
        """The city's day on which it was handed in."""
        return city_day(self.received_at)

    def beat(self, **changes: object) -> None:
        """Show that somebody is at work on it, and keep what changed."""
        changes["beat_at"] = outside.clock.now()
        Delivery.update(**changes).where(Delivery.id == self.id).execute()
        self._keep(changes)

    def advance(self, **changes: object) -> None:
        """Move on with publishing; raises NotNow where somebody else has taken it over."""
        ours = (
            Delivery.update(**changes)
            .where(
                Delivery.id == self.id, Delivery.owner == self.owner,
                Delivery.state == Delivery.PUBLISHING,
            )
            .execute()
        )  # fmt: skip
        if not ours:
            raise NotNow(wording.TAKEN_OVER)
        self._keep(changes)

    def _keep(self, changes):
        for name, value in changes.items():
            setattr(self, name, value)


class Staged(Table):
    """A row of a list sheet, read and compared, that nobody sees yet."""

    delivery = ForeignKeyField(Delivery, on_delete="CASCADE", backref="staged")
    row = IntegerField()
    code = CharField(max_length=64)
    act = CharField(max_length=10, default="")
    facts = TextField()
    doubt = CharField(max_length=300, default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("delivery", "code"), False),)
