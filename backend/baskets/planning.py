"""The plans nobody can beat, found among hundreds of outlets without trying every three of them.

Outlets are taken from the nearest to the farthest. A trip whose farthest outlet is `d` metres away
is at least 2·d long, so it must be cheaper than every trip known to be shorter than that. How cheap
three outlets can be is bounded first: from a low price of each drug, no three save more together
than the sum of what each saves alone. Only threes that may still be cheap enough are looked at.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.baskets.rules import MOST_STOPS, Plan, Seller, front, plan_of

Numbers = NDArray[np.int64]

# One missing drug weighs more than any money: those with the fewest missing come first.
_MISSING = 10**15
_NEVER = np.iinfo(np.int64).max
# A low price of a drug among the sellers; whichever it is, the answer is the same.
_LOW = 0.1


def best_plans(sellers: Sequence[Seller]) -> list[Plan]:
    """Every plan over at most MOST_STOPS of these sellers that no other beats, the cheapest first.

    Nothing is left out: it is the front of `rules.every_plan`, only found faster.
    """
    some = [one for one in range(len(sellers)) if any(c is not None for c in sellers[one].costs)]
    if not some:
        return []
    return front(sellers, [plan_of(sellers, chosen) for chosen in _Search(sellers, some).found()])


class _Search:
    """Arrays over the sellers, the nearest first, and the best prices known by way and stops."""

    def __init__(self, sellers: Sequence[Seller], some: Sequence[int]) -> None:
        spots = np.array([sellers[one][1:3] for one in some], dtype=np.int64)
        away = _legs(spots[:, 0], spots[:, 1])
        order = np.argsort(away, kind="stable")
        self.places = [some[one] for one in order]
        self.away, self.east, self.north = away[order], *spots[order].T
        self.costs = np.array(
            [[_MISSING if c is None else c for c in sellers[one].costs] for one in self.places],
            dtype=np.int64,
        )
        self.alone = self.costs.sum(axis=1)
        self.low = np.sort(self.costs, axis=0)[int(len(self.places) * _LOW)]
        self.best = [_Steps() for _ in range(MOST_STOPS + 1)]
        self.told: list[tuple[Numbers, Numbers, Numbers]] = []

    def found(self) -> list[tuple[int, ...]]:
        """Every choice of sellers that may be unbeaten; of several alike the rules choose."""
        every = np.arange(len(self.places))
        self._keep(self.alone, 2 * self.away, every)
        for farthest in range(1, len(self.places)):
            prices = np.minimum(self.costs[:farthest], self.costs[farthest]).sum(axis=1)
            self._pairs(farthest, prices)
            self._threes(farthest)
        return [tuple(self.places[one] for one in row) for row in self._unbeaten()]

    def _unbeaten(self) -> Iterator[list[int]]:
        for prices, ways, chosen in self.told:
            # Since it was kept a better one may have been found.
            yield from chosen[self._stands(prices, ways, chosen.shape[1])].tolist()

    def _pairs(self, farthest: int, prices: Numbers) -> None:
        others = (prices < self._limit(farthest, 2)).nonzero()[0]
        if others.size:
            ways = self.away[farthest] + self._between(others, farthest) + self.away[others]
            self._keep(prices[others], ways, others, np.full_like(others, farthest))

    def _threes(self, farthest: int) -> None:
        a, b = self._threes_worth(farthest)
        if not a.size:
            return
        prices = np.minimum(np.minimum(self.costs[a], self.costs[b]), self.costs[farthest])
        totals = prices.sum(axis=1)
        cheap = (totals < self._limit(farthest, 3)).nonzero()[0]
        if not cheap.size:
            return
        a, b, c = a[cheap], b[cheap], np.full_like(cheap, farthest)
        ab, bc, ca = self._between(a, b), self._between(b, c), self._between(c, a)
        home = self.away
        ways = np.minimum(
            np.minimum(home[a] + ab + bc + home[c], home[b] + ab + ca + home[c]),
            home[a] + ca + bc + home[b],
        )
        self._keep(totals[cheap], ways, a, b, c)

    def _threes_worth(self, farthest: int) -> tuple[Numbers, Numbers]:
        """Which two nearer ones may make a cheap enough three with this one."""
        base = np.minimum(self.costs[farthest], self.low)
        saved = np.maximum(base - self.costs[:farthest], 0).sum(axis=1)
        needed = base.sum() - self._limit(farthest, 3)
        some = (saved > needed - saved.max()).nonzero()[0]
        saving = saved[some]
        a, b = (saving[:, None] + saving > needed).nonzero()
        return some[a[a < b]], some[b[a < b]]

    def _limit(self, farthest: int, stops: int) -> int:
        """What a trip with this farthest outlet must cost less than, to be unbeaten."""
        way = 2 * int(self.away[farthest])
        shorter, fewer = self.best[stops].at(way - 1), self.best[stops - 1].at(way)
        return min(int(shorter), int(fewer))

    def _keep(self, prices: Numbers, ways: Numbers, *chosen: Numbers) -> None:
        """Remember what nothing known beats; ties are kept, the rules choose among them."""
        stops = len(chosen)
        stand = self._stands(prices, ways, stops)
        if not stand.any():
            return
        prices, ways = prices[stand], ways[stand]
        for steps in self.best[stops:]:
            steps.add(ways, prices)
        still = self._stands(prices, ways, stops)
        picked = np.stack([one[stand][still] for one in chosen], axis=1)
        self.told.append((prices[still], ways[still], picked))

    def _stands(self, prices: Numbers, ways: Numbers, stops: int) -> NDArray[np.bool_]:
        """Which of these trips nothing known beats."""
        return (
            (prices < self.best[stops].at(ways - 1))
            & (prices <= self.best[stops].at(ways))
            & (prices < self.best[stops - 1].at(ways))
        )

    def _between(self, a: Any, b: Any) -> Numbers:
        return _legs(self.east[a] - self.east[b], self.north[a] - self.north[b])


class _Steps:
    """The lowest price of the trips no longer than so many metres, as steps that go down."""

    def __init__(self) -> None:
        self.ways = np.array([-2], dtype=np.int64)
        self.prices = np.array([_NEVER], dtype=np.int64)

    def at(self, ways: Any) -> Any:
        """The lowest price within these ways."""
        return self.prices[self.ways.searchsorted(ways, side="right") - 1]

    def add(self, ways: Numbers, prices: Numbers) -> None:
        """Take in more trips."""
        ways, prices = np.concatenate([self.ways, ways]), np.concatenate([self.prices, prices])
        order = np.lexsort((prices, ways))
        ways, prices = ways[order], prices[order]
        down = np.concatenate([[True], np.diff(np.minimum.accumulate(prices)) < 0])
        self.ways, self.prices = ways[down], prices[down]


def _legs(east: Numbers, north: Numbers) -> Numbers:
    """As rules.leg: a root of whole numbers this small is exact where it is whole."""
    return np.ceil(np.sqrt((east * east + north * north).astype(np.float64))).astype(np.int64)


def candidates(prices: Numbers, *, nearest: int, cheapest: int) -> list[int]:
    """Whom to plan with, by row of `prices` (a row for each seller by distance, then code; a column
    for each drug; 0 where it is not sold): the nearest sellers, and of each drug the cheapest, of
    those that ask the same the nearer."""
    chosen = set(range(min(nearest, len(prices))))
    for asked in prices.T:
        sold = np.nonzero(asked)[0]
        chosen.update(sold[np.argsort(asked[sold], kind="stable")[:cheapest]].tolist())
    return sorted(chosen)
