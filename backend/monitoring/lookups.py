"""Reading the index: one outlet with what its index stands on, and the example for everybody."""

import json

from backend.db import run
from backend.errors import NotFound
from backend.intake.models import Publication
from backend.monitoring import wording
from backend.monitoring.basis import compared, lines
from backend.monitoring.models import OfficialIndex, OutletIndex
from backend.monitoring.nights import chosen, night_of, terms_of
from backend.monitoring.rows import ROWS, SHOWN, items, method_of, values_of
from backend.outlets import lookups as outlets
from backend.policy.packs import pack_on
from backend.prices.lookups import city_moment


def outlet_page(code: str, *, period: str = "", city: str = "shenyang") -> dict:
    """An outlet's index with what it stands on: the table's item, its observations, the figures.

    {period, method, computed_on, item, observations, figures}; an observation as basis.lines
    gives it, `figures` every official figure of the period, the one that stands first. Raises
    NotFound and Gone for the code, NotFound where the outlet has no index in the period.
    """
    pack, outlet = pack_on(city, city_moment().date()), outlets.find(code)
    month, night = chosen(period)
    query = f"SELECT {SHOWN} {ROWS} AND outlet.id = ?"
    rows = run(query, *values_of(month, night), outlet.id).fetchall()
    if not rows:
        raise NotFound(wording.NO_INDEX_HERE)
    return {
        "period": month,
        "method": method_of(night),
        "computed_on": night and night.computed_on.isoformat(),
        "item": items(rows, pack)[0],
        "observations": _observations(outlet.id, night),
        "figures": _figures(outlet.id, month),
    }


def _observations(outlet_id, night):
    if night is None:
        return []
    kept = OutletIndex.get_or_none(
        OutletIndex.outlet_id == outlet_id, OutletIndex.period == night.period,
        OutletIndex.method == night.method,
    )  # fmt: skip
    if kept is None:
        return []
    seen = compared(kept.keys, night.period, night.method)
    return lines(seen, terms_of(night), night.computed_on)


def _figures(outlet_id, period):
    figures = OfficialIndex.select().where(
        OfficialIndex.outlet_id == outlet_id, OfficialIndex.period == period,
        OfficialIndex.born <= Publication.current(),
    )  # fmt: skip
    return [
        {"permille": one.permille, "document": one.document,
         "published_on": one.published_on.isoformat(),
         "withdrawn_on": one.withdrawn_on and one.withdrawn_on.isoformat()}
        for one in figures.order_by(OfficialIndex.born.desc())
    ]  # fmt: skip


def public_example(*, city: str = "shenyang") -> dict | None:
    """The worked example of the last night with the pack's method, for the page 怎么算的.

    {day, lines, sum, permille}; None before the first night.
    """
    night, terms = night_of(), pack_on(city, city_moment().date()).monitoring
    if night is None or terms is None or night.method != terms.version:
        return None
    told = json.loads(night.facts)["example"]
    return told and told | {"day": night.computed_on.isoformat()}
