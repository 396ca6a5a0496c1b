"""The table of a period that staff sort through, page by page, and the sheet made of it."""

from collections.abc import Iterator
from typing import Any

from backend import cursors
from backend.db import run
from backend.errors import BadInput
from backend.monitoring import wording
from backend.monitoring.nights import chosen
from backend.monitoring.rows import ROWS, SHOWN, SORTS, items, method_of, values_of
from backend.monitoring.rules import period_before
from backend.outlets import lookups as outlets
from backend.policy.packs import pack_on
from backend.prices.after import later
from backend.prices.lookups import city_moment


def table(
    *,
    period: str = "",
    district: str = "",
    kind: str = "",
    sort: str = "index",
    cursor: str = "",
    page_size: int = 50,
    city: str = "shenyang",
) -> dict:
    """The outlets of a period: {period, method, computed_on, before, items, total, next}.

    An item: {outlet, permille, official, computed, difference, drugs, below, at, above,
    clearly_high, trend}; numbers of an index in thousandths. Without a period it is the last one
    computed. Raises BadInput, BadCursor, and NotFound where nothing is known of the period.
    """
    pack = pack_on(city, city_moment().date())
    outlets.check_filters(district=district, kind=kind, pack=pack)
    if sort not in SORTS:
        raise BadInput(wording.UNKNOWN_SORT.format(sorts="、".join(SORTS)), errors={"sort": [sort]})
    month, night = chosen(period)
    where, filters = _where(district, kind)
    values = [*values_of(month, night), *filters]
    total = run(f"SELECT COUNT(*) {ROWS}{where}", *values).fetchone()[0]
    asked = {
        "period": month,
        "method": method_of(night),
        "district": district,
        "kind": kind,
        "sort": sort,
    }
    after, seen = _after(cursor, asked)
    rows = run(
        f"SELECT {SHOWN}, {SORTS[sort]} {ROWS}{where}{after} ORDER BY {SORTS[sort]}, outlet.code"
        " LIMIT ?",
        *values, *seen, page_size + 1,
    ).fetchall()  # fmt: skip
    shown = rows[:page_size]
    then = cursors.written(asked, [shown[-1][12], shown[-1][0]]) if len(rows) > page_size else None
    return {
        "period": month,
        "before": period_before(month),
        "method": method_of(night),
        "computed_on": night and night.computed_on.isoformat(),
        "items": items(shown, pack),
        "total": total,
        "next": then,
    }


def _where(district, kind):
    where, values = "", []
    for column, value in (("district", district), ("kind", kind)):
        if value:
            where += f" AND outlet.{column} = ?"
            values.append(value)
    return where, values


def _after(cursor, asked):
    if not cursor:
        return "", []
    place, code = cursors.read(cursor, asked, "int", "str")
    where, values = later([(SORTS[asked["sort"]], [], place), ("outlet.code", [], code)])
    return f" AND {where}", values


def every_row(**asked: Any) -> Iterator[tuple[dict, dict]]:
    """The whole table, (table, item) by item, in pages that stay in order."""
    told = table(**asked, page_size=500)
    while True:
        yield from ((told, item) for item in told["items"])
        if not told["next"]:
            return
        told = table(**asked, page_size=500, cursor=told["next"])


def cells(told: dict, item: dict) -> list[str | int]:
    """An item of the table as a line of the sheet, keyed by wording.COLUMNS."""
    outlet, official = item["outlet"], item["official"]
    said = ("", "", "")
    if official:
        said = (wording.figure(official["permille"]), official["document"],
                official["published_on"])  # fmt: skip
    return [
        told["period"], outlet["code"], outlet["name"], outlet["kind"]["name"],
        outlet["district"]["code"], outlet["district"]["name"], wording.figure(item["permille"]),
        wording.OFFICIAL if official else wording.OURS, *said, wording.figure(item["computed"]),
        *(_change(item[name]) for name in ("difference", "trend")),
        *(item[name] for name in ("drugs", "below", "at", "above", "clearly_high")),
        told["method"], told["computed_on"] or "",
    ]  # fmt: skip


def _change(thousandths):
    # A number, not text: a sheet's + would be taken for a formula.
    return "" if thousandths is None else thousandths / 1000
