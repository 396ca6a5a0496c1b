"""What a trip is: the way through a few outlets and back, what is bought where, what beats what.

Money is whole 分, ways are whole metres: nothing here depends on how a machine rounds.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import isqrt
from typing import NamedTuple

# More outlets than this nobody visits for one shopping list.
MOST_STOPS = 3


class Seller(NamedTuple):
    """An outlet: its code, metres to the east and north of the start, and of every wanted drug
    what all the packs cost there (分), None where it has none to sell."""

    code: str
    east_m: int
    north_m: int
    costs: tuple[int | None, ...]


class Plan(NamedTuple):
    """A trip: places in the list of sellers in the order of the visit, what all costs (分), the way
    there and back (metres), and which of the drugs (by place) nobody on it sells."""

    sellers: tuple[int, ...]
    total_fen: int
    walk_m: int
    missing: tuple[int, ...]

    @property
    def stops(self) -> int:
        """To how many outlets one goes."""
        return len(self.sellers)


def packs_for(units: int, pack_qty: int) -> int:
    """How many packs so many tablets are: a pack is not broken."""
    return -(-units // pack_qty)


def leg(east_m: int, north_m: int) -> int:
    """Whole metres of a straight way, a begun metre counted whole: no detour is ever shorter."""
    squared = east_m * east_m + north_m * north_m
    root = isqrt(squared)
    return root if root * root == squared else root + 1


def tour(sellers: Sequence[Seller], chosen: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """The shortest way from the start through these and back, in metres, and the order.

    Of ways that are equally long the one that begins at the nearest, then by code.
    """
    near = sorted(chosen, key=lambda one: (leg(*sellers[one][1:3]), sellers[one].code))
    return min(
        ((_length(sellers, order), order) for order in _orders(near)), key=lambda one: one[0]
    )


def _orders(near):
    # There and back is as long as back and there: the nearer end comes first.
    if len(near) < 3:
        return [tuple(near)]
    a, b, c = near
    return [(a, b, c), (a, c, b), (b, a, c)]


def _length(sellers, order):
    spots = [(0, 0), *((sellers[one].east_m, sellers[one].north_m) for one in order), (0, 0)]
    return sum(
        leg(there[0] - here[0], there[1] - here[1])
        for here, there in zip(spots, spots[1:], strict=False)
    )


def plan_of(sellers: Sequence[Seller], chosen: Iterable[int]) -> Plan:
    """The plan that goes to these outlets and buys each drug where it is cheapest among them."""
    chosen = tuple(chosen)
    walk, order = tour(sellers, chosen)
    best = [
        min(
            (cost for one in chosen if (cost := sellers[one].costs[drug]) is not None), default=None
        )
        for drug in range(len(sellers[chosen[0]].costs))
    ]
    return Plan(
        order,
        sum(cost for cost in best if cost is not None),
        walk,
        tuple(drug for drug, cost in enumerate(best) if cost is None),
    )


def bought_at(sellers: Sequence[Seller], plan: Plan) -> list[list[int]]:
    """Which drugs are bought at each outlet of the plan; of two that ask the same, by code."""
    bought: list[list[int]] = [[] for _ in plan.sellers]
    for drug in range(len(sellers[plan.sellers[0]].costs)):
        asked = [
            (cost, sellers[one].code, place)
            for place, one in enumerate(plan.sellers)
            if (cost := sellers[one].costs[drug]) is not None
        ]
        if asked:
            bought[min(asked)[2]].append(drug)
    return bought


def front(sellers: Sequence[Seller], plans: Iterable[Plan]) -> list[Plan]:
    """Of these plans those that lack the fewest drugs and that no other beats, the cheapest first.

    One beats another when it is no worse in price, way and stops, and better in one of them; of
    plans alike in all three the one whose codes come first stands for all.
    """
    told = list(plans)
    fewest = min((len(plan.missing) for plan in told), default=0)
    kept: list[Plan] = []
    for plan in sorted((one for one in told if len(one.missing) == fewest), key=_rank(sellers)):
        # What comes later is no cheaper, so only what is kept can beat it.
        if not any(one.walk_m <= plan.walk_m and one.stops <= plan.stops for one in kept):
            kept.append(plan)
    return kept


def _rank(sellers):
    return lambda plan: (
        plan.total_fen, plan.walk_m, plan.stops, sorted(sellers[one].code for one in plan.sellers)
    )  # fmt: skip


def every_plan(sellers: Sequence[Seller], *, most_stops: int = MOST_STOPS) -> Iterable[Plan]:
    """Every trip there is; only for a handful of sellers."""
    for count in range(1, most_stops + 1):
        for chosen in combinations(range(len(sellers)), count):
            yield plan_of(sellers, chosen)
