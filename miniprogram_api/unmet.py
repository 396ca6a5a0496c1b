"""What is asked in vain, told to the ledger of demand: never who asks, only the district."""

from typing import Any

from flask import Request, current_app

from backend.demand.actions import note
from backend.demand.rules import monday_of
from backend.outlets.places import Position, district_of
from backend.prices.lookups import city_moment
from backend.web.askers import is_program, mark_of


def no_drug(request: Request, words: str, found: dict, place: dict | None = None) -> None:
    """Count a search that found no drug for its words; a page further on is no new search."""
    if not words.strip() or found["total"] or found["page"] != 1 or found["degraded"]:
        return
    if is_wanted(request):
        origin = (place["lat"], place["lon"]) if place else None
        note("nothing_found", asker=_mark(request), words=words, district=_district("", origin))


def no_offer(request: Request, found: dict, asked: dict[str, Any]) -> None:
    """Count a drug nobody has in reach; whoever looks at one kind or price only did not look all
    about."""
    if asked.get("kind") or asked.get("at_or_below_winning") or not is_wanted(request):
        return
    district = _district(asked.get("district", ""), asked.get("origin"))
    why, drug = found["way_on"]["why"]["code"], found["drug"]["code"]
    note(why, asker=_mark(request), drug=drug, district=district)


def is_wanted(request: Request) -> bool:
    """Whether a person may be behind it: no program that says so, no browser looking ahead."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not ahead and not is_program(request)


def _district(chosen: str, origin: Position | None) -> str:
    if chosen or origin is None:
        return chosen
    found = district_of(*origin)
    return found.code if found else ""


def _mark(request):
    week = monday_of(city_moment().date()).isoformat()
    return mark_of(request, secret=current_app.config["SECRET_KEY"], day=f"week {week}")
