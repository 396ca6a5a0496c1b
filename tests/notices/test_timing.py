"""When a message may go out: nobody is woken, cases gather, whoever just wrote is answered."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notices.timing import Terms, after_the_night, due, is_quiet
from backend.outside.clock import CITY_TIME

TERMS = Terms(quiet_from=21, quiet_to=8, gather_s=120, just_now_s=600)
DAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning in the city
NIGHT = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # half past eleven at night
SMALL_HOURS = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # four in the morning, the next day
MORNING = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


def test_by_day_it_goes_out_at_once():
    assert due(DAY, TERMS, urgent=False, gathers=False) == DAY


@pytest.mark.parametrize("moment", [NIGHT, SMALL_HOURS])
def test_at_night_it_waits_for_the_morning(moment):
    assert due(moment, TERMS, urgent=False, gathers=False) == MORNING


def test_what_is_urgent_waits_for_nothing():
    assert due(NIGHT, TERMS, urgent=True, gathers=True) == NIGHT


def test_whoever_wrote_a_moment_ago_is_awake():
    lately = NIGHT - timedelta(minutes=5)
    assert due(NIGHT, TERMS, urgent=False, gathers=False, acted_at=lately) == NIGHT
    earlier = NIGHT - timedelta(minutes=11)
    assert due(NIGHT, TERMS, urgent=False, gathers=False, acted_at=earlier) == MORNING


def test_what_belongs_to_a_case_waits_for_others_of_it():
    assert due(DAY, TERMS, urgent=False, gathers=True) == DAY + timedelta(seconds=120)


def test_gathering_does_not_end_in_the_night():
    late = datetime(2026, 11, 24, 12, 59, tzinfo=UTC)
    assert due(late, TERMS, urgent=False, gathers=True) == MORNING


def test_a_city_without_quiet_hours_has_none():
    assert not any(is_quiet(hour, Terms(0, 0, 0, 0)) for hour in range(24))
    assert [h for h in range(24) if is_quiet(h, Terms(13, 15, 0, 0))] == [13, 14]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 23),
       st.integers(0, 23))  # fmt: skip
def test_after_the_night_it_is_never_night_and_never_more_than_a_day_later(moment, first, last):
    terms, moment = Terms(first, last, 0, 0), moment.replace(tzinfo=UTC)
    then = after_the_night(moment, terms)
    assert moment <= then <= moment + timedelta(days=1)
    assert not is_quiet(then.astimezone(CITY_TIME).hour, terms)
