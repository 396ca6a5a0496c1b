"""What is one matter of one week, and what of it may be shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.demand.rules import WHYS, Cell, monday_of, rolled, shown

MONDAY = date(2026, 11, 23)


def cell(days=0, *, district="210103", drug="D1", words="", why="nobody_sells"):
    return Cell(MONDAY + timedelta(days=days), district, drug, words, why)


def test_the_days_of_a_week_are_one_matter_and_the_next_monday_another():
    told = rolled([(cell(0), 4), (cell(6), 7), (cell(7), 2)])
    assert [(one.week, one.askers) for one in told] == [
        (MONDAY + timedelta(days=7), 2), (MONDAY, 11),
    ]  # fmt: skip


def test_reasons_are_summed_and_the_main_one_is_named_alone():
    (told,) = rolled([(cell(0), 4), (cell(1, why="none_in_reach"), 7), (cell(2), 2)])
    assert (told.why, told.askers) == ("none_in_reach", 13)


@pytest.mark.parametrize(
    "other", [{"district": "210104"}, {"drug": "D2"}, {"drug": "", "words": "降压药"}]
)
def test_another_district_drug_or_word_is_another_matter(other):
    assert len(rolled([(cell(), 5), (cell(**other), 5)])) == 2


@pytest.mark.parametrize(("askers", "is_shown"), [(9, False), (10, True), (11, True)])
def test_ten_are_shown_and_nine_are_not(askers, is_shown):
    assert bool(list(shown(rolled([(cell(), askers)]), 10))) == is_shown


CELLS = some.builds(
    cell,
    some.integers(0, 20),
    district=some.sampled_from(["", "210103", "210104"]),
    drug=some.sampled_from(["", "D1", "D2"]),
    words=some.sampled_from(["", "感冒药"]),
    why=some.sampled_from(WHYS),
)


@given(some.lists(some.tuples(CELLS, some.integers(1, 30)), max_size=30), some.integers(2, 20))
def test_nothing_is_lost_in_rolling_and_nothing_small_is_shown(counts, least):
    told = rolled(counts)
    assert sum(one.askers for one in told) == sum(askers for _, askers in counts)
    assert len({one[:4] for one in told}) == len(told)
    assert all(one.week == monday_of(one.week) for one in told)
    assert all(one.askers >= least for one in shown(told, least))
    again = [(Cell(*one[:5]), one.askers) for one in told]
    assert rolled(again) == told
