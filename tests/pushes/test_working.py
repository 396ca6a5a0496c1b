"""Working on pushes: each once with all it changes, in order, tried again, put aside, counted."""

import logging
import time
from datetime import timedelta

import pytest

from backend import db
from backend.outside import outside, vault
from backend.outside.clock import StoppedClock
from backend.policy.packs import pack_on
from backend.pushes import holding
from backend.pushes.actions import forget, try_again
from backend.pushes.lookups import standing
from backend.pushes.models import Push, PushTally
from backend.pushes.rules import KINDS, wait_before
from backend.pushes.tasks import Postman
from backend.pushes.working import work_off
from tests.conftest import NOW
from tests.pushes.conftest import STAMP
from tests.wechat.messages import WHO, as_json, as_xml, every_kind, serial_of

CITY = "shenyang"
TERMS = pack_on(CITY, NOW.date()).pushes
AT = int(STAMP)


class Somebody:
    """Wants some kinds and writes down what it gets, in the tables and by itself."""

    def __init__(self, *kinds):
        self.handlers = dict.fromkeys(kinds, self)
        self.got, self.troubles = [], []
        with db.opened():
            db.run("CREATE TABLE told (serial VARCHAR(20))")

    def __call__(self, fields):
        serial = serial_of(fields)
        self.got.append(serial)
        db.run("INSERT INTO told (serial) VALUES (?)", serial)
        if self.troubles:
            raise self.troubles.pop(0)

    def work(self):
        with db.opened():
            return work_off(self.handlers, city=CITY)

    def written(self):
        with db.opened():
            return [serial for (serial,) in db.run("SELECT serial FROM told").fetchall()]


@pytest.fixture
def somebody(wechat):
    """Who wants texts."""
    return Somebody("text")


def text(number, who=WHO):
    return as_json(every_kind(AT, number, who)["text"])


def later(seconds):
    outside.clock = StoppedClock(outside.clock.now() + timedelta(seconds=seconds))


def states():
    with db.opened():
        return [push.state for push in Push.select().order_by(Push.id)]


def tallies():
    with db.opened():
        return {row.kind: row.count for row in PushTally.select()}


def test_a_push_is_worked_on_once_and_counted_with_what_it_changed(pushes, somebody):
    for _ in range(3):
        assert pushes(text(1)) == 200
    assert [somebody.work(), somebody.work()] == [1, 0]
    assert somebody.got == somebody.written() == ["1"]
    assert (states(), tallies()) == (["done"], {"text": 1})


@pytest.mark.parametrize("written", [as_json, as_xml])
def test_every_kind_is_kept_or_worked_on_and_none_is_lost(pushes, somebody, written):
    told = every_kind(AT)
    assert {pushes(written(fields)) for fields in told.values()} == {200}
    assert somebody.work() == len(told)
    assert sorted(set(states())) == ["done", "kept"]
    assert states().count("done") == 1
    assert tallies() == {**dict.fromkeys(KINDS, 1), "other": 2}


def test_what_fails_leaves_nothing_behind_and_is_tried_again_later_each_time(pushes, somebody):
    somebody.troubles = [KeyError(WHO), ValueError("二甲双胍")]
    pushes(text(1))
    assert somebody.work() == 0
    assert (somebody.written(), tallies(), states()) == ([], {}, ["waiting"])
    later(4)
    assert (somebody.work(), len(somebody.got)) == (0, 1)
    later(TERMS.first_wait_s * 1.5)
    assert (somebody.work(), len(somebody.got)) == (0, 2)
    later(TERMS.first_wait_s * 3)
    assert (somebody.work(), somebody.written(), tallies()) == (1, ["1"], {"text": 1})
    with db.opened():
        assert (Push.get().tries, Push.get().why) == (3, "")


def test_what_fails_every_time_is_put_aside_and_seen_and_tried_anew_by_command(
    pushes, somebody, house, caplog
):
    somebody.troubles = [KeyError(WHO)] * TERMS.tries
    pushes(text(1))
    for _ in range(TERMS.tries + 2):
        somebody.work()
        later(2 * TERMS.most_wait_s)
    assert (len(somebody.got), states()) == (TERMS.tries, ["failed"])
    with db.opened():
        assert standing() == (0, None, 1)
    run = house.test_cli_runner().invoke
    listed = run(args=["pushes", "list"]).output
    assert "text  没有办成（KeyError test_working.py:" in listed
    for said in (listed, caplog.text):
        assert WHO not in said
    assert "没有。" in run(args=["pushes", "list", "--state", "kept"]).output

    assert "0 条" in run(args=["pushes", "retry", "999"]).output
    assert "1 条" in run(args=["pushes", "retry"]).output
    assert (somebody.work(), somebody.written(), tallies()) == (1, ["1"], {"text": 1})


