"""Notes are told in batches, in order, by one at a time, and none is lost."""

import os
import signal
import threading

import pytest

from backend import db
from backend.indexing.draining import TURN, drain
from backend.indexing.models import waiting
from backend.indexing.notes import note
from backend.indexing.tasks import Drainer
from backend.outlets.models import Outlet
from backend.outside import outside
from backend.prices.indexing import sources
from search import SearchError
from tests.indexing.shelves import Unwilling, found, later, names, notes
from tests.intake.processes import KILLED, end, kill, start, until
from tests.makers import AN_OUTLET, many_outlets, outlet, sheet, take


def rename(code, name):
    """Change an outlet as an action does: the row and the note in one transaction."""
    with db.database.atomic():
        Outlet.update(name=name).where(Outlet.code == code).execute()
        note("outlets", [code])


def test_the_index_has_what_the_table_has_however_often_it_is_told(house, tmp_path):
    outlet(tmp_path)
    for name in ("北海药房", "朝阳大厦", "红星广场"):
        rename("A1", name)
    assert (drain(sources()), drain(sources())) == (3, 0)
    assert (names("红星广场", "outlets"), names("北海药房", "outlets")) == (["A1"], [])
    note("outlets", ["A1", "A1", "gone"])
    assert drain(sources()) == 3
    assert found() == ["A1"]


def test_how_many_wait_and_for_how_long_is_known(house, tmp_path):
    outlet(tmp_path)
    note("outlets", ["A1"])
    later(seconds=90)
    assert waiting() == (1, 90.0)
    assert house.test_client().get("/readyz").get_json()["index"] == {"waiting": 1, "oldest_s": 90}
    told = house.test_client().get("/metrics").get_data(as_text=True)
    assert "sanjin_index_waiting 1.0" in told
    drain(sources())
    assert waiting() == (0, 0.0)


def test_more_than_one_batch_is_told(house, tmp_path):
    take("outlets", sheet(tmp_path, many_outlets(1_203)))
    outside.index.clear("outlets")
    note("outlets", [f"A{n:04d}" for n in range(1_203)])
    assert drain(sources()) == 1_203
    assert outside.index.count("outlets") == 1_203


def test_what_comes_in_meanwhile_does_not_wait_for_what_had_piled_up(house, tmp_path):
    take("outlets", sheet(tmp_path, many_outlets(450)))
    note("outlets", [f"A{n:04d}" for n in range(450)])
    seen = []

    def look(step, share):
        if not seen:
            rename("A0449", "北海药房")
        seen.append(names("北海药房", "outlets"))

    assert drain(sources(), look) == 451
    assert (seen[0], seen[1], len(seen) > 3) == ([], ["A0449"], True)


def test_only_one_at_a_time_tells_the_index(house, tmp_path):
    outlet(tmp_path)
    rename("A1", "北海药房")
    entered, leave, told = threading.Event(), threading.Event(), []

    def hold():
        with db.opened(), db.alone(TURN) as ours:
            told.append(ours)
            entered.set()
            leave.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    assert entered.wait(20)
    assert drain(sources()) == 0
    leave.set()
    holder.join()
    assert (told, drain(sources())) == ([True], 1)


def test_a_process_killed_with_the_turn_lets_go_of_it(house, tmp_path):
    outlet(tmp_path)
    rename("A1", "北海药房")
    flag = tmp_path / "in"

    def hold():
        with db.alone(TURN):
            flag.touch()
            signal.pause()

    holder = start(hold)
    until(flag.exists)
    assert drain(sources()) == 0
    assert kill(holder) == KILLED
    until(lambda: drain(sources()))
    assert names("北海药房", "outlets") == ["A1"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_process_killed_before_or_after_telling_loses_nothing(house, tmp_path, moment):
    outlet(tmp_path)
    rename("A1", "北海药房")

    def die():
        engine = outside.index

        class Deadly(Unwilling):
            def put(self, documents):
                if moment == "after":
                    self.engine.put(documents)
                os.kill(os.getpid(), signal.SIGKILL)

        outside.index = Deadly(engine)
        drain(sources())

    assert end(start(die)) == KILLED
    assert notes() == [("outlets", "A1")]
    # A server may take a moment to see that the one who had the turn is gone.
    assert drain(sources(), wait=True) == 1
    assert names("北海药房", "outlets") == ["A1"]


def test_what_an_engine_did_not_take_is_told_again(house, tmp_path):
    outlet(tmp_path)
    outside.index = Unwilling(outside.index)
    rename("A1", "北海药房")
    outside.index.away = True
    with pytest.raises(SearchError):
        drain(sources())
    assert notes() == [("outlets", "A1")]
    outside.index.away = False
    assert drain(sources()) == 1


def test_an_import_stands_though_the_index_is_away(house, tmp_path):
    outside.index = Unwilling(outside.index)
    outside.index.away = True
    assert take("outlets", sheet(tmp_path, [AN_OUTLET])).state == "published"
    assert notes() == [("outlets", "A1")]


def test_the_worker_s_thread_tells_what_is_noted_and_says_trouble_once(house, tmp_path, caplog):
    outlet(tmp_path)
    outside.index = Unwilling(outside.index)
    outside.index.away = True
    worker = Drainer(sources(), first=dict, pause_s=0.01)
    worker.start()
    rename("A1", "北海药房")
    until(lambda: "notes are kept" in caplog.text)
    outside.index.away = False
    until(lambda: names("北海药房", "outlets") == ["A1"])
    until(lambda: "told again" in caplog.text)
    worker.stop()
    assert not worker.is_alive()
    assert caplog.text.count("notes are kept") == 1
