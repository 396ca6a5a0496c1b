"""The night's work on prices: when it runs, and what it leaves behind."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.errors import NotFound
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.prices import tasks
from backend.prices.models import BandSnapshot
from backend.queue import connect

MIDNIGHT_IN_THE_CITY = datetime(2026, 11, 24, 16, 0)


def test_the_bands_are_due_once_a_day_ten_minutes_after_the_citys_midnight():
    day = (MIDNIGHT_IN_THE_CITY + timedelta(minutes=minute) for minute in range(24 * 60))
    due = [moment for moment in day if tasks.TAKE_BANDS.is_due(moment)]
    assert due == [MIDNIGHT_IN_THE_CITY + timedelta(minutes=10)]


def test_the_bands_taken_at_night_are_those_of_the_new_day(town):
    outside.clock = StoppedClock(datetime(2026, 11, 24, 16, 10, tzinfo=UTC))
    taken = tasks.take_bands("shenyang")
    assert taken > 0
    assert BandSnapshot.select().where(BandSnapshot.day == "2026-11-25").count() == taken


def test_taking_them_twice_in_a_night_changes_nothing(town):
    first = tasks.take_bands("shenyang")
    kept = BandSnapshot.select().count()
    assert tasks.take_bands("shenyang") == first
    assert BandSnapshot.select().count() == kept


def test_the_queue_runs_the_task_it_was_given(town, tmp_path):
    line = connect(f"sqlite:///{tmp_path}/queue.db")
    tasks.schedule(line, city="shenyang")
    (task,) = line.read_periodic(MIDNIGHT_IN_THE_CITY + timedelta(minutes=10))
    BandSnapshot.delete().execute()
    line.execute(task)
    assert BandSnapshot.select().count() > 0


def test_a_city_without_rules_is_refused_in_words(house):
    with pytest.raises(NotFound, match="没有 atlantis 的政策包"):
        tasks.take_bands("atlantis")


def test_a_night_that_was_slept_through_is_made_up_for_at_the_start(town):
    assert not tasks.are_bands_missing()
    outside.clock = StoppedClock(datetime(2026, 11, 26, 1, 0, tzinfo=UTC))
    assert tasks.are_bands_missing()
    tasks.take_bands("shenyang")
    assert not tasks.are_bands_missing()
