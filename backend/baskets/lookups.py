"""Reading a basket: the drugs, the plans for buying them around a place, what stays missing."""

from collections.abc import Sequence
from typing import Any

from backend.baskets import planning, showing, wording
from backend.baskets.around import CHEAPEST, NEAREST, around
from backend.baskets.substitutes import substitutes
from backend.baskets.trips import Found, plan_cards
from backend.baskets.wanted import Wanted, wanted_of
from backend.catalog import lookups as catalog
from backend.errors import BadInput
from backend.outlets import lookups as outlets
from backend.outlets.places import Position
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import lookups as prices
from backend.prices.sinking import trusted_of
from backend.prices.ways import offers_with_way

# Where a policy pack does not say how far is out of reach.
_REACH_M = 10_000


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
        "plans": plan_cards(shown, found, wanted, cards, origin=origin, pack=pack, moment=moment),
        **_summary(shown, found, wanted),
    }


def _planned(wanted, origin, pack: Pack, moment) -> Found:
    reach_m = pack.demand.reach_m if pack.demand else _REACH_M
    allowed = {
        one.drug.id: ids
        for one in wanted
        if (ids := prices.allowed_at(one.drug, moment.date())) is not None
    }
    trusted = trusted_of([one.drug.id for one in wanted], moment.date(), pack)
    near = around([one.drug.id for one in wanted], origin, reach_m, allowed, trusted)
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
