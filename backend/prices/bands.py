"""The price band (相对集中价格区间), method "band-1": order statistics of real shelf prices.

The text leaves the band undefined, so the method is ours, published and versioned; its numbers
stand in the policy pack. Nearest-rank quartiles were chosen over a mean or a fitted curve because
each bound is a price somebody asks, and because one outlet that changes its price, joins or leaves
moves a bound at most to the neighbouring price: nobody can shift the band alone.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backend.policy.terms import BandMethod


@dataclass(frozen=True)
class Band:
    """Bounds in 分, both inside the band; above `clear_fen` a price is clearly high."""

    low_fen: int
    high_fen: int
    clear_fen: int
    count: int
    method: str
    day: date

    def as_numbers(self) -> dict[str, int | str]:
        """The same as plain values, the day as ISO text."""
        return {**vars(self), "day": self.day.isoformat()}


@dataclass(frozen=True)
class Bin:
    """A bar of the distribution: prices from `from_fen` to `to_fen` (分, both ends count)."""

    from_fen: int
    to_fen: int
    count: int
    place: str


@dataclass(frozen=True)
class Summary:
    """Lowest, middle and highest price in 分; the middle one is a price somebody asks."""

    min_fen: int
    median_fen: int
    max_fen: int
    count: int


def first_day(method: BandMethod, *, day: date) -> date:
    """The oldest observation day that still counts for a band of `day`."""
    return day - timedelta(days=method.window_days)


def compute(prices: Sequence[int], method: BandMethod, *, day: date) -> Band | None:
    """The band of these prices in 分, or None when they are too few.

    `prices` holds one current price for each designated pharmacy of the city (in 三进 or not), of
    exactly one product, observed between `first_day` and `day`; their order does not matter.
    """
    if len(prices) < method.min_observations:
        return None
    ranked = sorted(prices)
    low = nearest_rank(ranked, method.low_percent)
    high = nearest_rank(ranked, method.high_percent)
    clear = clear_bound(low, high, method=method)
    return Band(low, high, clear, len(ranked), method.version, day)


def nearest_rank(ranked: Sequence[int], percent: int) -> int:
    """The smallest price that at least `percent` % of the ascending prices do not exceed."""
    return ranked[rank_of(len(ranked), percent) - 1]


def rank_of(count: int, percent: int) -> int:
    """Which of so many ascending prices that is, counted from one."""
    return _share(count, percent)


def clear_bound(low_fen: int, high_fen: int, *, method: BandMethod) -> int:
    """The last price that is not yet clearly high: the laxer of two margins, rounded up."""
    by_share = above(high_fen, high_fen, percent=method.clear_percent)
    by_spread = above(high_fen, high_fen - low_fen, percent=method.clear_spread_percent)
    return max(by_share, by_spread)


def above(high_fen: int, whole_fen: int, *, percent: int) -> int:
    """So many percent of an amount on top of the band's upper bound, in 分, rounded up."""
    return high_fen + _share(whole_fen, percent)


def _share(whole, percent):
    return -(-whole * percent // 100)


def summary(prices: Sequence[int]) -> Summary | None:
    """Lowest, median (nearest rank) and highest of the prices, or None without any."""
    if not prices:
        return None
    ranked = sorted(prices)
    return Summary(ranked[0], nearest_rank(ranked, 50), ranked[-1], len(ranked))


def histogram(prices: Sequence[int], band: Band | None, bins: int) -> tuple[Bin, ...]:
    """At most `bins` bars of equal whole-分 width that cover every price, empty ones among them.

    With a band one edge lies exactly above its upper bound, so that no bar is half inside.
    Raises ValueError for fewer than two bars.
    """
    if bins < 2:
        raise ValueError(f"A distribution needs two bars or more, not {bins}")
    if not prices:
        return ()
    low, high = min(prices), max(prices)
    edge = band.high_fen + 1 if band else low
    width = _width(low - edge, high - edge, bins)
    counts = [0] * ((high - edge) // width - (low - edge) // width + 1)
    first = (low - edge) // width
    for price in prices:
        counts[(price - edge) // width - first] += 1
    starts = (edge + (first + i) * width for i in range(len(counts)))
    return tuple(
        Bin(start, start + width - 1, count, _place(start, band))
        for start, count in zip(starts, counts, strict=True)
    )


def _width(low, high, bins):
    widths = range(1, high - low + 2)
    found = bisect_left(widths, True, key=lambda w: high // w - low // w < bins)
    return widths[min(found, len(widths) - 1)]


def _place(start_fen, band):
    if band is None:
        return "no_band"
    if start_fen > band.clear_fen:
        return "clearly_high"
    return "above_band" if start_fen > band.high_fen else "in_band"
