"""Observed prices (append-only), the current offers derived from them, what changed in these, what
is said against them, what waits for a person, and price bands."""

from peewee import (
    BigIntegerField,
    CharField,
    CompositeKey,
    DateField,
    DoubleField,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from backend.db import MomentField, Table, database
from backend.intake.models import FOREVER, Delivery


class StagedPrice(Table):
    """A row of a price sheet, read and compared, that nobody sees yet."""

    UNCHANGED, ADDED, CHANGED, OLDER, WITHDRAWN = range(5)

    delivery_id = IntegerField(index=True)
    row = IntegerField()
    key = BigIntegerField()
    drug_id = IntegerField()
    outlet_id = IntegerField()
    price_fen = IntegerField()
    in_stock = SmallIntegerField(null=True)
    observed_on = DateField()
    source = SmallIntegerField()
    evidence = CharField(max_length=200, default="")
    selling = SmallIntegerField(default=1)
    newest = SmallIntegerField(default=1)
    act = SmallIntegerField(null=True)
    doubt = SmallIntegerField(default=0)


class StagedMedian(Table):
    """The median price of a drug against which one delivery's prices are doubted."""

    delivery_id = IntegerField()
    drug_id = IntegerField()
    median_fen = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("delivery_id", "drug_id")


class Observation(Table):
    """A price somebody saw: never changed, thinned only after years (backend/history); `key` is its
    public identity."""

    key = BigIntegerField(unique=True)
    drug_id = IntegerField()
    outlet_id = IntegerField()
    price_fen = IntegerField()
    in_stock = SmallIntegerField(null=True)
    observed_on = DateField()
    source = SmallIntegerField()
    evidence = CharField(max_length=200, default="")
    selling = SmallIntegerField(default=1)
    # Without an index of its own: nothing asks by it, and nothing ever deletes a delivery.
    delivery = ForeignKeyField(Delivery, null=True, index=False)

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("outlet_id", "drug_id", "observed_on"), False),)


class Offer(Table):
    """What an outlet asks for a drug now: derived from observations, seen by publication number.

    Clustered by drug, so that one drug's offers lie side by side; place, district and kind are
    copied from the outlet because every question about offers asks for them.
    """

    drug_id = IntegerField()
    outlet_id = IntegerField()
    born = IntegerField()
    died = IntegerField(default=FOREVER)
    key = BigIntegerField()
    outlet_code = CharField(max_length=40)
    price_fen = IntegerField()
    in_stock = SmallIntegerField(null=True)
    observed_on = DateField()
    source = SmallIntegerField()
    lat = DoubleField(null=True)
    lon = DoubleField(null=True)
    district = CharField(max_length=12)
    kind = CharField(max_length=30)

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("drug_id", "outlet_id", "born")
        without_rowid = True
        # `died` with it: how much an outlet sells is counted from the index alone.
        indexes = ((("outlet_id", "drug_id", "born", "died"), False),)


class PriceFact(Table):
    """What a publication changed in an offer: each fact once, never changed.

    Seen from its publication on, as the offers are. `day` is that of the observation that brought
    it. What is not `open` rests on a price a resident handed in.
    """

    DOWN, UP, RESTOCKED, SOLD_OUT, FIRST, WITHDRAWN = range(1, 7)

    number = IntegerField()
    outlet_id = IntegerField()
    drug_id = IntegerField()
    kind = SmallIntegerField()
    day = DateField()
    before_fen = IntegerField(null=True)
    after_fen = IntegerField(null=True)
    open = SmallIntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("number", "outlet_id", "drug_id", "kind")
        without_rowid = True
        indexes = (
            (("outlet_id", "drug_id", "number"), False),
            (("drug_id", "number"), False),
        )


class Contradiction(Table):
    """How many independent askers said on a day that what is shown of an outlet is not so.

    `what` is "stock" or "price" of a drug, or, with `drug_id` 0, "closed" or "place" of the outlet
    as a whole. Nobody who said it is kept.
    """

    outlet_id = IntegerField()
    drug_id = IntegerField()
    what = CharField(max_length=12)
    day = DateField()
    askers = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("outlet_id", "drug_id", "what", "day")
        indexes = ((("drug_id", "day"), False),)


class Review(Table):
    """A price far from what others ask, waiting for a person: of a sheet or of residents' reports.

    `key` is the public identity of the observation it is, or would be; `askers` how many residents
    said so (0: a sheet did), `delivery_id` the sheet (null: residents did). A sheet's price is
    shown while it waits, a reported one is not.
    """

    SHEET, REPORTS = "sheet", "reports"
    WAITING, KEPT, SET_ASIDE = "waiting", "kept", "set_aside"

    key = BigIntegerField(unique=True)
    what = CharField(max_length=12)
    delivery_id = IntegerField(null=True)
    outlet_id = IntegerField()
    drug_id = IntegerField()
    price_fen = IntegerField()
    median_fen = IntegerField()
    observed_on = DateField()
    askers = IntegerField()
    queued_on = DateField()
    state = CharField(max_length=12, default=WAITING, index=True)
    decided_at = MomentField(null=True)
    note = CharField(max_length=500, default="")


class BandSnapshot(Table):
    """A price band as it was computed for one drug on one day by one version of the method."""

    drug_id = IntegerField()
    day = DateField()
    method = CharField(max_length=20)
    count = IntegerField()
    low_fen = IntegerField()
    high_fen = IntegerField()
    clear_fen = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("drug_id", "day", "method")


class NightFigures(Table):
    """How the prices of one day were judged, counted by night; `facts` is JSON as published."""

    day = DateField(primary_key=True)
    number = IntegerField()
    pack = CharField(max_length=40)
    facts = TextField()

    class Meta:
        database = database
        legacy_table_names = False
