"""What the pages of the published lists are given: editions, and what came and went."""

from typing import Any

from flask import Request

from backend.catalog import editions
from backend.catalog.models import Edition
from backend.prices.lookups import city_moment
from miniprogram_api.pages_schemas import ShelfAsked, understood

View = dict[str, Any]


def lists() -> View:
    """Both published lists with all their editions."""
    day = city_moment().date()
    found = {}
    for kind in editions.LISTS:
        current = Edition.in_force(kind, day)
        found[kind] = current and editions.summary(current) | {
            "count": editions.count(current), "editions": editions.editions(kind),
        }  # fmt: skip
    return {"lists": found}


def edition(request: Request, kind: str, number: int) -> View:
    """One edition and what it changed."""
    asked = understood(ShelfAsked, request.args)
    shown = editions.numbered_edition(kind, number)
    found = editions.contents(shown, page=asked["page"], page_size=asked["page_size"])
    return {
        "edition": editions.summary(shown),
        "found": found | {"query": {}},
        "changes": editions.changes(shown) if number > 1 else None,
        "latest": Edition.next_number(kind) - 1,
    }
