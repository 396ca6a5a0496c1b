"""The index of each outlet and period with what it stands on, and the figures that are official."""

from peewee import CharField, CompositeKey, DateField, IntegerField, TextField

from backend.db import Table, database


class OutletIndex(Table):
    """An outlet's index of a period, in thousandths (null: undetermined), as of the last night.

    `keys` is a JSON list of the observations that were compared: what each was compared with
    stands in IndexReference under its drug. `clearly_high` counts the outlet's prices with that
    verdict, whatever their age.
    """

    outlet_id = IntegerField()
    period = CharField(max_length=7)
    method = CharField(max_length=20)
    permille = IntegerField(null=True)
    drugs = IntegerField()
    below = IntegerField()
    at = IntegerField()
    above = IntegerField()
    clearly_high = IntegerField()
    computed_on = DateField()
    keys = TextField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("period", "method", "outlet_id")


class IndexReference(Table):
    """What the prices of a drug were compared with in a period, and how many pharmacies ask it."""

    period = CharField(max_length=7)
    method = CharField(max_length=20)
    drug_id = IntegerField()
    reference_fen = IntegerField()
    pharmacies = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("period", "method", "drug_id")


class IndexNight(Table):
    """The last night a period was computed: when, from which publication, by which pack.

    `facts` is JSON: the numbers of the method (`terms`), how the city's prices were judged by
    district and class (`verdicts`), and a worked example.
    """

    period = CharField(max_length=7)
    method = CharField(max_length=20)
    computed_on = DateField()
    number = IntegerField()
    pack = CharField(max_length=40)
    facts = TextField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("period", "method")


class OfficialIndex(Table):
    """A figure the authority published for an outlet and a period, in thousandths.

    Never changed: what a later sheet corrects is born with that sheet's publication and stands in
    place of the earlier one, which stays.
    """

    outlet_id = IntegerField()
    period = CharField(max_length=7)
    born = IntegerField()
    permille = IntegerField()
    document = CharField(max_length=300)
    published_on = DateField()
    withdrawn_on = DateField(null=True)

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("outlet_id", "period", "born")
