"""Marks on a map that would lie on each other are drawn as one circle that counts them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass
class Cluster(Generic[Thing]):
    """Things within a finger's breadth of the first of them, which gives the place (units)."""

    x: float
    y: float
    things: list[Thing] = field(default_factory=list)


def clustered(
    things: Iterable[tuple[float, float, Thing]], *, apart: float
) -> Sequence[Cluster[Thing]]:
    """The things, each (x, y, itself), in clusters whose middles are at least `apart` units apart.

    A thing joins the earliest cluster within reach, so the same things in the same order always
    give the same clusters; the first of the things keeps its own place.
    """
    made: list[Cluster[Thing]] = []
    cells: dict[tuple[int, int], list[Cluster[Thing]]] = defaultdict(list)
    for x, y, thing in things:
        cell = int(x // apart), int(y // apart)
        cluster = _near(cells, cell, x, y, apart)
        if cluster is None:
            cluster = Cluster(x, y)
            made.append(cluster)
            cells[cell].append(cluster)
        cluster.things.append(thing)
    return made


def _near(cells, cell, x, y, apart):
    beside = (
        one
        for column in range(cell[0] - 1, cell[0] + 2)
        for row in range(cell[1] - 1, cell[1] + 2)
        for one in cells.get((column, row), ())
    )
    return next(
        (one for one in beside if (one.x - x) ** 2 + (one.y - y) ** 2 < apart * apart), None
    )
