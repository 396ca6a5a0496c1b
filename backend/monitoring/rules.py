"""The volume-price index (量价比较指数), method "vpi-1": an outlet's prices beside the city's.

No document that was found gives the official formula, so the method is ours, published and
versioned; its numbers stand in the policy pack. A price is only ever divided by the price of
exactly the same product, and the mean of such ratios was chosen over a ratio of sums because no
dear drug outweighs the others. Every ratio is held within bounds, so that one typo cannot make an
index. All numbers are whole: an index is in thousandths, 1000 is equal to the reference.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from backend.policy.monitoring_terms import Monitoring
from backend.prices.bands import nearest_rank

_PERIOD = re.compile(r"(20\d\d)(?:-|/|\.|年)?(0?[1-9]|1[0-2])月?(?:[-/]0?1)?")
_FIGURE = re.compile(r"(\d{1,2})(?:\.(\d{1,3}))?")


class Index(NamedTuple):
    """The index of an outlet (None: undetermined), how many drugs it stands on, and how many of
    them are asked for below, at and above the reference."""

    permille: int | None
    drugs: int
    below: int
    at: int
    above: int


class Tally:
    """The prices of one outlet, added up one after another; their order does not matter."""

    __slots__ = ("above", "at", "below", "total")

    def __init__(self) -> None:
        self.below = self.at = self.above = self.total = 0

    def add(self, price_fen: int, reference_fen: int, terms: Monitoring) -> None:
        """Count the outlet's price of a drug beside that drug's reference, both in 分."""
        self.total += ratio(price_fen, reference_fen, terms)
        if price_fen < reference_fen:
            self.below += 1
        elif price_fen > reference_fen:
            self.above += 1
        else:
            self.at += 1

    def index(self, terms: Monitoring) -> Index:
        """The index of what was added."""
        drugs = self.below + self.at + self.above
        known = drugs >= terms.min_drugs
        permille = _rounded(self.total, drugs) if known else None
        return Index(permille, drugs, self.below, self.at, self.above)


def index_of(compared: Iterable[tuple[int, int]], terms: Monitoring) -> Index:
    """The index of an outlet from (its price, the reference) of each drug, all in 分."""
    tally = Tally()
    for price_fen, reference_fen in compared:
        tally.add(price_fen, reference_fen, terms)
    return tally.index(terms)


def reference(prices: Sequence[int], terms: Monitoring) -> int | None:
    """What a drug's prices are compared with (分), a price somebody asks; None: too few ask.

    `prices` holds one price for each designated pharmacy of the city, of exactly one product.
    """
    if len(prices) < terms.min_pharmacies:
        return None
    return nearest_rank(sorted(prices), terms.reference_percent)


def ratio(price_fen: int, reference_fen: int, terms: Monitoring) -> int:
    """A price beside its reference in thousandths, rounded half up, held within the bounds."""
    exact = _rounded(1000 * price_fen, reference_fen)
    return min(max(exact, terms.low_permille), terms.high_permille)


def _rounded(amount, parts):
    return (2 * amount + parts) // (2 * parts)


def period_of(day: date) -> str:
    """The month a day lies in: 2026-11."""
    return f"{day:%Y-%m}"


def period_before(period: str) -> str:
    """The month before: 2026-01 → 2025-12."""
    year, month = map(int, period.split("-"))
    return f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"


def period_written(words: str) -> str | None:
    """The month that is written so, also as spreadsheets make a day of it; None for none."""
    found = _PERIOD.fullmatch(words.replace(" ", ""))
    return f"{found[1]}-{int(found[2]):02}" if found else None


def figure_written(words: str) -> int | None:
    """A published figure in thousandths: 1.085 → 1085; None where it is no such number.

    It is written with 1 as the reference, above 0 and below 10, to three places at most.
    """
    found = _FIGURE.fullmatch(words.strip())
    thousandths = int(found[1]) * 1000 + int(f"{found[2] or '':0<3}") if found else 0
    return thousandths if 0 < thousandths < 10_000 else None
