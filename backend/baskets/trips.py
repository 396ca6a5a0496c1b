"""Plans as people see them: where one goes, what is bought there, at what price and verdict."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from backend.baskets import rules, showing, wording
from backend.baskets.around import Around
from backend.baskets.wanted import Wanted
from backend.outlets import lookups as outlets
from backend.outlets.places import Position
from backend.policy.terms import Pack
from backend.prices import lookups as prices
from backend.prices.candidates import Question
from backend.prices.cards import offer_card
from backend.prices.nearby import places
from backend.prices.sinking import doubts_against, doubts_of_drugs


class Found(NamedTuple):
    """What the plans stand on: whom was looked at, the rows planned with, the plans."""

    around: Around
    rows: list[int]
    sellers: list[rules.Seller]
    plans: list[rules.Plan]


def plan_cards(
    shown: Sequence[showing.Shown],
    found: Found,
    wanted: Sequence[Wanted],
    cards: Mapping[int, dict],
    *,
    origin: Position,
    pack: Pack,
    moment: datetime,
) -> list[dict]:
    """The cards of these plans; `cards` are the drugs' by id, `moment` is the city's time now."""
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
    doubts = doubts_of_drugs([one.drug.id for one in sold])
    offers = {}
    for one, ids in sold.items():
        asked = Question(one.drug.id, origin=origin, outlet_ids=sorted(ids), page_size=len(ids))
        for place in places(asked):
            offers[one.drug.id, place.outlet_id] = offer_card(
                place, cards[one.drug.id], told[place.outlet_id], band=bands.get(one.drug.id),
                pack=pack, moment=moment,
                doubts=doubts_against(doubts, one.drug.id, place.outlet_id),
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
            "in_stock", "observed_on", "age", "confidence", "source")  # fmt: skip
    return {
        "drug": one.drug.code,
        "packs": one.packs,
        "cost_fen": one.packs * offer["price_fen"],
        **{name: offer[name] for name in kept},
    }
