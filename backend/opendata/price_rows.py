"""Rows of prices: what institutions and clerks say, judged by bands made of the same prices.

Nothing here looks at what residents handed in, so nothing here can tell of them, by whatever
joins, sums or differences between nights: see resident_rows.
"""

from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from backend.db import run
from backend.intake.lists import chunks
from backend.opendata.moment import DrugFacts, Moment, OutletFacts
from backend.opendata.rules import OFFICIAL
from backend.prices import bands, rules
from backend.prices.sheets import SOURCES

OUTLETS_AT_ONCE = 50
_WORDS = {SOURCES[code]: code for code in OFFICIAL}

# A delivery that is being published is not seen yet, though its observations are there.
_OBSERVED = """
SELECT o.outlet_id, o.drug_id, o.observed_on, o.source, o.id, o.price_fen, o.in_stock, o.selling
FROM observation AS o LEFT JOIN delivery AS d ON d.id = o.delivery_id
WHERE o.outlet_id IN ({ids}) AND o.source IN ({sources})
  AND (o.delivery_id IS NULL OR d.number <= ?)
"""


class Observed(NamedTuple):
    """A price as the table gives it, its drug known; the later of two has the higher number."""

    outlet: OutletFacts
    drug: DrugFacts
    observed_on: str
    source: int
    number: int
    price_fen: int
    in_stock: bool | None
    selling: bool


def observed(moment: Moment) -> Iterator[Observed]:
    """Every observation of an institution or a clerk, by outlet, drug, day, source."""
    for chunk in chunks(list(moment.outlets.values()), OUTLETS_AT_ONCE):
        sql = _OBSERVED.format(
            ids=", ".join("?" * len(chunk)), sources=", ".join("?" * len(_WORDS))
        )
        rows = run(sql, *(outlet.id for outlet in chunk), *_WORDS, moment.number).fetchall()
        found = (_observed(row, moment) for row in rows if row[1] in moment.drugs)
        yield from sorted(found, key=_order)


def _observed(row, moment) -> Observed:
    outlet, drug, day, source, number, price, stock, selling = row
    return Observed(
        moment.outlets[outlet], moment.drugs[drug], str(day), source, number, price,
        None if stock is None else bool(stock), bool(selling),
    )  # fmt: skip


def _order(one):
    return one.outlet.code, one.drug.code, one.observed_on, one.source, one.number


def current(moment: Moment) -> Iterator[Observed]:
    """What each outlet asks for each drug now: the newest day, the weightiest source, the last."""
    for _, group in groupby(observed(moment), key=lambda one: (one.outlet.id, one.drug.id)):
        *_, newest = group
        if newest.selling and _is_shown(newest, moment):
            yield newest


def _is_shown(one, moment):
    allowed = rules.may_choose(one.drug.special, one.outlet.joined, one.outlet.special, moment.pack)
    return one.outlet.in_use and one.drug.in_use and allowed


def take_bands(moment: Moment) -> None:
    """Compute the bands of the day from what is published, for the verdicts and for their table."""
    first, last = moment.first_day_of_bands.isoformat(), moment.day.isoformat()
    kinds = set(moment.pack.kinds_of("pharmacy"))
    asked: dict[int, array] = {}
    for one in current(moment):
        counts = one.outlet.designated and one.outlet.kind in kinds
        if counts and first <= one.observed_on <= last:
            asked.setdefault(one.drug.id, array("q")).append(one.price_fen)
    for drug_id, prices in asked.items():
        band = bands.compute(prices, moment.pack.band, day=moment.day)
        if band:
            moment.bands[drug_id] = band


def band(moment: Moment) -> Iterator[tuple]:
    """The bands of the day, and those of earlier days as they were published then."""
    today = [
        (moment.drugs[drug_id].code, one.day.isoformat(), one.method, one.count, one.low_fen,
         one.high_fen, one.clear_fen)
        for drug_id, one in moment.bands.items()
    ]  # fmt: skip
    known = {drug.code for drug in moment.drugs.values()}
    earlier = (row for row in moment.earlier_bands if row[0] in known)
    yield from sorted([*today, *earlier], key=itemgetter(0, 1, 2))


def price(moment: Moment) -> Iterator[tuple]:
    """Every current price with its verdict."""
    judged = _judge_of(moment)
    told = moment.told
    for one in current(moment):
        outlet, drug = one.outlet, one.drug
        verdict = judged(
            outlet.kind, outlet.designated, outlet.joined, outlet.agreement, drug.id, one.price_fen
        )
        told["price"] += 1
        told[f"price.verdict.{verdict[0]}"] += 1
        told["price.with_winning"] += drug.winning_fen is not None
        told["price.at_or_below_winning"] += rules.at_or_below_winning(
            one.price_fen, drug.winning_fen, drug.standing
        )
        yield (
            outlet.code, drug.code, one.price_fen, one.in_stock, one.observed_on,
            _WORDS[one.source], *verdict,
        )  # fmt: skip


def _judge_of(moment: Moment):
    """The verdict as its columns; the same few prices are asked at a thousand outlets."""

    @lru_cache(maxsize=50_000)
    def judged(kind, designated, joined, agreement, drug_id, price_fen):
        drug = moment.drugs[drug_id]
        facts = rules.Facts(
            outlet_kind=kind, designated=designated, joined=joined, agreement=agreement,
            drug_kind=drug.kind, standing=drug.standing, winning_fen=drug.winning_fen,
            asked_fen=price_fen, band=moment.bands.get(drug_id),
        )  # fmt: skip
        found = rules.judge(facts, moment.pack)
        numbers = found.numbers
        return (
            found.code, found.reason, found.clause, found.comparison,
            numbers["winning_fen"], numbers["delta_fen"], numbers["position"],
        )  # fmt: skip

    return judged


def price_history(moment: Moment) -> Iterator[tuple]:
    """Every observation; of several on one day from one source the last has the last number."""
    same: tuple = ()
    number = 0
    for one in observed(moment):
        row = (one.outlet.code, one.drug.code, one.observed_on, _WORDS[one.source])
        number = number + 1 if row == same else 1
        same = row
        yield *row, number, one.price_fen, one.in_stock, one.selling
