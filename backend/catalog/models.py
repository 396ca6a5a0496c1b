"""Drugs, procurement batches and their winning prices, other names, editions of the lists."""

from datetime import date

from peewee import (
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
    fn,
)

from backend.db import MomentField, Table, database
from backend.intake.models import Publication


class Drug(Table):
    """A drug product (品规): one substance, form, strength, pack and firm."""

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
    approval_no = CharField(max_length=60, default="", index=True)
    brand = CharField(max_length=200, default="")
    standard_fen = IntegerField(null=True)
    standard_source = CharField(max_length=300, default="")
    kind = CharField(max_length=12, default="not_won")
    special = BooleanField(default=False)
    source = CharField(max_length=300, default="")
    born = IntegerField(default=0)
    withdrawn_on = DateField(null=True)
    replaced_by = CharField(max_length=40, default="")

    @classmethod
    def seen(cls):
        """A query over the drugs that are published (withdrawn ones among them)."""
        return cls.select().where(cls.born <= Publication.current())

    @classmethod
    def coded(cls, code: str) -> "Drug | None":
        """The published drug with this public code, or with this 医保编码."""
        return (
            cls.seen().where(cls.code == code).first()
            or cls.seen().where(cls.nhsa_code == code, cls.nhsa_code != "").first()
        )


class DrugTag(Table):
    """A disease or purpose a drug is listed under (a code of diseases.toml)."""

    drug = ForeignKeyField(Drug, on_delete="CASCADE", backref="tags")
    tag = CharField(max_length=40, index=True)

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("drug", "tag"), True),)


class Batch(Table):
    """A procurement batch (采购批次) and the notice that announced it."""

    name = CharField(max_length=60, unique=True)
    announced_on = DateField(null=True)
    notice_url = CharField(max_length=300, default="")


class Win(Table):
    """A winning price (中选价) of a drug in a batch, with where and when it holds.

    standing: official (in force by its own dates) · assumed (演示：假定仍有效) · historical ·
    unsure (归属待核) · elsewhere (外省中选). Only the first two are ever a price here.
    """

    HOLDING = ("official", "assumed")

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
        database = database
        legacy_table_names = False
        indexes = ((("drug", "batch", "standing"), True),)

    def holds_on(self, day: date) -> bool:
        """Whether this is a price in force here on that day (both ends count)."""
        return (
            self.standing in self.HOLDING
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


class Alias(Table):
    """Another name of a drug: brand (商品名), popular name (俗名), bracketed name."""

    name = CharField(max_length=120, index=True)
    kind = CharField(max_length=20, default="商品名")
    generic_name = CharField(max_length=200, index=True)
    core = CharField(max_length=200, index=True)
    manufacturer = CharField(max_length=200, default="")
    disease = CharField(max_length=200, default="")
    source = CharField(max_length=300, default="")
    born = IntegerField(default=0)

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("name", "generic_name", "manufacturer"), True),)

    @classmethod
    def seen(cls):
        """A query over the names that are published."""
        return cls.select().where(cls.born <= Publication.current())


class ProductCode(Table):
    """A code on a box that stands for one product: kind and code as `packcodes` reads them."""

    kind = CharField(max_length=8)
    code = CharField(max_length=14)
    drug = ForeignKeyField(Drug, on_delete="CASCADE", backref="codes")
    source = CharField(max_length=300)
    born = IntegerField(default=0)

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("kind", "code"), True),)

    @classmethod
    def seen(cls):
        """A query over the codes that are published, each with its product."""
        return cls.select(cls, Drug).join(Drug).where(cls.born <= Publication.current())

    @property
    def is_demo(self) -> bool:
        """Whether it is invented, for the demonstration."""
        return self.source.startswith("演示")


class Edition(Table):
    """A numbered edition of a published list (drugs or outlets) with the day it takes effect."""

    list = CharField(max_length=10)
    number = IntegerField()
    effective_on = DateField()
    published_at = MomentField()
    note = CharField(max_length=300, default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("list", "number"), True),)

    @classmethod
    def in_force(cls, kind: str, day: date) -> "Edition | None":
        """The edition of a list that rules on a day."""
        return (
            cls.select()
            .where(cls.list == kind, cls.effective_on <= day)
            .order_by(cls.effective_on.desc(), cls.number.desc())
            .first()
        )

    @classmethod
    def next_number(cls, kind: str) -> int:
        """The number the next edition of a list will bear."""
        return (cls.select(fn.MAX(cls.number)).where(cls.list == kind).scalar() or 0) + 1


class Entry(Table):
    """What one edition says of one drug or outlet, as it was on that day (facts as JSON)."""

    edition = ForeignKeyField(Edition, on_delete="CASCADE", backref="entries")
    code = CharField(max_length=40)
    name = CharField(max_length=300)
    facts = TextField(default="{}")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("edition", "code"), True), (("code",), False))
