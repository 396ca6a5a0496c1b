"""Which observation is shown, what a change is, what stays after years: pure decisions."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from backend.prices.bands import rank_of

QUARTILES = (25, 50, 75)


class Seen(NamedTuple):
    """An observation of one drug at one outlet; the later of two has the higher number.

    `source` is its weight, `price_fen` in 分, `in_stock` None where nobody said.
    """

    day: date
    source: int
    number: int
    price_fen: int
    in_stock: bool | None = None
    selling: bool = True

    @property
    def rank(self) -> tuple[date, int, int]:
        """The published order: the newest day, the weightier source, the last handed in."""
        return self.day, self.source, self.number


def shown(seen: Iterable[Seen]) -> Seen | None:
    """The one whose price is shown; None where there is none, or it says: not sold any more."""
    newest = max(seen, key=lambda one: one.rank, default=None)
    return newest if newest and newest.selling else None


def won_their_day(seen: Iterable[Seen]) -> list[Seen]:
    """Of each day the one that counts, the oldest first: each was shown until the next."""
    ordered = sorted(seen, key=lambda one: one.rank)
    return [list(of_day)[-1] for _, of_day in groupby(ordered, key=lambda one: one.day)]


def changes(before: Seen | None, after: Seen) -> set[str]:
    """What a new observation changes in what is shown: the kinds of facts it makes."""
    if before is None or not before.selling:
        return {"first"} if after.selling else set()
    if not after.selling:
        return {"withdrawn"}
    return set(_of_price(before, after)) | set(_of_stock(before, after))


def _of_price(before, after):
    if after.price_fen != before.price_fen:
        yield "down" if after.price_fen < before.price_fen else "up"


def _of_stock(before, after):
    # That there is some is news only where there was none; that there is none always is.
    if after.in_stock and before.in_stock is False:
        yield "restocked"
    if after.in_stock is False and before.in_stock is not False:
        yield "sold_out"


class Old(NamedTuple):
    """An old observation as thinning sees it: its id, and of which pair and month it is."""

    id: int
    month: Hashable


def superseded(old: Sequence[Old]) -> list[int]:
    """The ids of all but the last of each month; `old` stands in the published order by pair."""
    return [one.id for one, then in pairwise(old) if one.month == then.month]


class DayPrices(NamedTuple):
    """What is asked on a day: how many ask, quartiles by nearest rank (分), how many ask no more
    than the winning price."""

    outlets: int
    low_fen: int
    median_fen: int
    high_fen: int
    at_winning: int


def day_prices(asked: Mapping[int, int], winning_fen: int | None) -> DayPrices:
    """Summed up from how often each price (分) is asked; ValueError where none is."""
    count = sum(asked.values())
    if not count:
        raise ValueError("No price, no quartiles")
    low, median, high = _at_ranks(asked, [rank_of(count, percent) for percent in QUARTILES])
    ceiling = -1 if winning_fen is None else winning_fen
    at_winning = sum(many for fen, many in asked.items() if fen <= ceiling)
    return DayPrices(count, low, median, high, at_winning)


def _at_ranks(asked: Mapping[int, int], ranks: Sequence[int]) -> Iterator[int]:
    """The prices at these ranks (counted from one, ascending)."""
    wanted, passed = list(ranks), 0
    for fen in sorted(asked):
        passed += asked[fen]
        while wanted and wanted[0] <= passed:
            wanted.pop(0)
            yield fen
