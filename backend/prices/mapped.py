"""The same outlets a list shows, as marks for a map: in the same order, with the same numbers."""

from typing import NamedTuple

from backend.db import run
from backend.intake.lists import chunks
from backend.outlets import lookups as outlet_lookups
from backend.outlets.places import Position
from backend.outside import outside
from backend.policy.packs import pack_on
from backend.prices.asking import reading_of, understood
from backend.prices.finding import FACETS, facets_of, items_of, where_of
from backend.prices.lookups import centre_of, city_moment
from search import Query

# More marks than this say nothing; who wants all of them goes nearer.
MOST = 2_000

_SPOTS = "SELECT id, code, name, lat, lon, kind FROM outlet WHERE code IN ({codes})"


class Spot(NamedTuple):
    """A mark: its number in the list, its outlet, its class and whether it wears the badge."""

    number: int
    code: str
    name: str
    lat: float
    lon: float
    class_: str
    joined: bool


def outlets_on_map(
    words: str = "",
    *,
    origin: Position | None = None,
    radius_m: int | None = None,
    district: str = "",
    kind: str = "",
    badge: str = "",
    sells: str = "",
    at_winning: bool = False,
    literal: bool = False,
    page: int = 1,
    page_size: int = 20,
    marked: bool = True,
    city: str = "shenyang",
) -> dict:
    """A page of outlets as finding.outlets gives it, and `spots`: all of them as marks.

    At most MOST marks, the first of the list, or none where nobody wants them `marked`; those
    without a position are in the list only.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlet_lookups.check_filters(district=district, kind=kind, pack=pack)
    origin = origin or centre_of(district)
    past = (page - 1) * page_size
    asked = Query(
        words.strip(), kind="outlets", where=where_of(district, kind, badge, sells, at_winning),
        near=origin, within_m=radius_m if origin else None, facets=FACETS,
        limit=MOST if marked else past + page_size,
    )  # fmt: skip
    reading = reading_of(asked, pack, literal=literal)
    found = outside.index.find(reading.query)
    return {
        "items": items_of(found.ids[past : past + page_size], origin, pack, moment),
        "spots": _spots(found.ids, badge, pack, moment.date()) if marked else [],
        "total": found.total,
        "facets": facets_of(found, reading.query, pack),
        "understood": understood(reading, pack),
        "page": page,
        "page_size": page_size,
        "degraded": found.degraded,
    }


def _spots(codes, badge, pack, day):
    rows: dict[str, tuple] = {}
    for chunk in chunks(codes, 400):
        asked = _SPOTS.format(codes=", ".join("?" * len(chunk)))
        rows |= {row[1]: row for row in run(asked, *chunk).fetchall()}
    # Whoever asked for those that wear it has been given no others.
    worn = {} if badge == "active" else _badges(rows, day)
    return [
        Spot(
            number, code, rows[code][2], rows[code][3], rows[code][4],
            pack.outlet_kinds[rows[code][5]].class_,
            badge == "active" or worn.get(rows[code][0]) == "active",
        )
        for number, code in enumerate(codes, 1)
        if code in rows and rows[code][3] is not None
    ]  # fmt: skip


def _badges(rows, day):
    worn = outlet_lookups.badges([row[0] for row in rows.values()], day)
    return {id_: one["state"] for id_, one in worn.items()}
