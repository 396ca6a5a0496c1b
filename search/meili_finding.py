"""Finding by words on Meilisearch: candidates of each step, ordered by the rules of all engines."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from search.answer import Answer
from search.asked import Step, ask, steps
from search.facts import most_first
from search.interface import Found, Query
from search.meili_asking import Ask, Said, reading
from search.meili_documents import ids_of, order_key, shelf_of
from search.meili_filters import BROAD, Need, Needs, field_of, needs, order
from search.meili_settings import MOST
from search.paging import nothing
from search.shelf import NoneHeld, Shelf


class Fetched(NamedTuple):
    """The cards of the candidates to look at, those of them that have the facts asked for, and
    what the server counts: facets only where the candidates are too many to be looked at."""

    cards: list[str]
    allowed: list[str]
    counted: Said


def found(query: Query, server: Ask) -> Found:
    """The page of a question that has words."""
    asked = ask(query.words, query.prefix)
    for step in steps(asked):
        wanted = needs(step, query, asked)
        if wanted and (page := _page(query, step, wanted, server)):
            return page
    return nothing(query)


def _page(query: Query, step: Step, wanted: Needs, server: Ask) -> Found | None:
    fetched = _fetch(query, wanted, server)
    beyond = fetched.counted.total > MOST and step in BROAD
    with reading():
        shelf = shelf_of(fetched.cards)
        held = HeldByServer(shelf, ids_of(fetched.allowed) if query.where else [], server)
    asked = replace(query, facets=()) if beyond else query
    answer = Answer(asked, shelf, lambda word: shelf.words, held)
    hits = answer.hits(step)
    if not hits:
        return None
    page = answer.page(hits)
    counts = fetched.counted.counts
    facets = {name: most_first(counts.get(field_of(name), {})) for name in query.facets}
    return replace(page, total=fetched.counted.total, facets=facets) if beyond else page


def _fetch(query: Query, wanted: Needs, server: Ask) -> Fetched:
    asked = wanted.at_first()
    said = server([_searching(query, need) for need in asked])
    counted = said[0]
    if counted.total > MOST and (more := wanted.if_too_many()):
        more = [*more, wanted.main._replace(limit=0)]
        fewer = server([_searching(query, need) | counting(query.facets) for need in more])
        counted = fewer[0] if wanted.narrow and fewer[0].total else fewer[-1]
        asked, said = asked + more, said + fewer
    cards = [card for one in said for card in one.cards]
    allowed = [c for need, one in zip(asked, said, strict=True) if need.allowed for c in one.cards]
    return Fetched(cards, allowed, counted)


def _searching(query: Query, need: Need) -> dict[str, Any]:
    return searching(query, need.filter) | {"limit": need.limit}


def searching(query: Query, filters: str) -> dict[str, Any]:
    """The search for what a filter finds, in the order asked for."""
    return {"filter": filters or None, "sort": order(query), "attributesToRetrieve": ["card"]}


def counting(names: Collection[str]) -> dict[str, Any]:
    """What asks a search to count the values of facts."""
    return {"facets": [field_of(name) for name in names]} if names else {}


class HeldByServer:
    """Facts of many values, which do not come with the cards.

    `allowed` are ids of documents the server found to have all facts asked for.
    """

    def __init__(self, shelf: Shelf, allowed: Iterable[str], server: Ask) -> None:
        self.shelf, self.allowed, self.server = shelf, allowed, server

    def having(self, name: str, values: list[str]) -> Iterable[int]:
        """Places where a fact holds any of the values."""
        allowed = set(self.allowed)
        return [place for place, code in enumerate(self.shelf.ids) if code in allowed]

    def counts(self, name: str, places: Collection[int] | None) -> dict[str, int]:
        """In how many of the places a fact holds each of its values."""
        ids = self.shelf.ids
        these = ids if places is None else [ids[place] for place in places]
        if not these:
            return {}
        chosen = f"order IN [{', '.join(map(order_key, these))}]"
        (said,) = self.server([{"filter": chosen, "limit": 0} | counting([name])])
        single = self.shelf.counts(name, places, NoneHeld())
        counts = said.counts.get(field_of(name), {})
        return {value: number - single.get(value, 0) for value, number in counts.items()}
