"""Reading a basket: the drugs, the plans for buying them around a place, what stays missing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from backend.baskets import planning, rules, showing, wording
from backend.baskets.around import CHEAPEST, NEAREST, Around, around
from backend.baskets.substitutes import substitutes
from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.errors import BadInput, Gone, NotFound
from backend.outlets import lookups as outlets
from backend.outlets.places import Position
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import lookups as prices
from backend.prices.candidates import Question
from backend.prices.nearby import places
from backend.prices.ways import offers_with_way

MOST_DRUGS, MOST_PACKS, MOST_UNITS = 12, 99, 9_999
PACKS, UNITS = "pack", "unit"
# Where a policy pack does not say how far is out of reach.
_REACH_M = 10_000


class Wanted(NamedTuple):
    """A drug and how much of it: so many packs; `units` where tablets were asked for."""

    drug: Drug
    packs: int
    units: int | None = None


class Found(NamedTuple):
    """What the plans stand on: whom was looked at, the rows planned with, the plans."""

    around: Around
    rows: list[int]
    sellers: list[rules.Seller]
    plans: list[rules.Plan]


def basket(
    items: Sequence[dict[str, Any]],
    *,
    origin: Position | None = None,
    district: str = "",
    city: str = "shenyang",
) -> dict:
    """Plans for buying these drugs: {drugs, plans, found, text, looked_at, floor_fen …}.

    Each item is {drug, quantity, unit}; `origin` is GCJ-02, a district's centre stands in for it.
    No plan shown is beaten by another in price, way and stops together. Nothing is kept. Raises
    BadInput and NotFound naming the drug by its place in the list.
    """
    moment = prices.city_moment()
    pack = pack_on(city, moment.date())
    outlets.check_filters(district=district, kind="", pack=pack)
    origin = origin or prices.centre_of(district)
    if origin is None:
        raise BadInput(wording.NO_PLACE, errors={"lat": [wording.NO_PLACE]})
    wanted = wanted_of(items)
    found = _planned(wanted, origin, pack, moment)
    shown = showing.shown(found.plans)
    cards = catalog.cards([one.drug for one in wanted], moment.date())
    lacking = {drug for one in shown for drug in one.plan.missing}
    lacking |= set() if shown else set(range(len(wanted)))
    others = substitutes([one.drug for one in wanted], moment.date())
    return {
        "drugs": [
            _drug_card(one, cards[one.drug.id])
            | {
                "floor_fen": found.around.floor(place),
                "source": _source(one.drug, origin, found, place) if place in lacking else None,
                "substitutes": others[one.drug.id],
            }
            for place, one in enumerate(wanted)
        ],
        "plans": _plan_cards(shown, found, wanted, cards, origin, pack, moment),
        **_summary(shown, found, wanted),
    }


def wanted_of(items: Sequence[dict[str, Any]]) -> list[Wanted]:
    """The drugs of a basket and how many packs of each. Raises BadInput, NotFound."""
    if not items:
        raise BadInput(wording.TOO_FEW, errors={"drugs": [wording.TOO_FEW]})
    if len(items) > MOST_DRUGS:
        said = wording.too_many(MOST_DRUGS)
        raise BadInput(said, errors={"drugs": [said]})
    known = [_drug(number, item["drug"]) for number, item in enumerate(items, 1)]
    wrong: list[str] = []
    wanted: list[Wanted] = []
    for number, (drug, item) in enumerate(zip(known, items, strict=True), 1):
        by_units = item.get("unit") == UNITS
        if drug.id in {one.drug.id for one in wanted}:
            wrong.append(wording.of_drug(number, wording.TWICE))
        elif by_units and not drug.pack_qty:
            wrong.append(wording.of_drug(number, wording.NO_COUNT, wording.FIELDS["quantity"]))
        else:
            wanted.append(_wanted(drug, item["quantity"], by_units=by_units))
    if wrong:
        raise BadInput(wording.together(wrong), errors={"drugs": wrong})
    return wanted


def _drug(number: int, code: str) -> Drug:
    try:
        return catalog.find(code)
    except (NotFound, Gone) as refused:
        told = wording.NO_SUCH_DRUG if isinstance(refused, NotFound) else wording.WITHDRAWN
        words = wording.of_drug(number, told)
        raise NotFound(words, errors={"drugs": [words]}) from None


def _wanted(drug, quantity, *, by_units):
    if not by_units:
        return Wanted(drug, quantity)
    return Wanted(drug, rules.packs_for(quantity, drug.pack_qty), quantity)


def _planned(wanted, origin, pack: Pack, moment) -> Found:
    reach_m = pack.demand.reach_m if pack.demand else _REACH_M
    allowed = {
        one.drug.id: ids
        for one in wanted
        if (ids := prices.allowed_at(one.drug, moment.date())) is not None
    }
    near = around([one.drug.id for one in wanted], origin, reach_m, allowed)
    rows, sellers = near.sellers([one.packs for one in wanted])
    return Found(near, rows, sellers, planning.best_plans(sellers))


def _drug_card(one: Wanted, card: dict) -> dict:
    left = one.packs * (one.drug.pack_qty or 0) - one.units if one.units else 0
    unit, pack_unit = card["package_unit"] or "盒", card["pack_unit"] or "片"
    return {
        "drug": card,
        "packs": one.packs,
        "units": one.units,
        "left_over": left,
        "text": wording.packs(one.packs, unit, one.units, left, pack_unit),
    }


def _source(drug, origin, found: Found, place) -> dict:
    """Where a drug that a plan lacks is to be had: the nearest with it in stock, or the way on."""
    told = offers_with_way(
        drug.code, origin=origin, radius_m=found.around.radius_m, in_stock=True, page_size=1
    )
    if told["items"]:
        why = {"code": "beyond_stops", "text": wording.BEYOND_STOPS}
        return {"why": why, "nearest": told["items"][0], "proxy": None}
    way = told["way_on"]
    return {name: way[name] for name in ("why", "nearest", "proxy")}


def _plan_cards(shown, found: Found, wanted, cards, origin, pack: Pack, moment: datetime):
    trips = [_trip(each.plan, found) for each in shown]
    sold = defaultdict(set)
    for outlet_id, drugs in (stop for trip in trips for stop in trip):
        for drug in drugs:
            sold[wanted[drug]].add(outlet_id)
    told = outlets.cards_of(sorted(set().union(*sold.values())), pack, moment)
    offers = _offers(sold, cards, told, origin, pack, moment)
    names = {title: each.plan for each in reversed(shown) for title in each.titles}
    return [
        _plan_card(each, names, trip, wanted, told, offers)
        for each, trip in zip(shown, trips, strict=True)
    ]


def _trip(plan: rules.Plan, found: Found) -> list[tuple[int, list[int]]]:
    """The outlets (ids) of a plan in the order of the visit, each with the drugs bought there."""
    ids = [found.around.ids[found.rows[one]] for one in plan.sellers]
    return list(zip(ids, rules.bought_at(found.sellers, plan), strict=True))


def _offers(sold, cards, told, origin, pack, moment):
    """What is bought, by (drug id, outlet id); `sold` names the outlets of each drug."""
    bands = prices.bands_on([one.drug.id for one in sold], moment.date(), pack)
    offers = {}
    for one, ids in sold.items():
        asked = Question(one.drug.id, origin=origin, outlet_ids=sorted(ids), page_size=len(ids))
        for place in places(asked):
            offers[one.drug.id, place.outlet_id] = prices.offer_card(
                place, cards[one.drug.id], told[place.outlet_id], band=bands.get(one.drug.id),
                pack=pack, moment=moment,
            )  # fmt: skip
    return offers


def _plan_card(each: showing.Shown, names, trip, wanted, told, offers):
    plan = each.plan
    stops = [_stop(outlet_id, drugs, wanted, told, offers) for outlet_id, drugs in trip]
    return {
        "titles": [{"code": code, "text": wording.TITLES[code]} for code in each.titles],
        "text": wording.heading(plan.stops, plan.total_fen, plan.walk_m, len(plan.missing)),
        "beside": _beside(plan, names),
        "total_fen": plan.total_fen,
        "walk_m": plan.walk_m,
        "stops": stops,
        "missing": [wanted[drug].drug.code for drug in plan.missing],
    }


def _beside(plan: rules.Plan, names) -> str:
    """How it differs from the cheapest, or the cheapest from the one with the shortest way."""
    other = showing.CHEAPEST if names[showing.CHEAPEST] is not plan else showing.SHORTEST
    than = names[other]
    if than is plan:
        return ""
    return wording.beside(
        wording.TITLES[other], plan.total_fen - than.total_fen, plan.walk_m - than.walk_m,
        plan.stops - than.stops,
    )  # fmt: skip


def _stop(outlet_id, drugs, wanted, told, offers):
    lines = [_line(wanted[drug], offers[wanted[drug].drug.id, outlet_id]) for drug in drugs]
    return {
        "outlet": told[outlet_id],
        "distance_m": offers[wanted[drugs[0]].drug.id, outlet_id]["distance_m"],
        "subtotal_fen": sum(line["cost_fen"] for line in lines),
        "lines": lines,
    }


def _line(one: Wanted, offer: dict) -> dict:
    kept = ("offer", "price_fen", "winning_price_fen", "delta_fen", "unit_price_fen", "verdict",
            "in_stock", "observed_on", "age", "source")  # fmt: skip
    return {
        "drug": one.drug.code,
        "packs": one.packs,
        "cost_fen": one.packs * offer["price_fen"],
        **{name: offer[name] for name in kept},
    }


def _summary(shown, found: Found, wanted) -> dict:
    near = found.around
    floors = [near.floor(place) for place in range(len(wanted))]
    missing = set(found.plans[0].missing) if found.plans else set(range(len(wanted)))
    floor = sum(
        one.packs * (floors[place] or 0) for place, one in enumerate(wanted) if place not in missing
    )
    above = found.plans[0].total_fen - floor if found.plans else 0
    return {
        "found": len(found.plans),
        "text": wording.how_many(len(found.plans), len(shown), len(missing)),
        "measure": wording.MEASURE,
        "rule": wording.RULE,
        "floor_fen": floor,
        "floor_text": wording.floor(floor, above, near.radius_m) if found.plans else "",
        "looked_at": {
            "radius_m": near.radius_m,
            "sellers": len(near.ids),
            "planned": len(found.rows),
            "text": wording.looked_at(
                len(near.ids), len(found.rows), near.radius_m, NEAREST, CHEAPEST
            ),
        },
    }
