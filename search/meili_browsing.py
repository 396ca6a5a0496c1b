"""Browsing on Meilisearch: pages in the order of the server, or by distance, cut exactly here.

The server measures on a sphere, the rules on a flat map: of the places that lie so near a border
that the two may differ the cards are fetched and measured anew.
"""

from collections import Counter
from dataclasses import replace
from math import inf
from typing import Any

from search.facts import most_first
from search.interface import Found, Query
from search.meili_asking import Ask, Said, reading
from search.meili_documents import ids_of, shelf_of, spots_of
from search.meili_filters import allowing, both, field_of, radius
from search.meili_finding import HeldByServer, counting, searching
from search.meili_settings import ALL
from search.paging import Paging
from search.places import Place, at_least, at_most, metres_from

Way = tuple[float, str]  # metres to a document, and its id


def browsed(query: Query, server: Ask) -> Found:
    """The page of a question without words."""
    return _by_rank(query, server) if query.near is None else _by_distance(query, server)


def _by_rank(query: Query, server: Ask) -> Found:
    window = {"offset": max(query.offset, 0), "limit": max(query.limit, 0)}
    (said,) = server([searching(query, allowing(query)) | window | counting(query.facets)])
    with reading():
        return Found(ids_of(said.cards), said.total, {}, facets=_counted(query, said.counts))


def _counted(query: Query, *counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The sum of several counts by field, by the names of the facts."""
    sums = {name: Counter[str]() for name in query.facets}
    for name in query.facets:
        for one in counts:
            sums[name].update(one.get(field_of(name), {}))
    return {name: most_first(sums[name]) for name in query.facets}


def _by_distance(query: Query, server: Ask) -> Found:
    near, within = query.near or (0.0, 0.0), query.within_m
    start = max(query.offset, 0)
    stop = start + max(query.limit, 0)
    first = searching(query, allowing(query)) | {"limit": stop + stop // 8 + 20 if stop else 0}
    if within is None:
        (nearest,) = server([first | counting(query.facets)])
        total, facets = nearest.total, _counted(query, nearest.counts)
    else:
        nearest, *others = server([first, *_on_both_sides(query, near, within)])
        total, facets = _cut(query, others, server)
    ways = _ways(near, nearest.cards)
    if stop and len(ways) < nearest.total:
        ways += _ways(near, _doubtful(query, near, stop, ways, server))
    there = sorted(set(ways))
    if within is not None:
        there = [way for way in there if way[0] <= within and way[0] < inf]
    return Found([code for _, code in there[start:stop]], total, {}, facets=facets)


def _on_both_sides(query: Query, near: Place, within: float) -> list[dict[str, Any]]:
    """What is within for certain, to be counted; and what lies on the border, to be looked at."""
    inside, border = at_least(within), allowing(query)
    if inside <= 0:
        return [searching(query, border) | {"limit": ALL}]
    sure = radius(near, inside)
    facts = replace(query, near=None, within_m=None)
    return [
        searching(query, both(border, f"NOT {sure}")) | {"limit": ALL},
        searching(facts, both(allowing(facts), sure)) | {"limit": 0} | counting(query.facets),
    ]


def _cut(query: Query, said: list[Said], server: Ask) -> tuple[int, dict[str, dict[str, int]]]:
    """The number of all within, and their facets."""
    border, *sure = said
    edge = _rules(replace(query, limit=0, offset=0), border.cards, server)
    counts = {field_of(name): values for name, values in edge.facets.items()}
    total = edge.total + sum(one.total for one in sure)
    return total, _counted(query, counts, *(one.counts for one in sure))


def _doubtful(query: Query, near: Place, stop: int, ways: list[Way], server: Ask) -> list[str]:
    """Cards that may belong among the first `stop`, although as many others came before."""
    within = inf if query.within_m is None else query.within_m
    last, farthest = min(sorted(ways)[stop - 1][0], within), ways[-1][0]
    if farthest == inf or at_most(last) < at_least(farthest):
        return []
    around = radius(near, at_most(last))
    (said,) = server([searching(query, both(allowing(query), around)) | {"limit": ALL}])
    return said.cards


def _ways(near: Place, cards: list[str]) -> list[Way]:
    """(metres, id) of each card in the order they came; those without a place are far away."""
    metres = metres_from(near)
    with reading():
        return [(metres(place) if place else inf, code) for code, place in spots_of(cards)]


def _rules(query: Query, cards: list[str], server: Ask) -> Found:
    """The page the rules make of some cards, which have the facts asked for."""
    with reading():
        shelf = shelf_of(cards)
    return Paging(query, shelf, HeldByServer(shelf, shelf.ids, server)).browsed()
