"""What the page of a shopping list is given: the drugs in its address, the plans, what to add."""

from typing import Any

from flask import Request

from backend.baskets.lookups import basket as planned
from backend.baskets.wanted import MOST_DRUGS
from backend.catalog import diseases
from backend.catalog import lookups as catalog
from backend.catalog.finding import search_drugs
from backend.errors import BadInput, NotFound
from backend.prices.lookups import city_moment
from miniprogram_api import views
from miniprogram_api.baskets_schemas import BasketAsked
from miniprogram_api.formats import linked
from miniprogram_api.pages_schemas import BasketPageAsked, understood
from miniprogram_api.visit import place_of

View = dict[str, Any]

HERE = "/basket"
# The two chronic diseases (两病) whose drugs people take together for years.
LISTS = ("hypertension", "diabetes")
_TO_ADD, _LISTED = 10, 100


def basket(request: Request) -> View:
    """The list with its plans, or the list and what is wrong with it; how to add to it."""
    asked = understood(BasketPageAsked, request.args)
    listed = list(dict.fromkeys(code for code in request.args.getlist("drug") if code))
    packs = {code: request.args.get(_packs(code)) or "1" for code in listed}
    place = place_of(request)
    found, wrong, status = _planned(listed, packs, place)
    return {
        "items": _items(listed, packs, request, found),
        "found": found,
        "wrong": wrong,
        "status": status,
        "full": len(listed) >= MOST_DRUGS,
        "most": MOST_DRUGS,
        "only": _only(found, asked["plan"]),
        "search": _search(asked["q"], request, listed) if asked["q"].strip() else None,
        "q": asked["q"],
        "lists": _lists(listed),
        "kept": _pairs(request, but=("drug", "q", "plan")),
        "pairs": _pairs(request, but=("q", "plan")),
        "address_of": lambda **changes: _address(request, **changes),
        "districts": [] if place else views.district_choices(),
    }


def _planned(listed, packs, place):
    """The plans, what is wrong with the list, and the status of the page."""
    if not listed or place is None:
        return None, [], 200
    try:
        items = [{"drug": code, "quantity": packs[code]} for code in listed]
        asked = understood(BasketAsked, {"drugs": items})  # type: ignore[dict-item]
        return planned(asked["drugs"], origin=(place["lat"], place["lon"])), [], 200
    except (BadInput, NotFound) as refused:
        return None, refused.errors.get("drugs", [refused.words]), refused.status


def _items(listed, packs, request, found):
    """Each drug of the list with its packs and the address of the list without it."""
    known = catalog.listed_drugs(listed)
    made = catalog.cards(list(known.values()), city_moment().date())
    told = {one["drug"]["code"]: one for one in found["drugs"]} if found else {}
    return [
        {
            "code": code,
            "drug": made[known[code].id] if code in known else None,
            "packs": packs[code],
            "field": _packs(code),
            "without": _address(request, drug=[one for one in listed if one != code]),
            "told": told.get(known[code].code if code in known else code),
        }
        for code in listed
    ]


def _packs(code):
    """The name under which the form hands in how many packs of a drug."""
    return f"packs-{code}"


def _only(found, number):
    """The one plan that is to be printed, where one is asked for and there is one."""
    return number if found and number and number <= len(found["plans"]) else None


def _search(words, request, listed):
    """Drugs to add, each with the address of the list that has it too."""
    found = search_drugs(words, page=1, page_size=_TO_ADD, day=city_moment().date())
    return {
        "total": found["total"],
        "items": [
            {"drug": one, "address": _address(request, drug=[*listed, one["code"]])}
            for one in found["items"]
            if one["code"] not in listed
        ],
    }


def _lists(listed):
    """The drugs listed under the two diseases that have a winning price in force, to tick."""
    told = []
    for one in filter(None, map(diseases.disease, LISTS)):
        found = search_drugs(
            "", category=one.code, page=1, page_size=_LISTED, day=city_moment().date()
        )
        won = [drug for drug in found["items"] if drug["winning_price_fen"] is not None]
        won.sort(key=lambda drug: (drug["generic_name"], drug["strength"], drug["code"]))
        told.append({"name": one.name, "code": one.code,
                     "drugs": [drug for drug in won if drug["code"] not in listed]})  # fmt: skip
    return told


def _pairs(request, but=()):
    """What stands in the address, pair by pair, as the forms of the page carry it on."""
    return [
        (name, value)
        for name, values in request.args.lists()
        for value in values
        if value != "" and name not in but
    ]


def _address(request, **changes):
    """The address of the page with some of it changed; quantities of what is gone go with it."""
    asked: dict[str, Any] = {}
    for name, value in _pairs(request, but=("q", "plan")):
        asked.setdefault(name, []).append(value)
    asked |= changes
    kept = {_packs(code) for code in asked.get("drug", ())}
    return linked(HERE, {name: value for name, value in asked.items()
                         if not name.startswith(_packs("")) or name in kept})  # fmt: skip
