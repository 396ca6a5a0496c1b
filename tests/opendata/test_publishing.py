"""Publishing: from one moment, whole or not at all, the same for the same, one at a time."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.errors import NotNow
from backend.opendata import folders, tasks
from backend.opendata.actions import publish
from backend.opendata.folders import sums
from backend.opendata.moment import look
from backend.opendata.when import PUBLISH_DATA
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.queue import connect
from tests.intake.processes import KILLED, end, start
from tests.makers import visible
from tests.opendata.conftest import TODAY
from tests.opendata.shops import PHARMACY, ask, asked, hand_in, open_shops, opened, rows

TOMORROW = TODAY + timedelta(days=1)


def half_done(root):
    used = {os.readlink(root / day).rpartition("/")[2] for day in folders.days(root)}
    return {path.name for path in (root / ".kept").iterdir()} - used


def test_both_engines_publish_the_same_bytes(town, tmp_path, published):
    assert sums(opened(tmp_path)) == sums(published)


def test_the_same_data_on_the_same_day_is_the_same_to_the_byte(house, tmp_path):
    open_shops(tmp_path)
    hand_in(tmp_path, asked(0, 0, "3.40"))
    first = opened(tmp_path / "one")
    outside.clock = StoppedClock(outside.clock.moment + timedelta(hours=5))
    again = opened(tmp_path / "other")
    assert sums(first) == sums(again)
    for path in first.iterdir():
        other = again / path.name
        assert path.read_bytes() == other.read_bytes()
        assert path.stat().st_mtime == other.stat().st_mtime


def test_the_open_prices_are_those_of_the_site_but_for_what_residents_saw(town, tmp_path):
    day = opened(tmp_path)
    told = {(r["drug"], r["outlet"], r["price_fen"], r["observed_on"]) for r in rows(day, "price")}
    shown = set(visible())
    assert told <= shown
    hidden = db.run("SELECT COUNT(*) FROM offer WHERE source IN (1, 4)").fetchone()[0]
    assert len(shown) - len(told) == hidden > 0


def test_what_is_handed_in_and_not_published_yet_is_not_in_it(house, tmp_path):
    open_shops(tmp_path)
    hand_in(tmp_path, asked(0, 0, "3.40"))
    before = sums(opened(tmp_path))
    db.run("INSERT INTO delivery (kind, name, digest, state, whole, rows, diff, problems,"
           " problem_count, doubt_count, basis, number, cursor, owner, received_at, beat_at)"
           " VALUES ('prices', 'x', 'x', 'publishing', 0, 1, '{}', '[]', 0, 0, 0, 999, 0, '',"
           " '2026-11-24 01:00:00', '2026-11-24 01:00:00')")  # fmt: skip
    number = db.run("SELECT MAX(id) FROM delivery").fetchone()[0]
    db.run("INSERT INTO observation (key, drug_id, outlet_id, price_fen, observed_on, source,"
           " evidence, selling, delivery_id) SELECT 7, drug_id, outlet_id, 999, '2026-11-24', 5,"
           " '', 1, ? FROM observation", number)  # fmt: skip
    assert sums(opened(tmp_path)) == before


def test_every_table_is_of_the_moment_it_began(house, tmp_path):
    """A price somebody else hands in while they are written is in none of them."""
    open_shops(tmp_path)
    hand_in(tmp_path, asked(0, 0, "3.40"))
    before = sums(opened(tmp_path))
    done = []

    def clerk():
        with db.opened():
            hand_in(tmp_path, asked(1, 1, "9.99"))

    def meanwhile(step, share):
        if not done:
            done.append(step)
            with ThreadPoolExecutor(1) as other:
                other.submit(clerk).result()

    root = tmp_path / "open-data"
    publish(root, TODAY, city="shenyang", nights=9, progress=meanwhile)
    assert sums(root / TODAY.isoformat()) == before
    assert sums(opened(tmp_path)) != before


def dying(step):
    def progress(name, share):
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return progress


@pytest.mark.parametrize("step", ["读取", "写开放数据", "核对开放数据"])
def test_killed_anywhere_it_leaves_the_last_good_one_and_the_next_clears_up(house, tmp_path, step):
    open_shops(tmp_path)
    hand_in(tmp_path, asked(0, 0, "3.40"), asked(1, 0, "3.50"))
    root = tmp_path / "open-data"
    good = sums(opened(tmp_path))
    hand_in(tmp_path, asked(2, 0, "3.60"))
    killed = start(lambda: publish(root, TODAY, city="shenyang", nights=9, progress=dying(step)))
    assert end(killed) == KILLED
    assert folders.days(root) == [TODAY.isoformat()]
    assert sums(root / TODAY.isoformat()) == good
    assert list(folders.faults(root / TODAY.isoformat())) == []
    assert len(half_done(root)) == 1 or step == "核对开放数据"
    fresh = opened(tmp_path, TOMORROW)
    assert len(rows(fresh, "price")) == 3
    assert half_done(root) == set()


def test_what_goes_wrong_leaves_nothing_half_done(house, tmp_path):
    open_shops(tmp_path)

    def fail(step, share):
        if step == "写开放数据":
            raise OSError("the disk is full")

    root = tmp_path / "open-data"
    with pytest.raises(OSError, match="full"):
        publish(root, TODAY, city="shenyang", nights=9, progress=fail)
    assert folders.days(root) == []
    assert half_done(root) == set()


def test_only_one_process_publishes_at_a_time(house, tmp_path):
    open_shops(tmp_path)
    root = tmp_path / "open-data"
    with db.alone("open_data"):
        other = start(lambda: publish(root, TODAY, city="shenyang", nights=9))
        if db.is_postgres():
            # The turn is the connection's, and that was closed for the other process.
            assert end(other) == 0
        else:
            assert end(other) == 1
    assert publish(root, TODAY, city="shenyang", nights=9)["outlet"] == 4


def test_so_many_nights_are_kept(house, tmp_path):
    open_shops(tmp_path)
    root = tmp_path / "open-data"
    for number in range(5):
        publish(root, TODAY + timedelta(days=number), city="shenyang", nights=3)
    assert folders.days(root) == ["2026-11-28", "2026-11-27", "2026-11-26"]
    assert len(list((root / ".kept").iterdir())) == 3


def test_the_bands_of_earlier_days_stay_as_they_were_published(house, tmp_path):
    open_shops(tmp_path, outlets=12, **PHARMACY)
    hand_in(tmp_path, *(asked(n, 0, f"3.{n:02d}") for n in range(12)))
    first = ask(opened(tmp_path), "SELECT * FROM band")
    hand_in(tmp_path, *(asked(n, 0, f"4.{n:02d}", 观测日期="2026-11-24") for n in range(12)))
    then = ask(opened(tmp_path, TOMORROW), "SELECT * FROM band ORDER BY day")
    assert len(then) == 2
    assert [row for row in then if row[1] == TODAY.isoformat()] == first
    assert then[1][4] > first[0][4]
    assert sums(opened(tmp_path, TOMORROW)) == sums(opened(tmp_path, TOMORROW))


def test_bands_of_a_file_that_is_broken_are_left_out_and_nothing_stops(house, tmp_path):
    open_shops(tmp_path)
    (opened(tmp_path) / "sanjin.db").write_bytes(b"no database")
    assert rows(opened(tmp_path, TOMORROW), "band") == []


def test_an_empty_house_has_nothing_to_publish(house, tmp_path):
    with pytest.raises(NotNow, match="还没有发布过"):
        opened(tmp_path)
    assert not tasks.is_data_missing(tmp_path / "open-data")


MIDNIGHT_IN_THE_CITY = datetime(2026, 11, 24, 16, 0)


def test_it_is_due_once_a_day_forty_minutes_after_the_citys_midnight():
    day = (MIDNIGHT_IN_THE_CITY + timedelta(minutes=minute) for minute in range(24 * 60))
    due = [moment for moment in day if PUBLISH_DATA.is_due(moment)]
    assert due == [MIDNIGHT_IN_THE_CITY + timedelta(minutes=40)]


def test_the_queue_publishes_the_day_that_has_begun_and_makes_up_for_a_night(house, tmp_path):
    open_shops(tmp_path)
    root = tmp_path / "open-data"
    line = connect(f"sqlite:///{tmp_path}/queue.db")
    tasks.schedule(line, city="shenyang", root=root, nights=9)
    outside.clock = StoppedClock(datetime(2026, 11, 24, 16, 40, tzinfo=UTC))
    assert tasks.is_data_missing(root)
    (task,) = line.read_periodic(MIDNIGHT_IN_THE_CITY + timedelta(minutes=40))
    line.execute(task)
    assert folders.days(root) == ["2026-11-25"]
    assert not tasks.is_data_missing(root)


@pytest.fixture
def flask(house, tmp_path):
    house.config["SETTINGS"].__dict__["open_data_dir"] = str(tmp_path / "open-data")
    return house.test_cli_runner().invoke


def test_the_operator_publishes_and_checks_by_hand(flask, house, tmp_path):
    assert "还没有开放数据" in flask(args=["data", "check"]).stderr
    refused = flask(args=["data", "publish"])
    assert (refused.exit_code, "还没有发布过" in refused.stderr) == (1, True)
    open_shops(tmp_path)
    told = flask(args=["data", "publish"])
    assert (told.exit_code, "17 张表" in told.output) == (0, True)
    assert "1 天的开放数据和校验和相符" in flask(args=["data", "check"]).output


def test_a_file_that_was_changed_lost_or_added_is_named(flask, house, tmp_path):
    open_shops(tmp_path)
    day = opened(tmp_path)
    with (day / "outlet.csv").open("a") as file:
        file.write("one more\n")
    (day / "drug.csv").unlink()
    (day / "extra.csv").touch()
    told = flask(args=["data", "check", day.name])
    assert told.exit_code == 1
    assert sorted(told.stderr.splitlines()) == [
        f"{day.name}/drug.csv：没有这个文件",
        f"{day.name}/extra.csv：不在校验和的清单里",
        f"{day.name}/outlet.csv：内容和校验和不符",
    ]
    assert flask(args=["data", "check", "2020-01-01"]).exit_code == 1


def test_a_pack_that_does_not_say_what_is_small_publishes_nothing(house, tmp_path):
    open_shops(tmp_path)
    moment = look(TODAY, city="shenyang")
    moment.pack = replace(moment.pack, open_data=None)
    with pytest.raises(NotNow, match="没有写 open_data"):
        assert moment.terms
