"""Everything the tables are made from, as it stands at one moment and on one day of the city."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from backend.catalog import lookups as catalog
from backend.catalog.editions import naming
from backend.catalog.models import Drug
from backend.db import run
from backend.errors import NotNow
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.opendata import wording
from backend.outlets.lookups import NO_BADGE, badges
from backend.policy.packs import pack_on
from backend.policy.terms import OpenData, Pack
from backend.prices.bands import Band
from backend.prices.cards import judged_kind

AT_ONCE = 500


class OutletFacts(NamedTuple):
    """What is asked of an outlet by its prices and by its own row."""

    id: int
    code: str
    kind: str
    district: str
    designated: bool
    special: bool
    agreement: str
    in_use: bool
    badge: dict[str, Any]
    edition: int | None

    @property
    def joined(self) -> bool:
        """Whether its badge is in force."""
        return self.badge["state"] == "active"


class DrugFacts(NamedTuple):
    """What is asked of a drug by its prices; `card` is what people see of it."""

    id: int
    code: str
    kind: str
    standing: str
    winning_fen: int | None
    special: bool
    in_use: bool


@dataclass
class Moment:
    """The day, the rules of that day, and what is published; `told` counts what was written."""

    day: date
    city: str
    pack: Pack
    number: int
    outlets: dict[int, OutletFacts]
    drugs: dict[int, DrugFacts]
    bands: dict[int, Band] = field(default_factory=dict)
    earlier_bands: list[tuple] = field(default_factory=list)
    told: Counter = field(default_factory=Counter)

    @property
    def terms(self) -> OpenData:
        """From how many on a count goes out. Raises NotNow where the pack does not say."""
        if self.pack.open_data is None:
            raise NotNow(wording.no_terms(self.pack.id))
        return self.pack.open_data

    @property
    def first_day_of_bands(self) -> date:
        """The oldest day whose prices count for a band."""
        return self.day - _days(self.pack.band.window_days)


def _days(count):
    return date.resolution * count


def look(day: date, *, city: str) -> Moment:
    """Read what every table is made from; the caller holds the moment still."""
    return Moment(
        day, city, pack_on(city, day), Publication.current(),
        {outlet.id: outlet for outlet in _outlets(day)}, {drug.id: drug for drug in _drugs(day)},
    )  # fmt: skip


_OUTLETS = """
SELECT id, code, kind, district, designated, special, agreement, withdrawn_on FROM outlet
WHERE born <= ? ORDER BY code
"""


def _outlets(day) -> Iterator[OutletFacts]:
    for chunk in chunks(run(_OUTLETS, Publication.current()).fetchall(), AT_ONCE):
        worn = badges([row[0] for row in chunk], day)
        number, named = naming("outlets", [row[1] for row in chunk], day)
        for id_, code, kind, district, designated, special, agreement, gone in chunk:
            yield OutletFacts(
                id_, code, kind, district, bool(designated), bool(special), agreement,
                gone is None, worn.get(id_, NO_BADGE),
                number if code in named else None,
            )  # fmt: skip


def drug_cards(day: date) -> Iterator[tuple[Drug, dict]]:
    """Every published drug with the card people see of it, by code."""
    codes = [code for (code,) in Drug.seen().select(Drug.code).order_by(Drug.code).tuples()]
    for chunk in chunks(codes, AT_ONCE):
        drugs = list(Drug.seen().where(Drug.code.in_(chunk)).order_by(Drug.code))
        made = catalog.cards(drugs, day)
        yield from ((drug, made[drug.id]) for drug in drugs)


def _drugs(day) -> Iterator[DrugFacts]:
    for drug, card in drug_cards(day):
        yield DrugFacts(
            drug.id, drug.code, judged_kind(card), card["standing"]["code"],
            card["winning_price_fen"], bool(drug.special), drug.withdrawn_on is None,
        )  # fmt: skip
