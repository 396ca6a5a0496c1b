"""Whose delivery it is: the dead are succeeded at once, the living are left to finish."""

import os
import socket
import threading
from datetime import timedelta

import pytest

from backend.errors import NotNow
from backend.intake import actions as intake
from backend.intake.models import Delivery
from backend.intake.owners import SILENT_FOR, is_abandoned, me, take_over
from backend.outlets.models import Outlet
from backend.prices.sheetkinds import sheet_kinds
from tests.conftest import NOW
from tests.intake.processes import KILLED, dying, end, start
from tests.makers import AN_OUTLET, checked, sheet


def a_delivery(owner, *, state="publishing"):
    return Delivery.create(
        kind="outlets", name="表", digest="", owner=owner, state=state, number=1, received_at=NOW,
        beat_at=NOW,
    )  # fmt: skip


def of(number):
    """A process of this machine, as deliveries remember it."""
    return f"{socket.gethostname()}:{number}:1"


def test_a_process_that_died_on_this_machine_is_succeeded_at_once(house):
    died = start(lambda: None)
    assert end(died) == 0
    assert is_abandoned(a_delivery(of(died)), NOW)


def test_a_process_that_lives_and_beats_is_left_alone(house):
    delivery = a_delivery(of(os.getppid()))
    assert not is_abandoned(delivery, NOW + SILENT_FOR)


def test_a_living_process_that_is_long_silent_only_bears_the_number_of_the_dead(house):
    delivery = a_delivery(of(os.getppid()))
    assert is_abandoned(delivery, NOW + SILENT_FOR + timedelta(seconds=1))


def test_another_machine_is_given_two_minutes(house):
    delivery = a_delivery("elsewhere:1:1")
    assert not is_abandoned(delivery, NOW + SILENT_FOR)
    assert is_abandoned(delivery, NOW + SILENT_FOR + timedelta(seconds=1))


def test_what_this_thread_left_undone_it_may_take_up_again(house):
    assert is_abandoned(a_delivery(me()), NOW)


def test_what_another_thread_of_this_process_is_doing_is_left_alone(house):
    told, done = [], threading.Event()
    thread = threading.Thread(target=lambda: (told.append(me()), done.wait()))
    thread.start()
    while not told:
        pass
    delivery = a_delivery(told[0])
    assert not is_abandoned(delivery, NOW)
    done.set()
    thread.join()
    assert is_abandoned(delivery, NOW)


def test_of_two_who_would_take_over_one_does(house):
    delivery = a_delivery("elsewhere:1:1")
    one, other = Delivery.get(), Delivery.get()
    assert take_over(one, NOW + SILENT_FOR)
    assert not take_over(other, NOW + SILENT_FOR)
    assert Delivery.get_by_id(delivery.id).owner == me()


def test_two_processes_that_resume_at_once_do_the_work_once(house, tmp_path):
    path = sheet(tmp_path, [AN_OUTLET | {"定点编码": f"A{n}"} for n in range(3_000)])

    def bring():
        kind = sheet_kinds()["outlets"]
        intake.publish(kind, intake.receive(kind, path), progress=dying(at=1, step="写入"))

    assert end(start(bring)) == KILLED
    heirs = [start(lambda: intake.resume(sheet_kinds())) for _ in range(3)]
    assert [end(heir) for heir in heirs] == [0, 0, 0]
    assert (Delivery.get().state, Outlet.seen().count()) == ("published", 3_000)


@pytest.mark.parametrize(("count", "written"), [(3_000, 1_000), (3, 3)])
def test_who_was_taken_over_while_it_slept_writes_nothing_more(house, tmp_path, count, written):
    """Between two chunks, or between the last chunk and the moment of publishing."""
    kind = sheet_kinds()["outlets"]
    path = sheet(tmp_path, [AN_OUTLET | {"定点编码": f"A{n}"} for n in range(count)])
    delivery = checked("outlets", path)

    def taken_over(step, share):
        if step == "写入":
            Delivery.update(owner="elsewhere:1:1").execute()

    with pytest.raises(NotNow, match="接手"):
        intake.publish(kind, delivery, progress=taken_over)
    assert Delivery.get().state == "publishing"
    assert (Outlet.select().count(), Outlet.seen().count()) == (written, 0)
    Delivery.update(owner=me()).execute()
    intake.resume(sheet_kinds())
    assert Outlet.seen().count() == count


def test_nothing_is_published_while_another_sheet_is(house, tmp_path):
    delivery = checked("outlets", sheet(tmp_path, [AN_OUTLET]))
    a_delivery(of(os.getppid()))
    with pytest.raises(NotNow, match="另一份表"):
        intake.publish(sheet_kinds()["outlets"], delivery)
    assert Delivery.get_by_id(delivery.id).state == "checked"


def test_a_dry_run_waits_for_its_person_however_many_imports_are_resumed(house, tmp_path):
    delivery = checked("outlets", sheet(tmp_path, [AN_OUTLET]))
    assert intake.resume(sheet_kinds()) == []
    assert Delivery.get_by_id(delivery.id).state == "checked"
