"""The first tables, as frozen copies of the models of that day."""

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    DateField,
    DateTimeField,
    DoubleField,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    SqliteDatabase,
    TextField,
)

FOREVER = 2**31 - 1


class Publication(Model):
    number = IntegerField(default=0)

    class Meta:
        legacy_table_names = False


class Delivery(Model):
    kind = CharField(max_length=20, index=True)
    name = CharField(max_length=200)
    digest = CharField(max_length=64)
    state = CharField(max_length=12, default="reading", index=True)
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
    received_at = DateTimeField()
    beat_at = DateTimeField()
    published_at = DateTimeField(null=True)

    class Meta:
        legacy_table_names = False


class Staged(Model):
    delivery = ForeignKeyField(Delivery, on_delete="CASCADE", backref="staged")
    row = IntegerField()
    code = CharField(max_length=64)
    act = CharField(max_length=10, default="")
    facts = TextField()
    doubt = CharField(max_length=300, default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("delivery", "code"), False),)


class Drug(Model):
    code = CharField(max_length=40, unique=True)
    nhsa_code = CharField(max_length=40, default="", index=True)
    generic_name = CharField(max_length=200, index=True)
    core = CharField(max_length=200, index=True)
    dosage_form = CharField(max_length=60, default="")
    strength = CharField(max_length=200, default="")
    pack = CharField(max_length=200, default="")
    pack_qty = IntegerField(null=True)
    pack_unit = CharField(max_length=10, default="")
    package_unit = CharField(max_length=10, default="盒")
    manufacturer = CharField(max_length=200, default="")
    approval_no = CharField(max_length=60, default="")
    brand = CharField(max_length=200, default="")
    standard_fen = IntegerField(null=True)
    standard_source = CharField(max_length=300, default="")
    kind = CharField(max_length=12, default="not_won")
    special = BooleanField(default=False)
    source = CharField(max_length=300, default="")
    born = IntegerField(default=0)
    withdrawn_on = DateField(null=True)
    replaced_by = CharField(max_length=40, default="")

    class Meta:
        legacy_table_names = False


class DrugTag(Model):
    drug = ForeignKeyField(Drug, on_delete="CASCADE", backref="tags")
    tag = CharField(max_length=40, index=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("drug", "tag"), True),)


class Batch(Model):
    name = CharField(max_length=60, unique=True)
    announced_on = DateField(null=True)
    notice_url = CharField(max_length=300, default="")

    class Meta:
        legacy_table_names = False


class Win(Model):
    drug = ForeignKeyField(Drug, on_delete="CASCADE", backref="wins")
    batch = ForeignKeyField(Batch, backref="wins")
    price_fen = IntegerField()
    standing = CharField(max_length=12)
    announced_on = DateField(null=True)
    valid_from = DateField(null=True)
    valid_until = DateField(null=True)
    regions = TextField(default="")
    notice_url = CharField(max_length=300, default="")
    source = CharField(max_length=300, default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("drug", "batch", "standing"), True),)


class Alias(Model):
    name = CharField(max_length=120, index=True)
    kind = CharField(max_length=20, default="商品名")
    generic_name = CharField(max_length=200, index=True)
    core = CharField(max_length=200, index=True)
    manufacturer = CharField(max_length=200, default="")
    disease = CharField(max_length=200, default="")
    source = CharField(max_length=300, default="")
    born = IntegerField(default=0)

    class Meta:
        legacy_table_names = False
        indexes = ((("name", "generic_name", "manufacturer"), True),)


class Edition(Model):
    list = CharField(max_length=10)
    number = IntegerField()
    effective_on = DateField()
    published_at = DateTimeField()
    note = CharField(max_length=300, default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("list", "number"), True),)


class Entry(Model):
    edition = ForeignKeyField(Edition, on_delete="CASCADE", backref="entries")
    code = CharField(max_length=40)
    name = CharField(max_length=300)
    facts = TextField(default="{}")

    class Meta:
        legacy_table_names = False
        indexes = ((("edition", "code"), True), (("code",), False))


class Outlet(Model):
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
        legacy_table_names = False
        indexes = ((("lat", "lon"), False),)


class BadgeSpan(Model):
    outlet = ForeignKeyField(Outlet, on_delete="CASCADE", backref="badge_spans")
    state = CharField(max_length=10)
    since = DateField()
    until = DateField(null=True)
    round = CharField(max_length=40, default="")
    reason = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("outlet", "since"), True),)


class StagedPrice(Model):
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

    class Meta:
        legacy_table_names = False


class StagedMedian(Model):
    delivery_id = IntegerField()
    drug_id = IntegerField()
    median_fen = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("delivery_id", "drug_id")


class Observation(Model):
    key = BigIntegerField(unique=True)
    drug_id = IntegerField()
    outlet_id = IntegerField()
    price_fen = IntegerField()
    in_stock = SmallIntegerField(null=True)
    observed_on = DateField()
    source = SmallIntegerField()
    evidence = CharField(max_length=200, default="")
    selling = SmallIntegerField(default=1)
    delivery = ForeignKeyField(Delivery, null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("outlet_id", "drug_id", "observed_on"), False),)


class Offer(Model):
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
        legacy_table_names = False
        primary_key = CompositeKey("drug_id", "outlet_id", "born")
        without_rowid = True
        indexes = ((("outlet_id", "drug_id", "born"), False),)


class BandSnapshot(Model):
    drug_id = IntegerField()
    day = DateField()
    method = CharField(max_length=20)
    count = IntegerField()
    low_fen = IntegerField()
    high_fen = IntegerField()
    clear_fen = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("drug_id", "day", "method")


TABLES = [
    Publication,
    Delivery,
    Staged,
    Drug,
    DrugTag,
    Batch,
    Win,
    Alias,
    Edition,
    Entry,
    Outlet,
    BadgeSpan,
    StagedPrice,
    StagedMedian,
    Observation,
    Offer,
    BandSnapshot,
]


def up(migrator, db):
    """Make the tables and the one row that numbers publications."""
    # Only SQLite can keep a table in the order of its key.
    Offer._meta.without_rowid = isinstance(db, SqliteDatabase)
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
        Publication.insert(id=1, number=0).execute()


def down(migrator, db):
    """Drop them, the referring ones first."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES[::-1])
