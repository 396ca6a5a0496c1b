"""What the pages of the published lists are given: editions, and what came and went."""

from typing import Any

from flask import Request

from backend.catalog import changes, editions
from backend.catalog.models import Edition
from backend.prices.lookups import city_moment
from miniprogram_api.formats import linked
from miniprogram_api.pages_schemas import EditionAsked, understood

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
    """One page of an edition, or of what it changed against the one before."""
    asked = understood(EditionAsked, request.args)
    words, show = asked["q"], asked["show"]
    page = {"page": asked["page"], "page_size": asked["page_size"]}
    shown = editions.numbered_edition(kind, number)
    found = editions.contents(shown, words=words, **page)
    counts = changes.counts(shown)
    if show and counts:
        found |= {"items": changes.changes_page(shown, show, **page), "total": counts[show]}
    query = {name: value for name, value in (("q", words), ("show", show)) if value}
    return {
        "edition": editions.summary(shown) | {"count": editions.count(shown)},
        "found": found | {"query": query},
        "changes": counts,
        "latest": Edition.next_number(kind) - 1,
        "data_url": _data_url(kind, number, asked),
    }


def _data_url(kind, number, asked):
    """The API's address for what the page shows; it has no words, and all changes at once."""
    root = f"/api/v1/lists/{kind}/{number}"
    if asked["show"]:
        return f"{root}/changes"
    return None if asked["q"] else linked(root, page=asked["page"] if asked["page"] > 1 else None)
