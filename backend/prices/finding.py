"""Finding outlets and suggesting what people may mean, with how much each outlet sells."""

from collections.abc import Iterable, Sequence
from datetime import date

from backend.catalog.lookups import listed_drugs
from backend.db import run
from backend.intake.models import Publication
from backend.outlets import lookups as outlet_lookups
from backend.outlets.models import Outlet
from backend.outlets.places import METRES_PER_DEGREE, Position, metres_between
from backend.outside import outside
from backend.policy.packs import pack_on
from backend.prices import wording
from backend.prices.lookups import centre_of, city_moment
from search import Query

# How many outlets of a name are looked at: beyond it people should type more.
NAMED_AT_MOST = 1_000

_COUNTS = """
SELECT offer.outlet_id, COUNT(*) FROM offer JOIN drug ON drug.id = offer.drug_id
WHERE offer.outlet_id IN ({ids}) AND offer.born <= ? AND offer.died > ? AND drug.kind = 'won'
GROUP BY offer.outlet_id
"""


def outlets(
    words: str = "",
    *,
    origin: Position | None = None,
    radius_m: int | None = None,
    district: str = "",
    kind: str = "",
    badge: str = "",
    page: int = 1,
    page_size: int = 20,
    city: str = "shenyang",
) -> dict:
    """Outlets by name, place and badge: {items, total, page, page_size, degraded}.

    With words the best names come first, otherwise the nearest; each with its distance in metres
    and the number of winning drugs it sells.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlet_lookups.check_filters(district=district, kind=kind, pack=pack)
    origin = origin or centre_of(district)
    rows, degraded = _rows(words.strip(), district=district, kind=kind, origin=origin,
                           radius_m=radius_m)  # fmt: skip
    if badge:
        rows = _wearing(rows, badge, moment.date())
    ranked = _ranked(rows, origin, radius_m, by_name=bool(words.strip()))
    shown = ranked[(page - 1) * page_size : page * page_size]
    ids = [row[0] for row, _ in shown]
    made = outlet_lookups.cards_of(ids, pack, moment)
    counts = drug_counts(ids)
    return {
        "items": [
            made[row[0]]
            | {"distance_m": None if metres is None else int(metres + 0.5),
               "drug_count": counts.get(row[0], 0)}
            for row, metres in shown
        ],
        "total": len(ranked),
        "page": page,
        "page_size": page_size,
        "degraded": degraded,
    }  # fmt: skip


def _rows(words, *, district, kind, origin, radius_m):
    """(id, code, lat, lon) of the outlets in question, in the order of their names' fit."""
    asked = Outlet.select(Outlet.id, Outlet.code, Outlet.lat, Outlet.lon).where(
        Outlet.born <= Publication.current(), Outlet.withdrawn_on.is_null()
    )
    if district:
        asked = asked.where(Outlet.district == district)
    if kind:
        asked = asked.where(Outlet.kind == kind)
    if origin and radius_m is not None:
        reach = radius_m / METRES_PER_DEGREE * 1.001
        asked = asked.where(Outlet.lat.between(origin[0] - reach, origin[0] + reach))
    if not words:
        return list(asked.tuples()), False
    found = outside.index.find(Query(words, kind="outlets", limit=NAMED_AT_MOST))
    place = {code: number for number, code in enumerate(found.ids)}
    rows = asked.where(Outlet.code.in_(found.ids)).tuples()
    return sorted(rows, key=lambda row: place[row[1]]), found.degraded


def _wearing(rows, badge, day: date):
    worn = outlet_lookups.badges([row[0] for row in rows], day)
    return [r for r in rows if worn.get(r[0], outlet_lookups.NO_BADGE)["state"] == badge]


def _ranked(rows, origin, radius_m, *, by_name):
    measured = [(row, _metres(origin, row)) for row in rows]
    if origin and radius_m is not None:
        measured = [(row, m) for row, m in measured if m is not None and m <= radius_m]
    if not by_name:
        measured.sort(key=lambda pair: (pair[1] is None, pair[1] or 0.0, pair[0][1]))
    return measured


def _metres(origin, row):
    if origin is None or row[2] is None:
        return None
    return metres_between(origin, (row[2], row[3]))


def distance_to(outlet: dict, origin: Position | None) -> int | None:
    """Whole metres from a place to an outlet's card, None where either has no position."""
    metres = _metres(origin, (None, None, outlet["lat"], outlet["lon"]))
    return None if metres is None else int(metres + 0.5)


def drug_counts(ids: Iterable[int]) -> dict[int, int]:
    """How many winning drugs each of these outlets sells."""
    wanted = list(ids)
    number = Publication.current()
    marks = ", ".join("?" * len(wanted)) or "NULL"
    return dict(run(_COUNTS.format(ids=marks), *wanted, number, number).fetchall())


_NAMED = "SELECT code, name, district FROM outlet WHERE code IN ({codes})"


def suggest(words: str) -> dict:
    """What the words so far may mean: names of drugs before outlets, each with where it leads."""
    words = words.strip()
    if not words:
        return {"items": [], "degraded": False}
    drugs = outside.index.find(Query(words, limit=40, prefix=True))
    named = outside.index.find(Query(words, kind="outlets", limit=3, prefix=True))
    return {
        "items": [*_drug_lines(drugs.ids), *_outlet_lines(named.ids)],
        "degraded": drugs.degraded or named.degraded,
    }


def _drug_lines(codes: Sequence[str], most: int = 7):
    """One line for each generic name, in the order the index found them."""
    named = listed_drugs(codes)
    by_name: dict[str, list[str]] = {}
    for code in codes:
        if code in named:
            by_name.setdefault(named[code].generic_name, []).append(code)
    for name, products in list(by_name.items())[:most]:
        yield {
            "kind": "drug",
            "code": products[0] if len(products) == 1 else "",
            "text": name,
            "note": wording.products(len(products)),
        }


def _outlet_lines(codes: Sequence[str]):
    rows = run(_NAMED.format(codes=", ".join("?" * len(codes)) or "NULL"), *codes).fetchall()
    by_code = {code: (name, district) for code, name, district in rows}
    for code in codes:
        if code in by_code:
            name, district = by_code[code]
            note = outlet_lookups.district_name(district)
            yield {"kind": "outlet", "code": code, "text": name, "note": note}
