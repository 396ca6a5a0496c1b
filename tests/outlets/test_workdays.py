"""The city's public holidays and the weekends worked for them, as announced."""

from datetime import date, timedelta

import pytest

from backend import workdays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 1), "国庆节"),
        (date(2026, 10, 3), "国庆节"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 11, 24), None),
        (date(2026, 11, 22), None),
    ],
)
def test_a_holiday_has_a_name_and_a_plain_sunday_has_none(day, name):
    assert workdays.holiday_on(day) == name


def test_a_weekend_worked_for_a_holiday_is_known():
    assert workdays.is_made_up(date(2026, 10, 10))
    assert not workdays.is_made_up(date(2026, 10, 17))


def test_beyond_the_last_announced_year_nobody_claims_to_know():
    last = workdays.last_known()
    after = last + timedelta(days=1)
    assert (last.month, last.day) == (12, 31)
    assert workdays.is_known(last)
    assert not workdays.is_known(after)
    assert workdays.holiday_on(after) is None
    assert not workdays.is_made_up(after)


def test_the_days_ahead_are_told_with_their_names():
    told = workdays.holidays_from(date(2026, 9, 29), 9)
    assert list(told) == [date(2026, 10, day) for day in range(1, 8)]
    assert workdays.made_up_from(date(2026, 10, 8), 5) == {date(2026, 10, 10)}
