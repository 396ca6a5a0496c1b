"""Enough residents who say the same make a task for staff: one, however many come at once."""

import os
import signal
import threading
from datetime import timedelta

import pytest

from backend import db
from backend.errors import BadInput, NotFound
from backend.policy.packs import pack_on
from backend.prices.models import Contradiction
from backend.reports.actions import finish_task, forget, open_due_tasks, report
from backend.reports.models import ReportedPrice, Task
from backend.reports.reviewing import tasks
from tests.intake.processes import KILLED, end, start
from tests.reports.askers import FIRST, counted, on_day, say

TERMS = pack_on("shenyang", FIRST.date()).reports
TODAY = FIRST.date()


def made():
    return [(one.kind, bool(one.drug_id), one.state, one.askers) for one in Task.select()]


@pytest.mark.parametrize(
    ("what", "kind"),
    [("out_of_stock", "stock"), ("wrong_price", "price"), ("closed", "closed"),
     ("wrong_place", "place")],
)  # fmt: skip
def test_enough_who_say_the_same_make_one_and_more_raise_it(house, sold, what, kind):
    drug = {"drug": sold} if kind in ("stock", "price") else {}
    least = TERMS.task_askers(kind)
    say(house, what, askers=least - 1, **drug)
    assert made() == []
    say(house, what, first=least, **drug)
    assert made() == [(kind, bool(drug), "open", least)]
    say(house, what, askers=least + 4, **drug)
    assert made() == [(kind, bool(drug), "open", least + 4)]


def test_several_days_within_the_window_count_together_and_older_ones_do_not(house, sold):
    say(house, "closed", askers=2)
    on_day(TERMS.within_days)
    say(house, "closed")
    assert made() == []
    on_day(TERMS.within_days - 1)
    say(house, "closed", first=5)
    assert made() == [("closed", False, "open", 3)]


def test_one_that_is_done_comes_back_only_by_reports_after_it(house, sold):
    say(house, "closed", askers=5)
    finish_task(Task.get().id, note="打过电话，照常营业")
    say(house, "closed", askers=2, first=6)
    on_day(1)
    assert open_due_tasks(TODAY.replace(day=25)) == 0
    assert [one[2:] for one in made()] == [("done", 5)]
    say(house, "closed", first=8)
    assert [one[2:] for one in made()] == [("done", 5), ("open", 3)]


def test_finishing_needs_a_note_and_one_that_is_open(house, sold):
    say(house, "closed", askers=3)
    number = Task.get().id
    with pytest.raises(BadInput):
        finish_task(number, note="")
    assert finish_task(number, note="到过现场").state == "done"
    with pytest.raises(NotFound):
        finish_task(number, note="再办一次")


def test_the_night_opens_what_two_reports_at_once_missed(house, sold):
    for day, askers in ((23, 2), (24, 1)):
        Contradiction.create(outlet_id=1, drug_id=0, what="closed", day=TODAY.replace(day=day),
                             askers=askers)  # fmt: skip
    assert open_due_tasks(TODAY) == 1
    assert open_due_tasks(TODAY) == 0
    assert made() == [("closed", False, "open", 3)]


def test_staff_see_who_is_meant_and_how_many_were_surely_different(house, sold):
    say(house, "out_of_stock", drug=sold, askers=2)
    on_day(1)
    say(house, "out_of_stock", drug=sold, askers=3)
    (row,) = tasks()
    assert row["什么事"] == "没货"
    assert row["机构"] == "演示沈河社区卫生服务中心01"
    assert row["药品"] == "盐酸二甲双胍片"
    assert (row["人数"], row["其中一天最多"], row["状态"]) == (5, 3, "未办")
    finish_task(row["编号"], note="已补货")
    assert list(tasks()) == []
    assert [one["说明"] for one in tasks(all_of_them=True)] == ["已补货"]


def test_counts_go_at_the_end_of_their_time(house, sold):
    say(house, "wrong_price", drug=sold, price_fen=500)
    on_day(TERMS.keep_days)
    say(house, "closed")
    last = TODAY + timedelta(days=TERMS.keep_days)
    assert forget(last) == 0
    assert forget(last + timedelta(days=1)) == 2
    assert [what for what, *_ in counted()] == ["closed"]
    assert ReportedPrice.select().count() == 0


def test_threads_at_once_count_exactly_and_make_one_task(house, sold):
    def speak(number):
        with db.opened():
            for what, price in (("closed", None), ("wrong_price", 500)):
                drug = sold if price else ""
                report(what, asker=f"asker {number}", outlet="A1", drug=drug, price_fen=price)

    lines = [threading.Thread(target=speak, args=(n,)) for n in range(12)]
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    # Two of twelve may share a mark of sixteen bits once in a thousand times.
    assert counted() == {("closed", False, 24): 12, ("price", True, 24): 12}
    assert sorted(made()) == [("closed", False, "open", 12), ("price", True, "open", 12)]


def test_a_process_killed_after_its_answer_loses_nothing_and_nobody_is_counted_twice(house, sold):
    def answer_and_die():
        report("closed", asker="me", outlet="A1")
        os.kill(os.getpid(), signal.SIGKILL)

    assert end(start(answer_and_die)) == KILLED
    report("closed", asker="me", outlet="A1")
    assert counted() == {("closed", False, 24): 1}


def test_processes_at_once_count_exactly_and_make_one_task(house, sold):
    def speak(first):
        for number in range(first, first + 5):
            report("closed", asker=f"asker {number}", outlet="A1")
        for _ in range(3):
            report("closed", asker="the same", outlet="A1")

    assert [end(one) for one in [start(lambda n=n: speak(10 * n)) for n in range(3)]] == [0, 0, 0]
    assert counted() == {("closed", False, 24): 16}
    assert made() == [("closed", False, "open", 16)]
