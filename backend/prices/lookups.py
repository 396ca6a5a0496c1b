"""Reading prices: offers of a drug with their verdicts, what an outlet sells, the distribution."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.db import as_day, run
from backend.outlets import lookups as outlets
from backend.outlets.models import Outlet
from backend.outlets.places import Position, districts
from backend.outside import outside
from backend.outside.clock import CITY_TIME
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices.bands import Band
from backend.prices.candidates import Question
from backend.prices.cards import offer_card, why_card
from backend.prices.continuing import page_with_cursor
from backend.prices.shelf import Shelf
from backend.prices.sinking import doubts_against, doubts_at_outlet, doubts_of_drug, trusted_on


def city_moment() -> datetime:
    """The city's time now."""
    return outside.clock.now().astimezone(CITY_TIME)


def offers(
    drug_code: str,
    *,
    origin: Position | None = None,
    radius_m: int | None = None,
    district: str = "",
    kind: str = "",
    at_or_below_winning: bool = False,
    in_stock: bool | None = None,
    sort: str = "distance",
    page: int = 1,
    page_size: int = 20,
    cursor: str = "",
    city: str = "shenyang",
) -> dict:
    """Who sells a drug: {items, total, page, page_size, next, degraded, drug}, with verdicts.

    origin is GCJ-02 degrees; without one a district's centre stands in. `cursor` is the `next` of
    the page before and goes before `page`. Raises NotFound and Gone for the drug's code,
    BadCursor.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlets.check_filters(district=district, kind=kind, pack=pack)
    drug = catalog.find(drug_code)
    told = catalog.card(drug, moment.date())
    doubts = doubts_of_drug(drug.id)
    question = Question(
        drug.id,
        origin=origin or centre_of(district),
        radius_m=radius_m,
        district=district,
        kind=kind,
        at_most_fen=_ceiling(told) if at_or_below_winning else None,
        in_stock=in_stock,
        outlet_ids=allowed_at(drug, moment.date()),
        order=sort,
        fen_per_km=pack.ranking.fen_per_km,
        page=page,
        page_size=page_size,
        trusted=trusted_on(moment.date(), pack, doubts),
    )
    found, total, then = page_with_cursor(question, cursor)
    band = band_on(drug.id, moment.date(), pack)
    shown = outlets.cards_of([place.outlet_id for place in found], pack, moment)
    items = [
        offer_card(
            place,
            told,
            shown[place.outlet_id],
            band=band,
            pack=pack,
            moment=moment,
            doubts=doubts_against(doubts, drug.id, place.outlet_id),
        )
        | {"why": why_card(place, sort, pack)}
        for place in found
    ]
    return {
        "items": items, "total": total, "page": None if cursor else page, "page_size": page_size,
        "next": then, "degraded": False, "drug": told,
    }  # fmt: skip


def centre_of(district: str) -> Position | None:
    """The town centre of a district (GCJ-02), which stands in for a position nobody gave."""
    return next((d.centre for d in districts() if d.code == district), None)


def _ceiling(told):
    # Without a winning price in force nothing is at or below it.
    return told["winning_price_fen"] or 0


def allowed_at(drug: Drug, day: date) -> Sequence[int] | None:
    """The outlets a special drug may be shown at (S12), None where any may sell it."""
    if not drug.special:
        return None
    joined = outlets.joined_ids(day)
    rows = Outlet.select(Outlet.id).where(Outlet.special, Outlet.id.in_(joined)).tuples()
    return [id_ for (id_,) in rows]


def band_on(drug_id: int, day: date, pack: Pack) -> Band | None:
    """The band of a drug as it was last taken by that day with the pack's method."""
    return bands_on([drug_id], day, pack).get(drug_id)


def sold_at(
    outlet_code: str,
    *,
    words: str = "",
    drug: str = "",
    page: int = 1,
    page_size: int = 20,
    cursor: str = "",
    city: str = "shenyang",
) -> dict:
    """An outlet with its badge history and what it sells: {outlet, badge_history, items, total …}.

    Raises NotFound and Gone for the outlet's code, BadCursor.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlet = outlets.find(outlet_code)
    told = outlets.cards([outlet], pack, moment)[outlet.id]
    hides_special = not (outlet.special and told["badge"]["state"] == "active")
    shelf = Shelf(outlet.id, outlet.code, words=words, drug=drug, hides_special=hides_special)
    rows, total, then = shelf.page(page, page_size, cursor)
    drugs = catalog.listed_drugs(code for code, _ in rows)
    made = catalog.cards(list(drugs.values()), moment.date())
    bands = bands_on(list(made), moment.date(), pack)
    doubts = doubts_at_outlet(outlet.id)
    return {
        "outlet": told,
        "badge_history": outlets.badge_history(outlet, moment.date()),
        "items": [
            offer_card(place, made[drugs[code].id], told, band=bands.get(drugs[code].id), pack=pack,
                       moment=moment, doubts=doubts_against(doubts, drugs[code].id, outlet.id))
            for code, place in rows
        ],
        "total": total,
        "page": None if cursor else page,
        "page_size": page_size,
        "next": then,
    }  # fmt: skip


_BANDS = """
SELECT drug_id, low_fen, high_fen, clear_fen, count, method, day FROM band_snapshot
WHERE drug_id IN ({ids}) AND method = ? AND day BETWEEN ? AND ? ORDER BY day
"""


def bands_on(drug_ids: Sequence[int], day: date, pack: Pack) -> dict[int, Band]:
    """The bands of these drugs by id, as they were last taken by that day."""
    first = day - timedelta(days=pack.band.window_days)
    rows = run(
        _BANDS.format(ids=", ".join("?" * len(drug_ids)) or "NULL"),
        *drug_ids, pack.band.version, first.isoformat(), day.isoformat(),
    )  # fmt: skip
    return {
        drug_id: Band(low, high, clear, many, method, as_day(taken))
        for drug_id, low, high, clear, many, method, taken in rows.fetchall()
    }
