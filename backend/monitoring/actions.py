"""Taking the index of the period that runs: computed by night, kept whole or not at all."""

import json
from dataclasses import asdict
from datetime import date

from backend.db import copy_rows, in_turn, run
from backend.intake.models import Publication
from backend.monitoring.basis import example
from backend.monitoring.counting import City, count
from backend.monitoring.models import IndexNight
from backend.monitoring.rules import period_of
from backend.policy.monitoring_terms import Monitoring
from backend.policy.packs import pack_on

_INDEXES = (
    "outlet_id", "period", "method", "permille", "drugs", "below", "at", "above", "clearly_high",
    "computed_on", "keys",
)  # fmt: skip
_REFERENCES = ("period", "method", "drug_id", "reference_fen", "pharmacies")
_TABLES = ("outlet_index", "index_reference", "index_night")


def take_index(day: date, *, city: str = "shenyang") -> int:
    """Compute the index of the month of that day and put it in place of what was kept of it.

    Returns how many outlets have one. Past months keep what their last night left. Where the pack
    has no index nothing is computed.
    """
    pack = pack_on(city, day)
    terms = pack.monitoring
    if terms is None:
        return 0
    number, counted, period = Publication.current(), count(pack, day), period_of(day)
    with in_turn():
        for table in _TABLES:
            run(f"DELETE FROM {table} WHERE period = ? AND method = ?", period, terms.version)
        known = _keep(counted, period, terms, day)
        facts = {
            "terms": asdict(terms),
            "verdicts": [[*place, many] for place, many in sorted(counted.verdicts.items())],
            "outlets": known,
            "drugs": len(counted.references),
            "example": example(period, terms, day),
        }
        IndexNight.insert(
            period=period, method=terms.version, computed_on=day, number=number, pack=pack.id,
            facts=json.dumps(facts, ensure_ascii=False),
        ).execute()  # fmt: skip
    return known


def _keep(counted: City, period: str, terms: Monitoring, day: date) -> int:
    rows, known = [], 0
    for outlet_id, tally in counted.tallies.items():
        index = tally.index(terms)
        known += index.permille is not None
        rows.append((outlet_id, period, terms.version, *index, tally.clearly_high,
                     day.isoformat(), json.dumps(tally.keys.tolist())))  # fmt: skip
    copy_rows("outlet_index", _INDEXES, rows)
    copy_rows(
        "index_reference", _REFERENCES,
        [(period, terms.version, drug_id, *told) for drug_id, told in counted.references.items()],
    )  # fmt: skip
    return known
