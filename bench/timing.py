"""Measuring: the same question put to several answerers in turn, and what most answers took."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from tqdm import tqdm

Answerer = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """What an answerer took, in milliseconds, from the shortest to the longest."""

    ms: tuple[float, ...]

    def within(self, percent: int) -> float:
        """The smallest time that so many percent of the answers did not exceed."""
        return self.ms[max(0, -(-len(self.ms) * percent // 100) - 1)]


def measured(
    title: str, asked: Sequence[Mapping[str, Answerer]], *, warm_up: int
) -> dict[str, Times]:
    """The times of each answerer by name; every element of `asked` is one question to all of them.

    The first `warm_up` questions are answered but not counted. All answerers take their turn at
    each question, so that a noisy moment of the machine strikes all alike; who begins changes from
    question to question, because who comes second finds the pages in memory.
    """
    spent: dict[str, list[float]] = {name: [] for name in asked[0]}
    for number, one in enumerate(tqdm(asked, desc=title, leave=False)):
        for name in _in_turn(list(one), number):
            before = perf_counter()
            one[name]()
            took = perf_counter() - before
            if number >= warm_up:
                spent[name].append(took * 1000)
    return {name: Times(tuple(sorted(ms))) for name, ms in spent.items()}


def _in_turn(names: list[str], number: int) -> Iterator[str]:
    first = number % len(names)
    yield from names[first:]
    yield from names[:first]
