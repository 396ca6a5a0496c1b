"""Which offers sink behind the others because they are believed no more, told in SQL."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from backend.db import as_day, run
from backend.intake.models import Publication
from backend.policy.terms import Pack
from backend.prices.confidence import Decay, Doubts, days_until, decay_of, is_sunk
from backend.prices.sheets import SOURCE_CODES, SOURCES

# Residents' reports against what is offered, since the day it was seen. The join in this order: few
# are contradicted of the many who sell a drug.
_DOUBTS = """
SELECT offer.drug_id, offer.outlet_id, offer.kind, offer.source, offer.observed_on, said.what,
       SUM(said.askers)
FROM contradiction AS said CROSS JOIN offer
WHERE {where} AND offer.outlet_id = said.outlet_id
  AND (said.drug_id = offer.drug_id OR said.drug_id = 0)
  AND offer.born <= ? AND offer.died > ? AND said.day >= offer.observed_on
GROUP BY offer.drug_id, offer.outlet_id, offer.kind, offer.source, offer.observed_on, said.what
ORDER BY offer.drug_id, offer.outlet_id
"""
_OF_DRUGS = "offer.drug_id IN ({ids}) AND said.drug_id IN ({ids}, 0) AND said.what <> 'place'"
_OF_OUTLET = "said.outlet_id = ? AND said.what <> 'place'"
NO_DOUBTS = Doubts()


Key = tuple[int, int]


class Doubted(NamedTuple):
    """An offer somebody contradicted: the outlet's kind, the source's weight, the day it was seen,
    and how many said what."""

    kind: str
    source: int
    observed_on: date
    doubts: Doubts


class Since(NamedTuple):
    """Offers of these kinds from this source are believed if seen on that day or later."""

    kinds: tuple[str, ...]
    source: int
    day: str


class Trusted(NamedTuple):
    """What still stands before the rest: since when seen, and at which outlets no more all the
    same, because so many said otherwise."""

    since: tuple[Since, ...]
    doubted: tuple[int, ...]

    def sunk(self) -> tuple[str, list[Any]]:
        """0 for an offer that is believed and 1 for one that sinks: SQL and its values."""
        told, values = self.too_old()
        if self.doubted:
            told += f" OR offer.outlet_id IN ({', '.join('?' * len(self.doubted))})"
        return f"CASE WHEN {told} THEN 1 ELSE 0 END", [*values, *self.doubted]

    def too_old(self) -> tuple[str, list[Any]]:
        """The condition that an offer is too old, whatever was said against it."""
        parts: list[str] = []
        values: list[Any] = [max(one.day for one in self.since)]
        for one in self.since:
            marks = ", ".join("?" * len(one.kinds))
            parts.append(f"offer.source = ? AND offer.observed_on < ? AND offer.kind IN ({marks})")
            values += [one.source, one.day, *one.kinds]
        # Nearly every offer is told by the first comparison.
        return f"offer.observed_on < ? AND ({' OR '.join(parts)})", values


def trusted_on(day: date, pack: Pack, doubts: dict[Key, Doubted]) -> Trusted:
    """What is believed on a day; `doubts` are those of one drug."""
    return Trusted(
        tuple(_since(day, pack)),
        tuple(
            outlet_id for (_, outlet_id), one in sorted(doubts.items())
            if is_sunk(
                pack.confidence, price_decay(pack, one.kind, one.source),
                days=(day - one.observed_on).days, doubts=one.doubts,
            )
        ),
    )  # fmt: skip


def price_decay(pack: Pack, kind: str, source: int) -> Decay:
    """How a price fades that a source (its weight) saw at a kind of outlet."""
    return decay_of(
        pack.confidence, "price", source=SOURCE_CODES[source], class_=class_of(pack, kind)
    )


def class_of(pack: Pack, kind: str) -> str | None:
    """The class a kind of outlet belongs to, None for a kind the pack does not know."""
    known = pack.outlet_kinds.get(kind)
    return known.class_ if known else None


def _since(day, pack: Pack) -> Iterator[Since]:
    terms = pack.confidence
    for code, weight in SOURCES.items():
        for class_ in pack.outlet_classes:
            decay = decay_of(terms, "price", source=code, class_=class_)
            last = day - timedelta(days=days_until(decay, terms.poor_percent) - 1)
            if kinds := pack.kinds_of(class_):
                yield Since(kinds, weight, last.isoformat())


def doubts_of_drug(drug_id: int) -> dict[Key, Doubted]:
    """The contradicted offers of a drug, by (drug, outlet)."""
    return doubts_of_drugs([drug_id])


def doubts_of_drugs(drug_ids: Sequence[int]) -> dict[Key, Doubted]:
    """The contradicted offers of some drugs, by (drug, outlet)."""
    return _read(
        _OF_DRUGS.format(ids=", ".join("?" * len(drug_ids)) or "NULL"), *drug_ids, *drug_ids
    )


def doubts_at_outlet(outlet_id: int) -> dict[Key, Doubted]:
    """The contradicted offers of an outlet, by (drug, outlet)."""
    return _read(_OF_OUTLET, outlet_id)


def _read(where, *values):
    number = Publication.current()
    rows = run(_DOUBTS.format(where=where), *values, number, number).fetchall()
    found = {}
    for key, group in groupby(rows, key=lambda row: tuple(row[:2])):
        told = list(group)
        _, _, kind, source, day, *_ = told[0]
        said = {what: int(askers) for *_, what, askers in told}
        # Whoever stood before a closed door found neither the price nor the drug.
        closed = said.get("closed", 0)
        doubts = Doubts(said.get("price", 0) + closed, said.get("stock", 0) + closed)
        found[key] = Doubted(kind, source, as_day(day), doubts)
    return found


def trusted_of(drug_ids: Sequence[int], day: date, pack: Pack) -> dict[int, Trusted]:
    """What of each drug's offers is believed on a day."""
    doubts, told = doubts_of_drugs(drug_ids), trusted_on(day, pack, {})
    doubted = {drug_id for drug_id, _ in doubts}
    return {
        id_: trusted_on(day, pack, {key: one for key, one in doubts.items() if key[0] == id_})
        if id_ in doubted else told
        for id_ in drug_ids
    }  # fmt: skip


def doubts_against(doubts: Mapping[Key, Doubted], drug_id: int, outlet_id: int) -> Doubts:
    """How many contradicted what one outlet offers of a drug."""
    found = doubts.get((drug_id, outlet_id))
    return found.doubts if found else NO_DOUBTS
