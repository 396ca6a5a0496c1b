"""The staff is told of what stands still: once it lasts, now and then, and when it is over."""

import pytest

from backend.notices.models import Alarm, Notice
from backend.outside import outside
from backend.outside.staff import NotTold
from backend.watching import Seen, troubles, watch
from tests.wechat.standin import SOMEBODY

SAY, TOKEN = "cgi-bin/message/custom/send", "cgi-bin/stable_token"


class Staff:
    """Whoever is told, in the tests."""

    def __init__(self):
        self.told, self.away = [], False

    def tell(self, title, words):
        if self.away:
            raise NotTold("away")
        self.told.append(f"{title} {words}")


@pytest.fixture
def staff(post):
    outside.staff = Staff()
    return outside.staff


def names():
    return {seen.name for seen in troubles(outside.clock.now())}


def lasting(name="parked", count=3):
    return lambda now: iter([Seen(name, count)])


def nothing(now):
    return iter(())


def test_a_house_that_goes_well_has_nothing_to_tell(post, staff):
    assert names() == set()
    assert watch() == 0


def test_a_parked_message_is_told_once_it_lasts_and_when_it_is_over(post, staff):
    post.writes()
    post.standin.trouble = {SAY: 48001}
    post.owes()
    post.run()
    assert watch() == 0
    post.later(minutes=3)
    assert (watch(), watch()) == (1, 0)
    assert "1 条给人的消息停着" in staff.told[0]
    assert SOMEBODY not in staff.told[0]
    Notice.update(state=Notice.SENT).execute()
    assert watch() == 1
    assert "过去了" in staff.told[1]
    assert Alarm.select().count() == 0


def test_what_goes_on_is_told_again_after_hours(post, staff):
    for hours in (0, 0.1, 1, 3, 1.1, 1):
        post.later(hours=hours)
        watch(lasting())
    assert len(staff.told) == 2


def test_what_is_over_before_it_lasted_is_not_told(post, staff):
    watch(lasting())
    post.later(minutes=1)
    assert watch(nothing) == 0
    assert staff.told == []


def test_what_could_not_be_told_is_told_on_the_next_round(post, staff):
    watch(lasting())
    post.later(minutes=3)
    staff.away = True
    assert watch(lasting()) == 0
    staff.away = False
    assert watch(lasting()) == 1


def test_a_token_that_cannot_be_had_is_seen_and_its_end_too(post, staff):
    post.writes()
    post.standin.trouble = {TOKEN: 40125}
    post.owes()
    post.run()
    assert "token" in names()


@pytest.mark.parametrize(
    "name",
    ["parked", "calls", "notices_old", "pushes_failed", "pushes_old", "queue_away", "queue_old",
     "token", "search"],
)  # fmt: skip
def test_every_trouble_has_words(post, staff, name):
    watch(lasting(name))
    post.later(minutes=3)
    watch(lasting(name))
    watch(nothing)
    assert len(staff.told) == 2
    assert "{" not in "".join(staff.told)
