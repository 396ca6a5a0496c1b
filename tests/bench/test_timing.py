"""How times are taken and how they are told."""

import pytest

from bench import report
from bench.timing import Times, measured


@pytest.mark.parametrize(
    ("percent", "expected"), [(1, 1.0), (50, 50.0), (95, 95.0), (99, 99.0), (100, 100.0)]
)
def test_a_percentile_is_a_time_that_was_measured(percent, expected):
    assert Times(tuple(float(ms) for ms in range(1, 101))).within(percent) == expected


def test_one_time_is_every_percentile():
    assert {Times((7.0,)).within(percent) for percent in (1, 50, 100)} == {7.0}


def test_everybody_answers_every_question_and_takes_turns_to_begin():
    order = []
    asked = [{name: lambda said=(name, n): order.append(said) for name in "abc"} for n in range(3)]
    measured("", asked, warm_up=0)
    assert "".join(name for name, _ in order) == "abcbcacab"


def test_warming_up_is_not_counted():
    answered = []
    asked = [{"one": lambda: answered.append(1)}] * 5
    found = measured("", asked, warm_up=2)
    assert (len(answered), len(found["one"].ms)) == (5, 3)


def test_a_way_nobody_was_asked_by_is_a_dash():
    rows = report.answers({"空": {"http": Times((1.0, 2.0))}})
    assert rows[1] == ["空", "–", "1.00 / 2.00 / 2.00", "–", "–", "–"]


def test_the_ratio_is_one_of_medians():
    rows = report.answers({"问": {"call": Times((1.0, 3.0, 90.0)), "raw": Times((2.0,))}})
    assert rows[1][-1] == "1.5"


def test_columns_stay_straight_under_chinese_words():
    lines = report.plain([["问题", "x"], ["offers", "y"]]).splitlines()
    assert len({report.width(line) for line in lines}) == 1


def test_a_table_of_a_page_has_a_line_under_its_header():
    assert report.markdown([["a", "b"], ["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
