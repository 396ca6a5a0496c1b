"""Verbs on prices: take bands, keep offers in step with outlets."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from backend.db import in_turn, run, run_many
from backend.indexing.notes import note_found
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import bands

_ASKED = """
SELECT offer.drug_id, offer.price_fen FROM offer JOIN outlet ON outlet.id = offer.outlet_id
WHERE offer.born <= ? AND offer.died > ? AND outlet.designated = ? AND outlet.withdrawn_on IS NULL
  AND offer.observed_on BETWEEN ? AND ? AND offer.kind IN ({kinds})
ORDER BY offer.drug_id
"""
_KEEP = """
INSERT INTO band_snapshot (drug_id, day, method, count, low_fen, high_fen, clear_fen)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_SELLERS = """
FROM offer WHERE drug_id IN (SELECT id FROM drug WHERE code IN ({codes}))
"""
_FOLLOW = """
UPDATE offer SET (lat, lon, district, kind) =
    (SELECT lat, lon, district, kind FROM outlet WHERE outlet.id = offer.outlet_id)
WHERE outlet_id IN ({ids})
"""


def snapshot_bands(day: date, *, city: str = "shenyang") -> int:
    """Take the band of every drug as it stands now and keep it as the one of that day.

    Returns how many drugs have one. Taken again on the same day it replaces that day's.
    """
    pack = pack_on(city, day)
    kept = [
        (drug_id, day.isoformat(), band.method, band.count, band.low_fen, band.high_fen,
         band.clear_fen)
        for drug_id, prices in asked_by_pharmacies(pack, day)
        if (band := bands.compute(prices, pack.band, day=day))
    ]  # fmt: skip
    with in_turn():
        run(
            "DELETE FROM band_snapshot WHERE day = ? AND method = ?",
            day.isoformat(),
            pack.band.version,
        )
        run_many(_KEEP, kept)
    return len(kept)


def asked_by_pharmacies(pack: Pack, day: date) -> Iterator[tuple[int, list[int]]]:
    """Drug id by drug id, what the city's designated pharmacies ask (分), in 三进 or not."""
    number = Publication.current()
    kinds = pack.kinds_of("pharmacy")
    rows = run(
        _ASKED.format(kinds=", ".join("?" * len(kinds))),
        number,
        number,
        True,
        bands.first_day(pack.band, day=day).isoformat(),
        day.isoformat(),
        *kinds,
    )
    for drug_id, group in groupby(rows, key=itemgetter(0)):
        yield drug_id, [price for _, price in group]


def note_sellers(codes: Sequence[str], number: int) -> None:
    """Have the index told anew of the outlets that sell these drugs, with that publication."""
    for chunk in chunks(codes, 200):
        marks = ", ".join("?" * len(chunk))
        note_found("outlets", "outlet_code", _SELLERS.format(codes=marks), *chunk, number=number)


def follow_outlets(codes: Sequence[str]) -> None:
    """Copy the place, district and kind of these outlets into their offers anew."""
    for chunk in chunks(codes, 200):
        marks = ", ".join("?" * len(chunk))
        ids = [row[0] for row in run(f"SELECT id FROM outlet WHERE code IN ({marks})", *chunk)]
        run(_FOLLOW.format(ids=", ".join("?" * len(ids)) or "NULL"), *ids)
