"""The price band: real prices as bounds, whole 分, and nobody who can shift it alone."""

import tomllib
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.policy import packs
from backend.prices.bands import Band, compute, first_day, histogram, nearest_rank, summary

DAY = date(2026, 11, 22)
METHOD = packs.pack_on("shenyang", DAY).band
RAW = tomllib.loads((packs.FOLDER / "shenyang.toml").read_text(encoding="utf-8"))["band"]

TWELVE = list(range(400, 520, 10))
fen = st.integers(1, 10**7)
enough = st.lists(fen, min_size=10, max_size=60)


def band_of(prices, method=METHOD):
    return compute(prices, method, day=DAY)


def test_a_band_needs_ten_pharmacies():
    assert band_of([400] * 9) is None
    assert band_of([400] * 10).count == 10


def test_no_prices_make_no_band():
    assert band_of([]) is None


def test_the_bounds_are_the_third_and_the_ninth_of_twelve_prices():
    assert band_of(TWELVE) == Band(420, 480, 624, 12, "band-1", DAY)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(10, 3, 8), (11, 3, 9), (12, 3, 9), (13, 4, 10), (100, 25, 75)]
)
def test_the_rank_of_a_bound_is_rounded_up(count, low, high):
    band = band_of(range(1, count + 1))
    assert (band.low_fen, band.high_fen) == (low, high)


def test_clearly_high_takes_the_laxer_of_the_two_margins():
    narrow, wide = band_of([400] * 12), band_of([100] * 6 + [400] * 6)
    assert narrow.clear_fen == 400 + 120
    assert wide.clear_fen == 400 + 450


def test_a_margin_that_is_not_whole_is_rounded_in_the_outlets_favour():
    assert band_of([401] * 12).clear_fen == 401 + 121


def test_a_band_as_numbers_says_its_method_and_day():
    assert band_of(TWELVE).as_numbers() == {
        "low_fen": 420, "high_fen": 480, "clear_fen": 624,
        "count": 12, "method": "band-1", "day": "2026-11-22",
    }  # fmt: skip


def test_prices_count_for_thirty_days():
    assert first_day(METHOD, day=DAY) == date(2026, 10, 23)


def test_the_method_belongs_to_the_pack_and_not_to_the_code():
    method = replace(METHOD, version="band-2", min_observations=3, low_percent=50)
    assert compute([1, 2, 3], method, day=DAY) == Band(2, 3, 5, 3, "band-2", DAY)


@given(enough)
def test_a_band_recomputed_in_fractions_from_the_packs_text_is_the_same(prices):
    ranked = sorted(prices)

    def bound(percent):
        return next(
            price
            for price in ranked
            if Fraction(sum(p <= price for p in ranked), len(ranked)) >= Fraction(percent, 100)
        )

    low, high = bound(RAW["low_percent"]), bound(RAW["high_percent"])
    clear = max(
        ceil(high * (1 + Fraction(RAW["clear_percent"], 100))),
        ceil(high + Fraction(RAW["clear_spread_percent"], 100) * (high - low)),
    )
    assert band_of(prices) == Band(low, high, clear, len(prices), RAW["version"], DAY)


@given(enough, st.randoms(use_true_random=False))
def test_the_order_of_the_pharmacies_changes_nothing(prices, random):
    shuffled = random.sample(prices, len(prices))
    assert band_of(shuffled) == band_of(prices)


def neighbours(ranked, percent):
    """The order statistics just below and just above the bound of these prices."""
    at = -(-len(ranked) * percent // 100) - 1
    return ranked[max(at - 1, 0)], ranked[min(at + 1, len(ranked) - 1)]


@given(st.lists(fen, min_size=11, max_size=60, unique=True), st.data())
def test_one_pharmacy_moves_a_bound_at_most_to_the_neighbouring_price(prices, data):
    ranked = sorted(prices)
    changed = list(prices)
    changed[data.draw(st.integers(0, len(prices) - 1))] = data.draw(fen)
    joined, left = [*prices, data.draw(fen)], prices[1:]
    for percent in (METHOD.low_percent, METHOD.high_percent):
        below, above = neighbours(ranked, percent)
        for others in (changed, joined, left):
            assert below <= nearest_rank(sorted(others), percent) <= above


def test_the_middle_price_is_one_that_somebody_asks():
    found = summary([500, 400, 450, 900])
    assert (found.min_fen, found.median_fen, found.max_fen, found.count) == (400, 450, 900, 4)
    assert summary([]) is None


def test_bars_break_exactly_above_the_band():
    bars = histogram([*TWELVE, 900], band_of(TWELVE), 8)
    starts = [bar.from_fen for bar in bars]
    assert 481 in starts
    assert [bar.place for bar in bars if bar.from_fen < 481] == ["in_band"] * starts.index(481)
    assert bars[-1].place == "clearly_high"


def test_bars_without_a_band_say_so():
    assert {bar.place for bar in histogram([1, 2, 3], None, 5)} == {"no_band"}


def test_one_price_makes_one_bar_and_none_makes_none():
    assert [(b.from_fen, b.to_fen, b.count) for b in histogram([435], None, 8)] == [(435, 435, 1)]
    assert histogram([], None, 8) == ()


def test_a_single_bar_is_no_distribution():
    with pytest.raises(ValueError, match="two bars"):
        histogram([1, 2], None, 1)


@given(st.lists(fen, min_size=1, max_size=40), st.integers(2, 30), st.booleans())
def test_bars_are_few_equal_and_hold_every_price_once(prices, bins, banded):
    band = band_of(prices) if banded else None
    bars = histogram(prices, band, bins)
    assert len(bars) <= bins
    assert len({bar.to_fen - bar.from_fen for bar in bars}) == 1
    assert sum(bar.count for bar in bars) == len(prices)
    starts = [bar.from_fen for bar in bars]
    for bar, start in zip(bars, starts, strict=True):
        ranked = sorted(prices)
        inside = bisect_left(ranked, bar.to_fen + 1) - bisect_left(ranked, start)
        assert inside == bar.count
    if band and max(prices) > band.high_fen:
        assert band.high_fen + 1 in starts


def test_a_price_far_away_is_still_one_bar_and_soon_counted():
    assert len(histogram([*TWELVE, 10**13], band_of(TWELVE), 12)) <= 12
