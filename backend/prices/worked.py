"""Worked examples with the real prices of the day: one band, and one balanced order."""

from datetime import date
from typing import Any

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.db import run
from backend.intake.models import Publication
from backend.policy.terms import Pack
from backend.prices import bands
from backend.prices.distribution import asked
from backend.prices.lookups import band_on, centre_of, offers

_MOST_SOLD = """
SELECT band_snapshot.drug_id FROM band_snapshot JOIN drug ON drug.id = band_snapshot.drug_id
WHERE band_snapshot.day = ? AND band_snapshot.method = ? AND drug.withdrawn_on IS NULL
ORDER BY band_snapshot.count DESC, band_snapshot.low_fen = band_snapshot.high_fen, drug.code
LIMIT 1
"""
_BUSIEST = """
SELECT district FROM offer WHERE drug_id = ? AND born <= ? AND died > ?
GROUP BY district ORDER BY COUNT(*) DESC, district LIMIT 1
"""


def examples(pack: Pack, day: date) -> dict[str, Any] | None:
    """Both examples for the drug most pharmacies sell; None on a day without a band."""
    found = run(_MOST_SOLD, day.isoformat(), pack.band.version).fetchone()
    if not found:
        return None
    drug = Drug.get_by_id(found[0])
    card = catalog.card(drug, day)
    told = {"code": card["code"], "name": card["generic_name"], "pack": card["pack"],
            "manufacturer": card["manufacturer"],
            "winning_price_fen": card["winning_price_fen"]}  # fmt: skip
    return {"drug": told, "band": _band(drug, pack, day), "order": _order(drug, pack)}


def _band(drug: Drug, pack: Pack, day: date) -> dict:
    """Every step of the computation, so that it can be done again by hand."""
    ranked, band = sorted(asked(drug.id, day, pack)), band_on(drug.id, day, pack)
    method, low, high = pack.band, band.low_fen, band.high_fen  # type: ignore[union-attr]
    return {
        "count": len(ranked),
        "prices": [[fen, ranked.count(fen)] for fen in sorted(set(ranked))],
        "low_rank": bands.rank_of(len(ranked), method.low_percent),
        "low_fen": low,
        "high_rank": bands.rank_of(len(ranked), method.high_percent),
        "high_fen": high,
        "by_share_fen": bands.above(high, high, percent=method.clear_percent),
        "by_spread_fen": bands.above(high, high - low, percent=method.clear_spread_percent),
        "clear_fen": band.clear_fen,  # type: ignore[union-attr]
    }


def _order(drug: Drug, pack: Pack) -> dict:
    """The first of the balanced order, from the middle of the district with the most sellers."""
    number = Publication.current()
    district = run(_BUSIEST, drug.id, number, number).fetchone()[0]
    first = offers(drug.code, origin=centre_of(district), sort="balanced", page_size=3)["items"]
    return {
        "district": district,
        "fen_per_km": pack.ranking.fen_per_km,
        "items": [
            {"code": one["outlet"]["code"], "name": one["outlet"]["name"],
             "demo": one["outlet"]["demo"], "price_fen": one["price_fen"],
             "distance_m": one["distance_m"], "text": one["why"]["text"]}
            for one in first
        ],
    }  # fmt: skip
