"""The way on where no drug is in reach: who has it beyond, and who can have it bought.

Why there is none is decided here once, for the page, for the API and for the ledger of demand.
"""

from datetime import datetime
from typing import Any

from backend.outlets import lookups as outlet_lookups
from backend.outlets.models import Outlet
from backend.outlets.places import Position
from backend.outside import outside
from backend.policy.demand_terms import ProxyBuying
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.policy.wording import citation
from backend.prices import wording
from backend.prices.finding import items_of
from backend.prices.lookups import centre_of, city_moment, offers
from search import Query


def offers_with_way(code: str, *, city: str = "shenyang", **asked: Any) -> dict:
    """What lookups.offers finds for the same question, and `way_on`: None, or where nothing is
    found in reach {why, text, nearest, proxy, phone}.

    `nearest` is an offer beyond reach, in stock where anybody has it so; `proxy` an outlet near the
    place others buy for (代采). Later pages have none. Raises as lookups.offers does.
    """
    found = offers(code, city=city, **asked)
    if asked.get("page", 1) > 1 or asked.get("cursor"):
        return found | {"way_on": None}
    moment = city_moment()
    pack = pack_on(city, moment.date())
    return found | {"way_on": _way_on(found, asked, pack, moment)}


def _way_on(found, asked, pack: Pack, moment: datetime) -> dict | None:
    origin = asked.get("origin") or centre_of(asked.get("district", ""))
    if found["items"]:
        why, nearest = _too_little(found, asked, pack), None
        if why == "none_in_stock":
            nearest = _nearest(found["drug"]["code"], origin, in_stock=True)
    else:
        nearest = _nearest(found["drug"]["code"], origin, in_stock=True)
        nearest = nearest or _nearest(found["drug"]["code"], origin, in_stock=None)
        why = _nobody(nearest)
    if why is None:
        return None
    return {
        "why": {"code": why, "text": wording.WHY_NONE[why]},
        "nearest": nearest,
        "proxy": _proxy(origin, pack, moment) if pack.proxy_buying else None,
        "phone": pack.consultation.phone,
    }


def _too_little(found, asked, pack):
    """Why what is found does not help: all of it is known to be out of stock, or too far away."""
    items = found["items"]
    if len(items) == found["total"] and all(one["in_stock"] is False for one in items):
        return "none_in_stock"
    by_distance = asked.get("origin") and asked.get("sort", "distance") == "distance"
    metres = items[0]["distance_m"]
    too_far = pack.demand and metres is not None and metres > pack.demand.reach_m
    return "none_in_reach" if by_distance and too_far else None


def _nobody(nearest):
    if nearest is None:
        return "nobody_sells"
    return "none_in_stock" if nearest["in_stock"] is False else "none_in_reach"


def _nearest(code, origin, *, in_stock):
    beyond = offers(code, origin=origin, in_stock=in_stock, sort="distance", page_size=1)
    return next(iter(beyond["items"]), None)


def _proxy(origin: Position | None, pack: Pack, moment: datetime) -> dict:
    terms = pack.proxy_buying
    assert terms is not None
    outlet = _served(origin, terms, pack, moment) if origin else None
    return {
        "text": terms.plain,
        "clause": terms.clause,
        "citation": citation(pack, terms),
        "outlet": outlet,
        "buyer": _buyer_of(outlet["code"]) if outlet else "",
        "channels": [{"name": one.name, "text": one.plain} for one in terms.channels],
    }


def _served(origin, terms: ProxyBuying, pack, moment):
    """The nearest outlet of a kind that others buy for."""
    asked = Query("", kind="outlets", where={"kind": list(terms.kinds)}, near=origin, limit=1)
    return next(iter(items_of(outside.index.find(asked).ids, origin, pack, moment)), None)


def _buyer_of(code):
    """The name of the outlet that buys for this one, as the list of outlets has it."""
    served = Outlet.coded(code)
    if served is None or not served.proxy_buyer:
        return ""
    return outlet_lookups.name_of(served.proxy_buyer) or ""
