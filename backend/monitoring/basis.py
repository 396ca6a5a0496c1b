"""What an index stands on: the observations it was computed from, and one worked for everybody."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.db import as_day, run
from backend.intake.lists import chunks
from backend.monitoring.rules import ratio
from backend.policy.monitoring_terms import Monitoring
from backend.prices.cards import offer_code

# Fewer lines can be added up by hand.
_SHORT = 20

_COMPARED = """
SELECT observation.drug_id, observation.key, observation.price_fen, observation.observed_on,
       observation.source, observation.evidence, index_reference.reference_fen,
       index_reference.pharmacies
FROM observation JOIN index_reference ON index_reference.drug_id = observation.drug_id
WHERE observation.key IN ({keys}) AND index_reference.period = ? AND index_reference.method = ?
"""
_ORDINARY = """
SELECT keys, permille FROM outlet_index
WHERE period = ? AND method = ? AND permille IS NOT NULL
ORDER BY CASE WHEN drugs > ? THEN 1 ELSE 0 END, ABS(permille - 1000), drugs, outlet_id LIMIT 1
"""


class Compared(NamedTuple):
    """A kept observation with the reference it was compared with; prices in 分."""

    drug_id: int
    key: int
    price_fen: int
    observed_on: date
    source: int
    evidence: str
    reference_fen: int
    pharmacies: int


def compared(keys: str, period: str, method: str) -> list[Compared]:
    """The observations an index stands on, from the keys that are kept with it."""
    found: list[Compared] = []
    for chunk in chunks(json.loads(keys), 400):
        marks = ", ".join("?" * len(chunk))
        rows = run(_COMPARED.format(keys=marks), *chunk, period, method).fetchall()
        found += (Compared._make((*row[:3], as_day(row[3]), *row[4:])) for row in rows)
    return found


def lines(observations: Sequence[Compared], terms: Monitoring, day: date) -> list[dict[str, Any]]:
    """Each observation as people read it, the highest ratio first.

    {offer, drug, name, pack, manufacturer, price_fen, reference_fen, pharmacies, permille,
    observed_on}
    """
    drugs = list(Drug.select().where(Drug.id.in_([one.drug_id for one in observations])))
    cards = catalog.cards(drugs, day)
    told = [_line(one, cards[one.drug_id], terms) for one in observations]
    return sorted(told, key=lambda line: (-line["permille"], line["name"], line["drug"]))


def _line(one, card, terms):
    return {
        "offer": offer_code(one.key), "drug": card["code"], "name": card["generic_name"],
        "pack": card["pack"] or card["strength"], "manufacturer": card["manufacturer"],
        "price_fen": one.price_fen, "reference_fen": one.reference_fen,
        "pharmacies": one.pharmacies,
        "permille": ratio(one.price_fen, one.reference_fen, terms),
        "observed_on": one.observed_on.isoformat(),
    }  # fmt: skip


def example(period: str, terms: Monitoring, day: date) -> dict[str, Any] | None:
    """An index near 1, of few drugs where there is one: {lines, sum, permille}; None without.

    Which outlet's it is is not told: the example shows the method, not a shop.
    """
    found = run(_ORDINARY, period, terms.version, _SHORT).fetchone()
    if not found:
        return None
    keys, permille = found
    told = lines(compared(keys, period, terms.version), terms, day)
    shown = ("name", "pack", "price_fen", "reference_fen", "permille")
    return {
        "lines": [{name: line[name] for name in shown} for line in told],
        "sum": sum(line["permille"] for line in told),
        "permille": permille,
    }
