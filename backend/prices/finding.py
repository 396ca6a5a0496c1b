"""Finding outlets and suggesting what people may mean, with how much each outlet sells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backend.catalog.lookups import find as find_drug
from backend.catalog.marking import marked
from backend.catalog.suggesting import suggested
from backend.db import run
from backend.indexing.walking import Walk
from backend.intake.models import Publication
from backend.outlets import lookups as outlet_lookups
from backend.outlets.indexing import marks as outlet_marks
from backend.outlets.places import Position, metres_between
from backend.outlets.wording import BADGES
from backend.outside import outside
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices.asking import reading_of, understood
from backend.prices.lookups import centre_of, city_moment
from search import Found, Query

# What outlets are counted by.
FACETS = ("district", "kind", "badge")
MOST_OUTLETS = 3  # among what is suggested

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
    sells: str = "",
    at_winning: bool = False,
    literal: bool = False,
    page: int = 1,
    page_size: int = 20,
    cursor: str = "",
    city: str = "shenyang",
) -> dict:
    """Outlets by name, place, badge and what they sell: {items, total, facets, page …}.

    `sells` is the code of a drug, `at_winning` keeps those that have it in stock at or below its
    winning price. With words the best names come first, then the nearest; each with its distance
    in metres and the number of winning drugs it sells. `facets` counts districts, kinds and
    badges, each as if nothing had been chosen of itself. `understood` says what of the words was
    taken for a district or a kind, unless they are meant `literal`. Raises
    NotFound for an unknown drug, BadCursor, CursorLost.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlet_lookups.check_filters(district=district, kind=kind, pack=pack)
    origin = origin or centre_of(district)
    asked = Query(
        words.strip(), kind="outlets", where=where_of(district, kind, badge, sells, at_winning),
        near=origin, within_m=radius_m if origin else None, facets=FACETS,
    )  # fmt: skip
    reading = reading_of(asked, pack, literal=literal)
    walk = Walk(reading.query, outlet_marks)
    found, then = walk.page_after(cursor, page_size) if cursor else walk.page(page, page_size)
    return {
        "items": items_of(found.ids, origin, pack, moment),
        "total": found.total,
        "facets": facets_of(found, reading.query, pack),
        "understood": understood(reading, pack),
        "page": None if cursor else page,
        "page_size": page_size,
        "next": then,
        "degraded": found.degraded,
    }


def where_of(district, kind, badge, sells, at_winning):
    chosen = {"district": district, "kind": kind, "badge": badge}
    where = {name: value for name, value in chosen.items() if value}
    if sells:
        where["sells_at_winning" if at_winning else "sells"] = find_drug(sells).code
    return where


def facets_of(found: Found, asked: Query, pack: Pack) -> dict[str, list[dict]]:
    """How many there are of each; of what was chosen, how many there would be without."""
    counted = dict(found.facets)
    for name in asked.where.keys() & set(FACETS):
        others = {key: value for key, value in asked.where.items() if key != name}
        # Only counted: who stands nearer is nobody's question here.
        near = asked.near if asked.within_m is not None else None
        without = replace(asked, where=others, near=near, facets=(name,), limit=0, offset=0)
        counted[name] = outside.index.find(without).facets.get(name, {})
    return {
        name: [
            {"code": code, "name": _facet_name(name, code, pack), "count": count}
            for code, count in sorted(counted.get(name, {}).items())
        ]
        for name in FACETS
    }


def _facet_name(name, code, pack):
    if name == "district":
        return outlet_lookups.district_name(code)
    return pack.outlet_kinds[code].name if name == "kind" else BADGES[code]


_WHERE = "SELECT id, code, lat, lon FROM outlet WHERE code IN ({codes})"


def items_of(codes, origin, pack, moment):
    """The cards of the outlets the index found, as the tables have them."""
    rows = run(_WHERE.format(codes=", ".join("?" * len(codes)) or "NULL"), *codes).fetchall()
    by_code = {row[1]: row for row in rows}
    shown = [by_code[code] for code in codes if code in by_code]
    ids = [row[0] for row in shown]
    made, counts = outlet_lookups.cards_of(ids, pack, moment), drug_counts(ids)
    return [
        made[row[0]]
        | {"distance_m": _whole(_metres(origin, row)), "drug_count": counts.get(row[0], 0)}
        for row in shown
    ]


def _metres(origin, row):
    if origin is None or row[2] is None:
        return None
    return metres_between(origin, (row[2], row[3]))


def _whole(metres):
    return None if metres is None else int(metres + 0.5)


def distance_to(outlet: dict, origin: Position | None) -> int | None:
    """Whole metres from a place to an outlet's card, None where either has no position."""
    return _whole(_metres(origin, (None, None, outlet["lat"], outlet["lon"])))


def drug_counts(ids: Iterable[int]) -> dict[int, int]:
    """How many winning drugs each of these outlets sells."""
    wanted = list(ids)
    number = Publication.current()
    marks = ", ".join("?" * len(wanted)) or "NULL"
    return dict(run(_COUNTS.format(ids=marks), *wanted, number, number).fetchall())


_NAMED = "SELECT code, name, district FROM outlet WHERE code IN ({codes})"


def suggest(words: str) -> dict:
    """What the words so far may mean, at most ten lines: substances and purposes, products, then
    outlets, each {kind, what, code, category, words, text, parts, note}."""
    words = words.strip()
    if not words:
        return {"items": [], "degraded": False}
    drugs = suggested(words)
    named = outside.index.find(Query(words, kind="outlets", limit=MOST_OUTLETS, prefix=True))
    return {
        "items": [*drugs.lines, *_outlet_lines(named.ids, words)],
        "degraded": drugs.degraded or named.degraded,
    }


def _outlet_lines(codes: Sequence[str], typed: str):
    rows = run(_NAMED.format(codes=", ".join("?" * len(codes)) or "NULL"), *codes).fetchall()
    by_code = {code: (name, district) for code, name, district in rows}
    for code in codes:
        if code in by_code:
            name, district = by_code[code]
            yield {
                "kind": "outlet", "what": "outlet", "code": code, "category": "", "words": name,
                "text": name, "parts": marked(name, typed),
                "note": outlet_lookups.district_name(district),
            }  # fmt: skip
