"""Prices residents say they were asked, and the tasks for staff that reports make."""

from peewee import CharField, CompositeKey, DateField, IntegerField, SmallIntegerField

from backend.db import MomentField, Table, database


class ReportedPrice(Table):
    """How many independent askers said on a day that an outlet asks this price (分) for a drug.

    One asker counts for one price of a drug at an outlet on a day, the first he names.
    """

    outlet_id = IntegerField()
    drug_id = IntegerField()
    day = DateField()
    price_fen = IntegerField()
    askers = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("outlet_id", "drug_id", "day", "price_fen")


class Task(Table):
    """Something staff should look into at an outlet: enough residents said the same.

    `kind` is what they said (the `what` of a contradiction), `drug_id` 0 where it is about the
    outlet as a whole, `askers` how many said so. `open` is 1, or null once it is done, so that the
    index lets one be open and any number be done. `seen` is how many had said so on the day it was
    done by then: only what comes after opens another.
    """

    kind = CharField(max_length=12)
    outlet_id = IntegerField()
    drug_id = IntegerField()
    open = SmallIntegerField(null=True, default=1)
    opened_on = DateField()
    askers = IntegerField()
    done_on = DateField(null=True)
    done_at = MomentField(null=True)
    seen = IntegerField(default=0)
    note = CharField(max_length=500, default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("kind", "outlet_id", "drug_id", "open"), True),)

    @property
    def state(self) -> str:
        """Whether it is "open" or "done"."""
        return "open" if self.open else "done"
