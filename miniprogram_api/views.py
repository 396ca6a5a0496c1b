"""What each page is given to show: the same facts as the API, with the choices beside them."""

from typing import Any

from flask import Request
from flask.typing import ResponseReturnValue

from backend.catalog import diseases, packcodes, searches
from backend.catalog.finding import search_drugs
from backend.catalog.lookups import name_of as drug_name
from backend.catalog.lookups import sibling_count
from backend.history.lookups import city_history, of_all
from backend.outlets.places import districts, to_wgs84
from backend.outlets.week import week_card
from backend.policy.packs import pack_on
from backend.prices import distribution, finding
from backend.prices import lookups as prices
from backend.prices.lookups import city_moment
from miniprogram_api import list_views, unmet, wording
from miniprogram_api.charts import ribbon
from miniprogram_api.course_drawing import of_city
from miniprogram_api.formats import linked
from miniprogram_api.offers import found as offers_found
from miniprogram_api.pages_schemas import (
    DrugAsked,
    DrugsAsked,
    OffersAsked,
    PlacesAsked,
    ShelfAsked,
    understood,
)
from miniprogram_api.visit import place_of

View = dict[str, Any]
Page = ResponseReturnValue

# What most people come for stands first on the home page.
COMMON = (
    "hypertension", "diabetes", "hyperlipidaemia", "angina", "stomach", "gout", "prostate",
    "infection",
)  # fmt: skip

NOTHING_ASKED: View = {
    "items": [], "total": 0, "page": 1, "page_size": 20, "degraded": False,
    "reading": {"notes": [], "absent": None, "asks": []},
}  # fmt: skip


def home(request: Request) -> View:
    """The home page: common diseases, the nearest outlets in 三进, both lists."""
    place = place_of(request)
    nearby = finding.outlets(origin=_origin(place), badge="active", page_size=3)["items"]
    return {
        "diseases": common_diseases(), "nearby": nearby, "lists": list_views.lists()["lists"],
        "districts": district_choices(),
    }  # fmt: skip


def district_choices() -> list[dict]:
    """The districts one may choose to measure from."""
    return [{"code": d.code, "name": d.name} for d in districts()]


def common_diseases() -> list[dict]:
    """The diseases shown as doors, in this order."""
    return [{"code": d.code, "name": d.name} for d in map(diseases.disease, COMMON) if d]


def search(request: Request) -> View:
    """Drugs for some words or a disease."""
    asked = understood(DrugsAsked, request.args)
    day = city_moment().date()
    query = query_of(request)
    words, category = asked["q"].strip(), asked["category"]
    if code := packcodes.clear(words):
        # Before anything is looked up or logged: what follows the product's part names one box.
        return {"only": linked("/scan", code=code.text, near=query.get("near"))}
    found = NOTHING_ASKED
    if words or category:
        found = search_drugs(
            words, category=category, page=asked["page"], page_size=asked["page_size"], day=day
        )
        searches.remember(words, found, city_moment())
        unmet.no_drug(request, words, found, place_of(request))
    one = diseases.disease(category) if category else None
    return {
        "found": found | {"query": query},
        "disease": {"code": one.code, "name": one.name, "missing": one.missing} if one else None,
        "diseases": common_diseases(),
        "reading": found["reading"],
        "only": _only(found, query),
    }


def _only(found, query):
    """Where to go on at once: there is one product and no doubt about what was meant."""
    if found["total"] != 1 or len(found["items"]) != 1 or found["reading"]["notes"]:
        return None
    return linked("/offers", drug=found["items"][0]["code"], near=query.get("near"))


def offers(request: Request) -> View:
    """Who sells one drug; where nobody does within reach, the way on."""
    asked = understood(OffersAsked, request.args)
    place = place_of(request)
    for name in ("lat", "lon"):
        asked.pop(name)
    code, origin = asked.pop("drug"), _origin(place)
    found = offers_found(code, origin=origin, **asked)
    query = query_of(request) | {"sort": asked["sort"]}
    best = _nearest_at_winning(found, code, origin, asked)
    if best:
        found["items"] = [one for one in found["items"] if one["offer"] != best["offer"]]
    return {
        "found": found | {"query": query},
        "best": best,
        "districts": [] if place else district_choices(),
        "drug": found["drug"] | {
            "siblings_count": sibling_count(found["drug"]["code"], found["drug"]["core"])
        },
        "orders": [{"code": code, "text": text} for code, text in wording.ORDERS.items()],
        "filters": filters(query, ("radius_m", "district", "kind", "in_stock",
                                   "at_or_below_winning")),
        "way": found["way_on"],
    }  # fmt: skip


