"""How much the pharmacies of the city ask for one drug: the chart of a drug's page."""

from datetime import date

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.db import run
from backend.intake.models import Publication
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import bands, wording
from backend.prices.candidates import Question
from backend.prices.courses import band_course, winning_course
from backend.prices.lookups import band_on, city_moment
from backend.prices.nearby import count

BARS = 12

_ASKED = """
SELECT offer.price_fen FROM offer JOIN outlet ON outlet.id = offer.outlet_id
WHERE offer.drug_id = ? AND offer.born <= ? AND offer.died > ? AND outlet.designated = ?
  AND outlet.withdrawn_on IS NULL AND offer.observed_on BETWEEN ? AND ?
  AND offer.kind IN ({kinds})
"""


def drug_page(code: str, *, city: str = "shenyang") -> dict:
    """A drug with its winning prices, same-substance products and price distribution.

    Raises NotFound and Gone.
    """
    day = city_moment().date()
    pack = pack_on(city, day)
    drug = catalog.find(code)
    told = catalog.card(drug, day)
    history = catalog.history(drug)
    return told | {
        "history": history,
        "winning_course": winning_course(history),
        "band_course": band_course(drug.id, day, pack),
        "same_substance": catalog.siblings(drug, day),
        "distribution": distribution(drug, day, pack, winning_fen=told["winning_price_fen"]),
        "outlet_count": count(Question(drug.id)),
    }


def distribution(drug: Drug, day: date, pack: Pack, *, winning_fen: int | None) -> dict | None:
    """What designated pharmacies ask, in bars: {count, title, median_fen, band, bins …} or None."""
    prices = asked(drug.id, day, pack)
    summary = bands.summary(prices)
    if summary is None:
        return None
    band = band_on(drug.id, day, pack)
    numbers = band.as_numbers() if band else None
    return {
        **vars(summary),
        "title": wording.distribution(numbers, max_fen=summary.max_fen),
        "winning_fen": winning_fen,
        "band": numbers,
        "bins": [vars(bar) for bar in bands.histogram(prices, band, BARS)],
    }


def asked(drug_id: int, day: date, pack: Pack) -> list[int]:
    """What the city's designated pharmacies ask for one drug (分), as the band counts them."""
    number, kinds = Publication.current(), pack.kinds_of("pharmacy")
    rows = run(
        _ASKED.format(kinds=", ".join("?" * len(kinds))),
        drug_id,
        number,
        number,
        True,
        bands.first_day(pack.band, day=day).isoformat(),
        day.isoformat(),
        *kinds,
    )
    return [price for (price,) in rows.fetchall()]
