"""The volume-price index of outlets and periods, what it stands on, and the official figures."""

from peewee import CharField, CompositeKey, DateField, IntegerField, Model, TextField


class OutletIndex(Model):
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
        legacy_table_names = False
        primary_key = CompositeKey("period", "method", "outlet_id")


class IndexReference(Model):
    period = CharField(max_length=7)
    method = CharField(max_length=20)
    drug_id = IntegerField()
    reference_fen = IntegerField()
    pharmacies = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("period", "method", "drug_id")


class IndexNight(Model):
    period = CharField(max_length=7)
    method = CharField(max_length=20)
    computed_on = DateField()
    number = IntegerField()
    pack = CharField(max_length=40)
    facts = TextField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("period", "method")


class OfficialIndex(Model):
    outlet_id = IntegerField()
    period = CharField(max_length=7)
    born = IntegerField()
    permille = IntegerField()
    document = CharField(max_length=300)
    published_on = DateField()
    withdrawn_on = DateField(null=True)

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("outlet_id", "period", "born")


TABLES = [OutletIndex, IndexReference, IndexNight, OfficialIndex]


def up(migrator, db):
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them; past periods are lost, official figures would have to be taken in again."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
