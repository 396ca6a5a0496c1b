"""Which reported prices weigh enough: never those of one asker, whatever the order."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.policy.packs import pack_on
from backend.reports.rules import Said, agreed, median_if_far

DAY = date(2026, 11, 24)
PACK = pack_on("shenyang", DAY)
TERMS, OUTLIERS = PACK.reports, PACK.outliers

days = st.integers(0, 13).map(lambda n: DAY - timedelta(days=n))
fens = st.sampled_from((499, 500, 501))
# Who said which price on which day; the counts tell askers of one day apart, no more.
voices = st.lists(st.tuples(days, fens, st.integers(1, 4)), max_size=30)


def counted(said):
    """As the table has it: an asker counts once a day, for the first price he names."""
    first = {}
    for day, fen, asker in said:
        first.setdefault((day, asker), fen)
    counts = Counter((day, fen) for (day, _), fen in first.items())
    return [Said(day, fen, askers) for (day, fen), askers in counts.items()]


def test_three_of_whom_two_came_on_one_day_agree():
    said = [Said(DAY, 500, 2), Said(DAY - timedelta(days=3), 500, 1)]
    assert agreed(said, TERMS) == (500, 3, DAY)


@pytest.mark.parametrize(
    "said",
    [
        [],
        [Said(DAY, 500, 2)],
        [Said(DAY, 500, 1), Said(DAY, 600, 1), Said(DAY, 700, 1)],
        [Said(DAY - timedelta(days=n), 500, 1) for n in range(14)],
    ],
)
def test_too_few_or_perhaps_one_and_the_same_do_not(said):
    assert agreed(said, TERMS) is None


def test_the_most_named_price_counts_then_the_one_named_last():
    before = DAY - timedelta(days=1)
    assert agreed([Said(before, 500, 4), Said(DAY, 600, 3)], TERMS).price_fen == 500
    assert agreed([Said(before, 500, 3), Said(DAY, 600, 3)], TERMS).price_fen == 600
    assert agreed([Said(DAY, 600, 3), Said(DAY, 500, 3)], TERMS).price_fen == 500


@given(st.lists(st.tuples(days, fens), max_size=60))
def test_one_asker_moves_nothing_however_often_and_on_however_many_days(said):
    assert agreed(counted([(day, fen, 1) for day, fen in said]), TERMS) is None


@given(st.permutations([(DAY, 500, 1), (DAY, 500, 2), (DAY - timedelta(days=1), 500, 1),
                        (DAY, 501, 3), (DAY - timedelta(days=2), 499, 4)]))  # fmt: skip
def test_the_order_of_reports_does_not_matter(said):
    assert agreed(counted(said), TERMS) == (500, 3, DAY)


@given(voices, st.randoms())
def test_the_order_of_counts_does_not_matter(said, chance):
    told = counted(said)
    shuffled = chance.sample(told, len(told))
    assert agreed(told, TERMS) == agreed(shuffled, TERMS)


@given(voices)
def test_what_is_agreed_was_named_by_enough_and_on_its_day(said):
    told = counted(said)
    found = agreed(told, TERMS)
    if found:
        same = [one for one in told if one.price_fen == found.price_fen]
        assert sum(one.askers for one in same) == found.askers >= TERMS.agree
        assert max(one.askers for one in same) >= TERMS.agree_same_day
        assert max(one.day for one in same) == found.observed_on


@given(voices, fens)
def test_more_who_say_the_agreed_price_never_undo_it(said, fen):
    told = counted(said)
    found = agreed(told, TERMS)
    if found:
        more = [*told, Said(DAY, found.price_fen, 1)]
        assert agreed(more, TERMS).price_fen == found.price_fen


@pytest.mark.parametrize(
    ("price", "far"), [(3000, None), (3001, 1000), (334, None), (333, 1000), (1000, None)]
)
def test_far_is_more_than_three_times_or_less_than_a_third(price, far):
    assert median_if_far(price, [900, 1000, 1100], OUTLIERS) == far


@given(st.integers(1, 10**8), st.lists(st.integers(1, 10**8), max_size=2))
def test_where_too_few_ask_nothing_is_far(price, asked):
    assert median_if_far(price, asked, OUTLIERS) is None


@given(st.integers(1, 10**7), st.lists(st.integers(1, 10**7), min_size=3, max_size=9))
def test_a_wider_factor_finds_no_more(price, asked):
    wider = replace(OUTLIERS, factor=OUTLIERS.factor + 1)
    if median_if_far(price, asked, OUTLIERS) is None:
        assert median_if_far(price, asked, wider) is None
