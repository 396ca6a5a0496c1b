"""The rows of the index: each outlet of a period, ours beside what is official."""

from typing import Any

from backend.db import as_day
from backend.intake.models import Publication
from backend.monitoring.models import IndexNight
from backend.monitoring.official import STANDING
from backend.monitoring.rules import period_before
from backend.outlets import lookups as outlets
from backend.policy.terms import Pack
from backend.prices.lookups import city_moment

# Cursors hold no negative numbers, and the highest stands first: what is sorted is this minus it.
_TOP = 1_000_000

# An official figure is compared with an official one, ours with ours.
_TREND = """
CASE WHEN said.permille IS NULL THEN ours.permille - past.permille
     ELSE said.permille - told.permille END
"""
SORTS = {
    "index": f"{_TOP} - COALESCE(said.permille, ours.permille, 0)",
    "official": f"{_TOP} - COALESCE(said.permille, 0)",
    "drugs": f"{_TOP} - COALESCE(ours.drugs, 0)",
    "clearly_high": f"{_TOP} - COALESCE(ours.clearly_high, 0)",
    "trend": f"{_TOP} - COALESCE({_TREND}, -{_TOP})",
    "code": "0 * outlet.id",
}
ROWS = f"""
FROM outlet
LEFT JOIN outlet_index AS ours
  ON ours.outlet_id = outlet.id AND ours.period = ? AND ours.method = ?
LEFT JOIN outlet_index AS past
  ON past.outlet_id = outlet.id AND past.period = ? AND past.method = ?
LEFT JOIN ({STANDING} AND said.period = ?) AS said ON said.outlet_id = outlet.id
LEFT JOIN ({STANDING} AND said.period = ?) AS told ON told.outlet_id = outlet.id
WHERE (ours.outlet_id IS NOT NULL OR said.outlet_id IS NOT NULL)
"""
SHOWN = f"""
outlet.code, outlet.id, ours.permille, ours.drugs, ours.below, ours.at, ours.above,
ours.clearly_high, said.permille, said.document, said.published_on, {_TREND}
"""


def values_of(period: str, night: IndexNight | None) -> list[Any]:
    """What stands at the question marks of ROWS."""
    method, number, before = method_of(night), Publication.current(), period_before(period)
    return [period, method, before, method, number, period, number, before]


def method_of(night: IndexNight | None) -> str:
    """The version of the method, nothing where the period was not computed."""
    return night.method if night else ""


def items(rows: list[tuple], pack: Pack) -> list[dict[str, Any]]:
    """SHOWN rows as people see them, each with its outlet's card."""
    shown = outlets.cards_of([row[1] for row in rows], pack, city_moment())
    return [_item(row, shown[row[1]]) for row in rows]


def _item(row, outlet):
    computed, drugs, below, at, above, high, said, document, published_on, trend = row[2:12]
    official = None
    if said is not None:
        official = {"permille": said, "document": document,
                    "published_on": as_day(published_on).isoformat()}  # fmt: skip
    return {
        "outlet": outlet,
        "permille": computed if said is None else said,
        "official": official,
        "computed": computed,
        "difference": None if said is None or computed is None else said - computed,
        "drugs": drugs or 0, "below": below or 0, "at": at or 0, "above": above or 0,
        "clearly_high": high or 0,
        "trend": trend,
    }  # fmt: skip
