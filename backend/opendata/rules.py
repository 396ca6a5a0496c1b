"""What may go out: no figure that few people stand behind, whatever is subtracted from whatever."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from backend.policy.confidence_terms import SourceCode

# Prices people hand in tell where they bought; an institution's own and a clerk's tell of no one.
OFFICIAL: tuple[SourceCode, ...] = ("declaration", "monitoring", "inspection")


class Place(NamedTuple):
    """An outlet and the district it lies in, by their codes."""

    district: str
    outlet: str


class Group(NamedTuple):
    """What is published as one figure: an outlet, or what is left of a district or of the city."""

    area: str
    district: str | None
    outlet: str | None
    places: tuple[Place, ...]


def safe_groups(counts: Mapping[Place, int], k: int) -> list[Group]:
    """How counts of people may be published: every group stands for `k` or more of them.

    An outlet stands alone from `k` on. The others of its district stand together, with the smallest
    of those that stood alone drawn in as long as they are too few or one; then what districts
    could not publish stands together for the city in the same way. So the groups tell everything
    or nothing: who knows a total subtracts to a group, never to less. Used for prices residents
    handed in; counts of complaints by outlet go out through it too.
    """
    shown: list[Group] = []
    left: list[Place] = []
    told = sorted(place for place, count in counts.items() if count > 0)
    for district, places in groupby(told, key=lambda place: place.district):
        alone, rest = _district(district, list(places), counts, k)
        shown += alone
        left += rest
    return sorted(_with_city(shown, left, counts, k), key=_order)


def _district(district, places, counts, k):
    """The groups of a district, and what it must leave to the city."""
    alone = [Group("outlet", district, p.outlet, (p,)) for p in places if counts[p] >= k]
    rest = [p for p in places if counts[p] < k]
    alone, rest = _drawn_in(alone, rest, counts, k)
    if _stands(rest, counts, k):
        return [*alone, Group("district", district, None, tuple(rest))], []
    return alone, rest


def _with_city(shown, left, counts, k):
    shown, left = _drawn_in(shown, left, counts, k)
    if _stands(left, counts, k):
        return [*shown, Group("city", None, None, tuple(left))]
    return shown


def _drawn_in(shown, rest, counts, k):
    """The smallest shown groups move into a rest that could not stand by itself."""
    shown = sorted(shown, key=lambda group: (_sum(group.places, counts), _order(group)))
    rest = list(rest)
    while rest and shown and not _stands(rest, counts, k):
        rest += shown.pop(0).places
    return shown, sorted(rest)


def _stands(places, counts, k):
    return len(places) > 1 and _sum(places, counts) >= k


def _sum(places: Iterable[Place], counts) -> int:
    return sum(counts[place] for place in places)


def _order(group):
    return (
        ("outlet", "district", "city").index(group.area),
        group.district or "",
        group.outlet or "",
    )


class Seen(NamedTuple):
    """A price a resident handed in: where, in which months, on what occasion, how much (分)."""

    place: Place
    month: str
    handed_in: str
    occasion: tuple[str, ...]
    price_fen: int


class Released(NamedTuple):
    """A published group of residents' prices of one drug; prices in 分, ascending."""

    group: Group
    month: str
    handed_in: str
    times: int
    prices: tuple[int, ...]


def released(seen: Iterable[Seen], *, k: int, day: date) -> Iterator[Released]:
    """What may be told on a day of the prices residents saw of one drug.

    Only months that are over, by when it was seen and by when it was handed in, each pair of them
    by itself: so a group never grows once it is out, and two nights never differ by one person.
    One receipt, or one day's reports, are one occasion however many rows they have.
    """
    now = month_of(day)
    by_months = sorted((one for one in seen if one.handed_in < now), key=_months)
    for (month, handed_in), rows in groupby(by_months, key=_months):
        yield from _of_months(month, handed_in, list(rows), k)


def _months(one):
    return one.month, one.handed_in


def _of_months(month, handed_in, rows, k):
    occasions: dict[Place, set] = {}
    for one in rows:
        occasions.setdefault(one.place, set()).add(one.occasion)
    counts = {place: len(found) for place, found in occasions.items()}
    for group in safe_groups(counts, k):
        prices = sorted(one.price_fen for one in rows if one.place in group.places)
        yield Released(group, month, handed_in, _sum(group.places, counts), tuple(prices))


def month_of(day: date | str) -> str:
    """The month of a day: 2026-11."""
    return str(day)[:7]