def test_who_writes_again_is_not_heard_before_what_he_wrote_first(pushes, somebody):
    somebody.troubles = [KeyError(), KeyError()]
    for number, who in ((1, "oFirst"), (2, "oFirst"), (3, "oOther")):
        pushes(text(number, who))
    somebody.work()
    somebody.troubles = []
    later(1)
    somebody.work()
    # The other one failed too; nobody overtakes himself.
    assert somebody.written() == []
    later(2 * TERMS.first_wait_s)
    somebody.work()
    assert somebody.written() == ["1", "3", "2"]


def test_who_writes_again_is_heard_once_what_he_wrote_first_is_put_aside(pushes, somebody):
    somebody.troubles = [KeyError()] * TERMS.tries
    pushes(text(1))
    pushes(text(2))
    for _ in range(TERMS.tries):
        assert somebody.written() == []
        somebody.work()
        later(2 * TERMS.most_wait_s)
    assert (somebody.written(), states()) == (["2"], ["failed", "done"])


def test_what_is_nobodys_holds_nobody_up(pushes, somebody):
    somebody.troubles = [KeyError()]
    for number in (1, 2):
        pushes(text(number, who="gh_platform"))
    somebody.work()
    assert somebody.written() == ["2"]


def test_what_kills_the_worker_each_time_is_put_aside_without_another_try(pushes, somebody, caplog):
    pushes(text(1))
    with db.opened():
        # So often somebody began, and nobody lived to say how it ended.
        Push.update(tries=TERMS.tries).execute()
    somebody.work()
    assert (somebody.got, states()) == ([], ["failed"])
    assert "worker_died" in caplog.text


def test_what_cannot_be_opened_any_more_is_put_aside_at_once(pushes, somebody):
    pushes(text(1))
    outside.personal_key = vault.Given(key="2f" * 32)
    somebody.work()
    with db.opened():
        assert (Push.get().state, Push.get().why, Push.get().tries) == ("failed", "unopenable", 1)
        # With the key found again it can be had.
        outside.personal_key = vault.Given(key="2f" * 32, before="1e" * 32)
        assert try_again([Push.get().id]) == 1
    somebody.work()
    assert somebody.written() == ["1"]


def test_a_wait_doubles_to_a_limit_and_scatters():
    said = [wait_before(n, first_s=10, most_s=600, chance=0.5) for n in (1, 2, 3, 7, 60)]
    assert said == [10, 20, 40, 600, 600]
    assert wait_before(1, first_s=10, most_s=600, chance=0) == 5
    assert wait_before(1, first_s=10, most_s=600, chance=1) == 15


def test_the_thread_goes_on_whatever_happens_and_says_so_once(pushes, somebody, caplog):
    caplog.set_level(logging.WARNING)
    with db.opened():
        db.run("ALTER TABLE push RENAME TO away")
    postman = Postman(somebody.handlers, city=CITY, pause_s=0.01)
    postman.start()
    wait_for(lambda: "pushes are not worked on for now" in caplog.text)
    with db.opened():
        db.run("ALTER TABLE away RENAME TO push")
    pushes(text(1))
    wait_for(lambda: "pushes are worked on again" in caplog.text and somebody.written() == ["1"])
    postman.stop()
    assert not postman.is_alive()
    assert caplog.text.count("not worked on") == 1


def wait_for(true):
    for _ in range(500):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_the_count_of_a_day_outlives_what_was_pushed(pushes, somebody):
    pushes(text(1))
    somebody.work()
    with db.opened():
        assert forget(NOW + timedelta(days=TERMS.keep_days, seconds=1), city=CITY) == 1
    assert tallies() == {"text": 1}


def test_a_person_is_told_what_is_held_of_him_and_it_is_deleted_for_him_alone(pushes, somebody):
    for number, who in ((1, WHO), (2, "oOther")):
        for fields in every_kind(AT, number, who).values():
            pushes(as_json(fields))
    with db.opened():
        told = holding.told(WHO)
        assert len(told) == len(every_kind(AT))
        assert told[0]["kind"] == "text"
        assert told[0]["received_at"] == NOW.isoformat()
        assert "二甲双胍多少钱" in told[0]["seen"]["Content"]
        assert "13800000000" not in repr(told)
        assert "oOther" not in repr(told)
        # The mark of an earlier key finds them as well.
        outside.personal_key = vault.Given(key="2f" * 32, before="1e" * 32)
        assert holding.told(WHO) == told
        assert [holding.forget(WHO), holding.forget(WHO)] == [len(told), 0]
        assert len(holding.told("oOther")) == len(told)
    assert somebody.work() == len(told)
