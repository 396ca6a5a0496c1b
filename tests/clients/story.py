"""A resident's story told with a client made from the API's description: story.py URL."""

import sys

from sanjin_client import Client
from sanjin_client.api.drugs import search_drugs, show_drug
from sanjin_client.api.lists import show_edition_changes
from sanjin_client.api.offers import list_offers
from sanjin_client.api.outlets import list_outlets, show_outlet
from sanjin_client.api.suggest import suggest_names
from sanjin_client.models import (
    Changes,
    DrugsFound,
    OffersFound,
    OutletPage,
    OutletsFound,
    Refusal,
    ShowEditionChangesKind,
)

HERE = {"lat": 41.796, "lon": 123.455}


def tell(client: Client) -> str:
    """Search, walk, look, compare; what was seen, in a line. AssertionError where it is wrong."""
    found = search_drugs.sync(client=client, q="ejsg")
    assert isinstance(found, DrugsFound)
    drug = next(one for one in found.items if one.in_force)
    assert drug.matched_by.code == "initials"

    offers, total = walked_offers(client, drug.code)
    assert len({one.outlet.code for one in offers}) == len(offers) == total
    # What is believed no more stands behind, the nearest of it first again.
    away = [
        (one.confidence.price.level == "poor", one.distance_m)
        for one in offers if one.distance_m is not None
    ]  # fmt: skip
    assert away == sorted(away)
    first = offers[0]
    assert first.verdict.citation

    shown = show_outlet.sync(first.outlet.code, client=client, q=drug.generic_name, page_size=100)
    assert isinstance(shown, OutletPage)
    assert first.price_fen in [one.price_fen for one in shown.items if one.offer == first.offer]

    changes = show_edition_changes.sync(ShowEditionChangesKind.OUTLETS, 2, client=client)
    assert isinstance(changes, Changes)
    assert changes.added or changes.removed or changes.changed
    walk_outlets(client)
    be_refused(client)
    ask_again(client)
    return f"{len(offers)} offers, {first.verdict.label}"


def walked_offers(client, code):
    """Every offer near, page after page."""
    page = list_offers.sync(client=client, drug=code, page_size=20, **HERE)
    assert isinstance(page, OffersFound)
    offers = [*page.items]
    while page.next_:
        page = list_offers.sync(client=client, drug=code, page_size=20, cursor=page.next_, **HERE)
        assert isinstance(page, OffersFound)
        assert page.page is None
        offers += page.items
    return offers, page.total


def walk_outlets(client):
    """Every outlet of the town, found by the index: none twice, none left out."""
    page, codes = list_outlets.sync(client=client, page_size=100), []
    while isinstance(page, OutletsFound):
        codes += [one.code for one in page.items]
        if page.next_ is None:
            break
        page = list_outlets.sync(client=client, page_size=100, cursor=page.next_)
    assert isinstance(page, OutletsFound)
    assert len(set(codes)) == len(codes) == page.total


def be_refused(client):
    """Refusals are data."""
    missing = show_drug.sync_detailed("NONE", client=client)
    assert isinstance(missing.parsed, Refusal)
    assert (missing.status_code, missing.parsed.code) == (404, "not_found")
    wrong = search_drugs.sync_detailed(client=client, page=0)
    assert isinstance(wrong.parsed, Refusal)
    assert (wrong.status_code, wrong.parsed.errors.additional_keys) == (422, ["page"])


def ask_again(client):
    """What one has already is not sent again."""
    first = suggest_names.sync_detailed(client=client, q="ej")
    again = suggest_names.sync_detailed(client=client, q="ej", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


if __name__ == "__main__":
    print(tell(Client(sys.argv[1])))  # noqa: T201 (its whole answer)
