"""Which observation is shown, what a change is, what stays: decided by rules alone."""

from collections import Counter
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.history.rules import (
    Old,
    Seen,
    changes,
    day_prices,
    shown,
    superseded,
    won_their_day,
)
from backend.prices.bands import nearest_rank

DAY = date(2026, 11, 20)


def seen(ago=0, source=2, number=1, fen=340, stock=True, selling=True):
    return Seen(DAY - timedelta(days=ago), source, number, fen, stock, selling)


observations = st.lists(
    st.builds(
        seen, ago=st.integers(0, 3), source=st.integers(1, 5), number=st.integers(1, 99),
        fen=st.integers(300, 400), selling=st.booleans(),
    ),
    unique_by=lambda one: one.number, max_size=12,
)  # fmt: skip


def published(found):
    """The published rule, looked up sentence by sentence."""
    for day in sorted({one.day for one in found}, reverse=True):
        of_day = [one for one in found if one.day == day]
        weight = max(one.source for one in of_day)
        heaviest = [one for one in of_day if one.source == weight]
        last = [one for one in heaviest if all(other.number <= one.number for other in heaviest)]
        return last[0] if last[0].selling else None
    return None


@given(observations, st.randoms(use_true_random=False))
def test_what_is_shown_is_what_the_published_rule_gives_in_whatever_order(found, random):
    wanted = published(found)
    random.shuffle(found)
    assert shown(found) == wanted


@given(observations)
def test_of_each_day_one_counts_and_the_last_of_them_is_the_one_shown(found):
    counted = won_their_day(found)
    assert [one.day for one in counted] == sorted({one.day for one in found})
    last = counted[-1] if counted else None
    assert shown(found) == (last if last and last.selling else None)


def test_the_newest_day_goes_before_the_weight_and_the_weight_before_the_hour():
    old, light, heavy = seen(1, source=5), seen(0, source=2, number=9), seen(0, source=3, number=2)
    for order in permutations((old, light, heavy)):
        assert shown(order) == heavy


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (None, seen(), {"first"}),
        (None, seen(selling=False), set()),
        (seen(selling=False), seen(), {"first"}),
        (seen(), seen(), set()),
        (seen(fen=340), seen(fen=310), {"down"}),
        (seen(fen=340), seen(fen=350), {"up"}),
        (seen(stock=False), seen(stock=True), {"restocked"}),
        (seen(stock=None), seen(stock=True), set()),
        (seen(stock=True), seen(stock=False), {"sold_out"}),
        (seen(stock=None), seen(stock=False), {"sold_out"}),
        (seen(stock=False), seen(stock=None), set()),
        (seen(fen=340, stock=False), seen(fen=310, stock=True), {"down", "restocked"}),
        (seen(), seen(fen=9, stock=False, selling=False), {"withdrawn"}),
    ],
)
def test_what_a_new_observation_changes(before, after, kinds):
    assert changes(before, after) == kinds


def test_of_each_month_of_a_pair_only_the_last_stays():
    pair, other = (1, 2), (1, 3)
    old = [Old(1, (pair, "2023-01")), Old(2, (pair, "2023-01")), Old(3, (pair, "2023-02")),
           Old(4, (other, "2023-02")), Old(5, (other, "2023-02"))]  # fmt: skip
    assert superseded(old) == [1, 4]
    assert superseded([]) == []


@given(st.lists(st.integers(1, 60), min_size=1), st.one_of(st.none(), st.integers(1, 60)))
def test_quartiles_are_those_of_the_band_by_nearest_rank(prices, winning):
    told, ranked = day_prices(Counter(prices), winning), sorted(prices)
    assert told[:4] == (len(ranked), *(nearest_rank(ranked, p) for p in (25, 50, 75)))
    assert told.at_winning == sum(winning is not None and fen <= winning for fen in ranked)


def test_nobody_asks_nothing():
    with pytest.raises(ValueError, match="No price"):
        day_prices({}, None)
