"""One pass through the city's offers: every outlet's tally, every drug's reference, the verdicts.

A million offers are looked at drug by drug, so that only one drug's are in memory at a time; prices
that are alike for every rule are judged once.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.db import run
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.monitoring.rules import Tally, reference
from backend.outlets.lookups import JOINED
from backend.policy.terms import Pack
from backend.prices import rules as prices
from backend.prices.cards import judged_kind
from backend.prices.lookups import bands_on

COMPARISON = "comparison"

_OUTLETS = f"""
SELECT outlet.id, outlet.district, outlet.kind, outlet.designated, outlet.agreement,
       outlet.special, joined.outlet_id IS NOT NULL
FROM outlet LEFT JOIN ({JOINED}) AS joined ON joined.outlet_id = outlet.id
WHERE outlet.born <= ? AND outlet.withdrawn_on IS NULL
"""
_SOLD = """
SELECT id FROM drug WHERE withdrawn_on IS NULL
  AND EXISTS (SELECT 1 FROM offer WHERE offer.drug_id = drug.id)
"""
_OFFERS = """
SELECT drug_id, outlet_id, key, price_fen,
       CASE WHEN observed_on BETWEEN ? AND ? THEN 1 ELSE 0 END
FROM offer WHERE born <= ? AND died > ? ORDER BY drug_id
"""


class Seller(NamedTuple):
    """What is asked of an outlet by its prices; `is_compared` says whether it gets an index."""

    district: str
    kind: str
    class_: str
    designated: bool
    agreement: str
    joined: bool
    may_sell_special: bool
    is_compared: bool


class Counted(Tally):
    """An outlet's tally with the observations in it, and how many of its prices are too high."""

    __slots__ = ("clearly_high", "keys")

    def __init__(self) -> None:
        super().__init__()
        self.keys = array("q")
        self.clearly_high = 0


@dataclass
class City:
    """What was counted: tallies by outlet id, (reference in 分, pharmacies) by drug id, and how
    many prices have which verdict by (district, class, verdict)."""

    tallies: dict[int, Counted] = field(default_factory=dict)
    references: dict[int, tuple[int, int]] = field(default_factory=dict)
    verdicts: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def count(pack: Pack, day: date) -> City:
    """Count the city as it is published now, judged on that day by a pack that has an index."""
    city, sellers = City(), _sellers(pack, day)
    judges = {judge.drug_id: judge for judge in _judges(pack, day)}
    for drug_id, sold in groupby(_offers(pack, day), key=itemgetter(0)):
        if drug_id in judges:
            _count_drug(city, judges[drug_id], sold, sellers, pack)
    return city


def _sellers(pack, day):
    iso = day.isoformat()
    rows = run(_OUTLETS, "active", iso, iso, iso, Publication.current())
    return {id_: _seller(pack, *rest) for id_, *rest in rows.fetchall()}


def _seller(pack, district, kind, designated, agreement, special, joined):
    class_ = pack.outlet_kinds[kind].class_
    compared = class_ == "pharmacy" and bool(designated)
    return Seller(district, kind, class_, bool(designated), agreement, bool(joined),
                  bool(special and joined), compared)  # fmt: skip


def _offers(pack, day):
    first = day - timedelta(days=pack.monitoring.window_days)
    number = Publication.current()
    return run(_OFFERS, first.isoformat(), day.isoformat(), number, number)


def _judges(pack, day) -> Iterator["Judge"]:
    for ids in chunks([id_ for (id_,) in run(_SOLD).fetchall()], 400):
        drugs = list(Drug.select().where(Drug.id.in_(ids)))
        cards, bands = catalog.cards(drugs, day), bands_on(ids, day, pack)
        for drug in drugs:
            yield Judge(pack, drug, cards[drug.id], bands.get(drug.id))


class Judge:
    """Judges the prices of one drug, each sort of price once."""

    def __init__(self, pack, drug, card, band) -> None:
        self.pack, self.card, self.band = pack, card, band
        self.drug_id, self.special = drug.id, bool(drug.special)
        self.said: dict[tuple, str] = {}

    def verdict(self, seller: Seller, price_fen: int) -> str:
        """The code of the verdict on a seller's price; "comparison" where it is none."""
        alike = (seller.kind, seller.designated, seller.agreement, seller.joined, price_fen)
        if alike not in self.said:
            self.said[alike] = self._judged(seller, price_fen)
        return self.said[alike]

    def _judged(self, seller, price_fen):
        verdict = prices.judge(
            prices.Facts(
                outlet_kind=seller.kind, designated=seller.designated, joined=seller.joined,
                agreement=seller.agreement, drug_kind=judged_kind(self.card),
                standing=self.card["standing"]["code"],
                winning_fen=self.card["winning_price_fen"], asked_fen=price_fen, band=self.band,
            ),
            self.pack,
        )  # fmt: skip
        return COMPARISON if verdict.comparison else verdict.code


def _count_drug(city, judge, sold, sellers, pack):
    compared = []
    for _, outlet_id, key, price_fen, is_recent in sold:
        seller = sellers.get(outlet_id)
        if seller is None or (judge.special and not seller.may_sell_special):
            continue
        verdict = judge.verdict(seller, price_fen)
        city.verdicts[seller.district, seller.class_, verdict] += 1
        if seller.is_compared:
            tally = city.tallies.get(outlet_id)
            if tally is None:
                tally = city.tallies[outlet_id] = Counted()
            tally.clearly_high += verdict == prices.CLEARLY_HIGH
            if is_recent:
                compared.append((tally, key, price_fen))
    _compare(city, judge.drug_id, compared, pack.monitoring)


def _compare(city, drug_id, compared, terms):
    """Put each price beside what the city asks for exactly this product."""
    beside = reference([price_fen for _, _, price_fen in compared], terms)
    if beside is None:
        return
    city.references[drug_id] = (beside, len(compared))
    for tally, key, price_fen in compared:
        tally.add(price_fen, beside, terms)
        tally.keys.append(key)
