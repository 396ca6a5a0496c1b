"""From hits to the page asked for: which of them count, in which order, with which facets."""

from collections import defaultdict
from collections.abc import Callable, Collection, Set
from functools import cached_property
from heapq import nsmallest
from math import inf

from search.facts import most_first
from search.interface import Found, Query
from search.layers import LAYERS
from search.places import Place, metres_from
from search.shelf import Held, Hits, Shelf


def nothing(query: Query) -> Found:
    """The page when nothing is found."""
    return Found([], 0, {}, facets={name: {} for name in query.facets})


class Paging:
    """One question's pages of one shelf."""

    def __init__(self, query: Query, shelf: Shelf, held: Held) -> None:
        self.query, self.shelf, self.held = query, shelf, held
        self.start = max(query.offset, 0)
        self.stop = self.start + max(query.limit, 0)

    @cached_property
    def metres(self) -> Callable[[Place], float]:
        """Measures the way from where it is asked."""
        return metres_from(self.query.near or (0.0, 0.0))

    def allowed(self) -> Set[int] | None:
        """Places that have the facts and are near enough; None when nothing is asked."""
        allowed = self.shelf.having(self.query.where, self.held)
        within, spots = self.query.within_m, self.shelf.spots
        if within is None:
            return allowed
        those = range(len(spots)) if allowed is None else allowed
        return {place for place in those if (at := spots[place]) and self.metres(at) <= within}

    def browsed(self) -> Found:
        """The page of everything that has the facts."""
        ids, allowed = self.shelf.ids, self.allowed()
        places = range(len(ids)) if allowed is None else sorted(allowed)
        near = self.query.near is not None
        page = self._best(dict.fromkeys(places, 0)) if near else places[self.start : self.stop]
        facets = self._facets(allowed)
        return Found([ids[place] for place in page], len(places), {}, facets=facets)

    def page(self, hits: Hits) -> Found:
        """The page of places by their scores."""
        ids = self.shelf.ids
        why = {ids[place]: LAYERS[hits[place] & 0xFF][0] for place in self._best(hits)}
        return Found(list(why), len(hits), why, facets=self._facets(hits))

    def _best(self, hits: Hits) -> list[int]:
        """The lowest byte of a score only remembers why: equal ranks are ordered by the way
        there and the id, or else by place alone."""
        if self.query.near is not None:
            return self._nearest(hits)[self.start :]
        best = nsmallest(self.stop, [score >> 8 << 32 | place for place, score in hits.items()])
        return [one & 0xFFFFFFFF for one in best[self.start :]]

    def _nearest(self, hits: Hits) -> list[int]:
        by_rank: dict[int, list[int]] = defaultdict(list)
        for place, score in hits.items():
            by_rank[score >> 8].append(place)
        best: list[int] = []
        for rank in sorted(by_rank):
            if len(best) < self.stop:
                best += self._by_distance(by_rank[rank], self.stop - len(best))
        return best

    def _by_distance(self, places: list[int], most: int) -> list[int]:
        """The nearest `most`; only those that may be among them are put in order."""
        ids, spots, metres = self.shelf.ids, self.shelf.spots, self.metres
        ways = [metres(at) if (at := spots[place]) else inf for place in places]
        farthest = nsmallest(most, ways)[-1] if len(ways) > most else inf
        near = zip(ways, places, strict=True)
        ordered = sorted((way, ids[place], place) for way, place in near if way <= farthest)
        return [place for _, _, place in ordered[:most]]

    def _facets(self, places: Collection[int] | None) -> dict[str, dict[str, int]]:
        count = self.shelf.counts
        return {name: most_first(count(name, places, self.held)) for name in self.query.facets}
