"""What begins or ends between two days though nobody changes it: badges, prices, editions."""

from datetime import date

from backend.catalog import editions
from backend.db import run

_BADGES = """
SELECT DISTINCT outlet.code FROM badge_span AS span JOIN outlet ON outlet.id = span.outlet_id
WHERE (span.since > ? AND span.since <= ?) OR (span.until >= ? AND span.until < ?)
"""
_SELLERS = """
SELECT DISTINCT offer.outlet_code FROM win JOIN offer ON offer.drug_id = win.drug_id
WHERE (win.valid_from > ? AND win.valid_from <= ?)
   OR (win.valid_until >= ? AND win.valid_until < ?)
"""


def turned_outlets(before: date, day: date) -> list[str]:
    """Outlets whose badge, or a winning price of what they sell, began or ended since a day."""
    span = [one.isoformat() for one in (before, day)] * 2
    codes = {code for sql in (_BADGES, _SELLERS) for (code,) in run(sql, *span).fetchall()}
    return sorted(codes | editions.turned("outlets", before, day))


def turned_drugs(before: date, day: date) -> list[str]:
    """Drugs that came into the list or went since a day."""
    return sorted(editions.turned("drugs", before, day))
