"""What residents may report, and what of it weighs enough: agreed prices, prices far off."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from backend.policy.report_terms import Outliers, Reports

# What is said, by what it is counted as.
COUNTED_AS = {
    "out_of_stock": "stock",
    "wrong_price": "price",
    "closed": "closed",
    "wrong_place": "place",
}
# What is said of a drug at an outlet; the rest is said of the outlet.
OF_A_DRUG = ("out_of_stock", "wrong_price")
MOST_FEN = 100_000_000


class Said(NamedTuple):
    """So many askers named this price (分) on a day."""

    day: date
    price_fen: int
    askers: int


class Agreed(NamedTuple):
    """A price (分) enough independent askers named, and the last day on which one did."""

    price_fen: int
    askers: int
    observed_on: date


def agreed(said: Iterable[Said], terms: Reports) -> Agreed | None:
    """The price of a drug at an outlet that enough of them named; whose order does not matter.

    Of several the one most named, then the one named last. Marks live for a day: the same person
    counts anew on the next, so some must have named it on one and the same day.
    """
    by_price: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        by_price[one.price_fen].append(one)
    enough = (_together(ones) for ones in by_price.values() if _is_enough(ones, terms))
    return max(enough, key=lambda one: (one.askers, one.observed_on, -one.price_fen), default=None)


def _is_enough(ones, terms):
    days = [one.askers for one in ones]
    return sum(days) >= terms.agree and max(days) >= terms.agree_same_day


def _together(ones):
    return Agreed(ones[0].price_fen, sum(one.askers for one in ones), max(one.day for one in ones))


def median_if_far(price_fen: int, asked: Sequence[int], terms: Outliers) -> int | None:
    """The median (分) of what outlets ask where a price is far from it; None where it is not, or
    too few ask."""
    if len(asked) < terms.least:
        return None
    middle = int(median(asked))
    far = price_fen > terms.factor * middle or terms.factor * price_fen < middle
    return middle if far else None
