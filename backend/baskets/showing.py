"""Which of the plans nobody can beat are shown, and what each is best at."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.baskets.rules import Plan

# Side by side no more than this can be compared.
MOST_SHOWN = 6

CHEAPEST, SHORTEST, BETWEEN = "cheapest", "shortest", "between"
ONE_STOP, ONE_CHEAPEST, ONE_NEAREST = "one_stop", "one_stop_cheapest", "one_stop_nearest"
TITLES = (CHEAPEST, SHORTEST, ONE_STOP, ONE_CHEAPEST, ONE_NEAREST, BETWEEN)


class Shown(NamedTuple):
    """A plan with what it is best at (of TITLES)."""

    plan: Plan
    titles: tuple[str, ...]


def shown(front: Sequence[Plan], *, most: int = MOST_SHOWN) -> list[Shown]:
    """The whole front where it is short; else the best at something, and of those between as many
    as there is room for, evenly from the shortest way to the longest. The cheapest come first.

    `front` is cheapest first, as rules.front gives it.
    """
    best = _best(front)
    chosen = list(range(len(front))) if len(front) <= most else _spread(front, best, most)
    return [
        Shown(front[one], tuple(name for name in best if best[name] == one) or (BETWEEN,))
        for one in sorted(chosen)
    ]


def _best(front):
    """The place of the best at each thing; of equals the cheaper one."""
    if not front:
        return {}
    places = range(len(front))
    best = {CHEAPEST: 0, SHORTEST: min(places, key=lambda one: front[one].walk_m)}
    # Of those to one outlet, whoever is cheaper is farther away: the front holds no others.
    alone = [one for one in places if front[one].stops == 1]
    if len(alone) > 1:
        return best | {ONE_CHEAPEST: alone[0], ONE_NEAREST: alone[-1]}
    return best | {ONE_STOP: alone[0]} if alone else best


def _spread(front, best, most):
    chosen = set(best.values())
    others = [one for one in range(len(front)) if one not in chosen]
    others.sort(key=lambda one: (front[one].walk_m, one))
    room = most - len(chosen)
    # The middle of each of as many equal parts.
    picked = [others[(2 * part + 1) * len(others) // (2 * room)] for part in range(room)]
    return chosen | set(picked)
