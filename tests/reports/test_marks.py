"""The key of a day and its marks go with the day."""

import time
from datetime import datetime, timedelta

import pytest

from backend.outside import outside
from backend.outside.clock import CITY_TIME
from backend.outside.limits import connect
from tests.servers import redis_server

LAST_SECOND = datetime(2026, 11, 24, 23, 59, 59, tzinfo=CITY_TIME)


@pytest.fixture(params=["sqlite", "redis"])
def shared(request, tmp_path):
    """The URL of counts that several processes share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/limits.db"
        return
    with redis_server(tmp_path) as address:
        yield address


def test_processes_agree_and_forget_together(shared):
    moment = LAST_SECOND - timedelta(hours=9)
    several = [connect(shared, "off").reporters for _ in range(5)]
    assert [one.times("me", "closed 1 0", moment) for one in several] == [1, 2, 3, 4, 5]
    several[0].forget("me", "closed 1 0", moment)
    assert several[1].times("me", "closed 1 0", moment) == 1
    assert several[2].times("me", "closed 1 0", moment + timedelta(days=1)) == 1


def test_no_process_keeps_the_key_of_a_day(shared):
    reporters = connect(shared, "off").reporters
    reporters.times("me", "closed 1 0", LAST_SECOND)
    assert reporters.key == ("", b"")


def test_the_weeks_marks_and_the_days_have_nothing_in_common(shared):
    limits = connect(shared, "off")
    monday = datetime(2026, 11, 23, 10, tzinfo=CITY_TIME)
    assert limits.newcomers.is_new("me", "about", monday)
    assert limits.reporters.times("me", "about", monday) == 1


def test_after_midnight_neither_key_nor_mark_lies_in_any_file(tmp_path):
    limits = connect(f"sqlite:///{tmp_path}/limits.db", "off")
    for number in range(3_000):
        limits.reporters.times(f"asker {number}", f"closed {number} 0", LAST_SECOND)
    asked = "SELECT count FROM hits WHERE asker LIKE 'reporters %'"
    (key,) = limits.counts.file.execute(asked).fetchone()
    time.sleep(1.1)
    limits.sweep()
    limits.close()
    kept = b"".join(one.read_bytes() for one in tmp_path.glob("limits.db*"))
    assert b"reporter" not in kept
    assert key.to_bytes(8, "big") not in kept


def test_the_night_sweeps_them_though_nobody_asks(house, tmp_path):
    outside.limits.reporters.times("me", "closed 1 0", LAST_SECOND)
    time.sleep(1.1)
    outside.limits.sweep()
    outside.let_go()
    assert b"reporter" not in (tmp_path / "limits.db").read_bytes()