def _nearest_at_winning(found, code, origin, asked):
    """What most people come for, put first: the nearest that has it at no more than it won at.

    None where nobody said from where, or where he asks for another order or another page.
    """
    if origin is None or asked["sort"] != "distance" or asked["page"] > 1:
        return None
    here = (one for one in found["items"] if one["at_or_below_winning"] and one["in_stock"])
    # The list is by distance: whoever stands in it is nearer than all that come after it.
    if first := next(here, None):
        return first
    wanted = asked | {"at_or_below_winning": True, "in_stock": True, "page_size": 1}
    return next(iter(prices.offers(code, origin=origin, **wanted)["items"]), None)


def drug(request: Request, code: str) -> View:
    """One drug; a price the visitor comes from is marked in the distribution."""
    asked = understood(DrugAsked, request.args)
    told, seen = distribution.drug_page(code), asked["price_fen"]
    city = city_history(code)
    days = of_all(city["items"])
    return {
        "drug": told,
        "marked": _marked(told, seen) if seen else None,
        "ribbon": ribbon(told["band_course"]),
        "city_title": city["title"],
        "city_days": days,
        "city_drawn": of_city(days),
    }


def _marked(told, seen):
    """The price one comes from as an offer, for the two labels."""
    winning = told["winning_price_fen"]
    return {
        "price_fen": seen, "winning_price_fen": winning, "drug": told,
        "delta_fen": None if winning is None else seen - winning,
    }  # fmt: skip


def outlet(request: Request, code: str) -> View:
    """One outlet and its shelf."""
    asked = understood(ShelfAsked, request.args)
    told = prices.sold_at(code, words=asked.pop("q"), **asked)
    place = place_of(request)
    shown = told["outlet"] | {
        "distance_m": finding.distance_to(told["outlet"], _origin(place)),
        "wgs84": _wgs84(told["outlet"]),
        "week": week_card(told["outlet"]["hours"]["text"], city_moment()),
    }
    return {
        "outlet": shown,
        "badge_history": told["badge_history"],
        "found": told | {"query": query_of(request)},
    }


def _wgs84(outlet):
    if outlet["lat"] is None:
        return None
    lat, lon = to_wgs84(outlet["lat"], outlet["lon"])
    return {"lat": lat, "lon": lon}


def outlets(request: Request) -> View:
    """Outlets that wear the badge, or all of them, the nearest first."""
    asked = understood(PlacesAsked, request.args)
    for name in ("lat", "lon"):
        asked.pop(name)
    query = query_of(request)
    asked["badge"] = "" if asked["badge"] == "all" else asked["badge"]
    found = finding.outlets(asked.pop("q"), origin=_origin(place_of(request)), **asked)
    selling = asked["sells"]
    return {
        "found": found | {"query": query},
        "filters": filters(query, ("radius_m", "district", "kind", "badge"), found["facets"]),
        "badges": [{"value": code, "text": text} for code, text in wording.BADGE_CHOICES.items()],
        "selling": selling and drug_name(selling),
    }


def district_named(code: str) -> dict | None:
    """The district with this code: {code, name}."""
    return next((one for one in district_choices() if one["code"] == code), None)


def filters(query: dict, names: tuple[str, ...], facets: View | None = None) -> View:
    """The choices of the filter sheet, how many of them are made, and what each would show."""
    counts = {
        name: {one["code"]: one["count"] for one in listed}
        for name, listed in (facets or {}).items()
    }
    pack = pack_on("shenyang", city_moment().date())
    return {
        # What holds unless something else is chosen is no filter.
        "active": sum(1 for name in names if query.get(name, "") not in ("", "active")),
        "radius_m": [
            *({"value": metres, "text": text} for metres, text in wording.RADII.items()),
            {"value": "", "text": wording.NO_LIMIT},
        ],
        "districts": [
            {"code": d.code, "name": d.name, "count": _count(counts, "district", d.code)}
            for d in districts()
        ],
        "kinds": [
            {"code": code, "name": kind.name, "count": _count(counts, "kind", code)}
            for code, kind in pack.outlet_kinds.items()
        ],
    }


def _count(counts, name, code):
    """How many there are, None where nothing was counted."""
    return counts[name].get(code, 0) if name in counts else None


def _origin(place):
    return (place["lat"], place["lon"]) if place else None


def query_of(request: Request) -> dict[str, str]:
    """What was asked, as the links of the page carry it on."""
    return {name: value for name, value in request.args.items() if value != ""}
