"""Kinds of messages as data: complete, fit for every way out, several as one; and forgetting."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import db
from backend.notices import correspondents as people
from backend.notices import tasks
from backend.notices.fields import Unfit, check
from backend.notices.kinds import every_kind, names_in, together
from backend.notices.models import Correspondent, Credit, Notice, Unwanted
from backend.notices.showing import previewed
from backend.notices.splitting import MOST_BYTES, parted, size_of
from backend.outside import outside
from tests.conftest import NOW
from tests.wechat.standin import SOMEBODY, TEMPLATE

KINDS = sorted(every_kind())
DAYS = 400


@pytest.mark.parametrize("name", KINDS)
def test_every_preview_fits_every_way(name):
    kind = every_kind()[name]
    assert len(parted(kind.words(kind.preview))) == 1
    for field, value in kind.values(kind.preview).items():
        check(field, value)
    assert kind.address(kind.preview).startswith("pages/")
    assert size_of(kind.line.format(**kind.preview)) <= MOST_BYTES


@pytest.mark.parametrize("name", KINDS)
def test_every_name_its_words_leave_open_has_to_be_given(name):
    kind = every_kind()[name]
    said = [kind.chat, kind.line, kind.page, *kind.subscribed.values()]
    assert kind.needs == {one for text in said for one in names_in(text)} == set(kind.preview)


@pytest.mark.parametrize("name", KINDS)
def test_a_preview_shows_each_way_by_its_name(name):
    kind = every_kind()[name]
    shown = previewed(kind)
    assert kind.title in shown
    assert kind.words(kind.preview) in shown
    for field in kind.subscribed:
        assert f"订阅消息 {field}：" in shown


def test_what_lacks_a_value_or_would_not_be_taken_is_not_owed(post):
    with pytest.raises(KeyError):
        post.owes(kind="price_down")
    with pytest.raises(KeyError):
        post.owes(kind="nothing")
    with pytest.raises(Unfit, match="amount3"):
        post.owes(price="一百")
    assert Notice.select().count() == 0


LINE = "演示社区卫生服务中心：二甲双胍缓释片 0.5g×60片 到货，6.41 元"


def test_a_few_facts_are_a_line_each():
    assert together([LINE, "第二件"], MOST_BYTES) == f"{LINE}\n第二件"


def test_of_many_facts_those_that_do_not_fit_are_counted():
    said = together([f"{number} {LINE}" for number in range(100)], MOST_BYTES)
    *kept, last = said.split("\n")
    assert size_of(said) <= MOST_BYTES
    assert [line.split()[0] for line in kept] == [str(number) for number in range(len(kept))]
    assert f"还有 {100 - len(kept)} 条" in last


@given(st.lists(st.text("药店到货一二三 ab，。", min_size=1, max_size=900).filter(str.strip),
                min_size=1, max_size=60))  # fmt: skip
def test_several_as_one_never_take_more_than_one_message(lines):
    said = together(lines, MOST_BYTES)
    assert size_of(said.strip()) <= MOST_BYTES or len(lines[0].encode()) > MOST_BYTES - 80


def night(post, **later):
    post.later(**later)
    return tasks.forget_notices("shenyang")


def left():
    with db.opened():
        return [one.select().count() for one in (Notice, Correspondent, Credit, Unwanted)]


def test_what_ended_goes_when_its_days_are_over_and_its_person_with_it(post):
    post.writes()
    post.accepts()
    post.owes()
    post.run()
    assert night(post, days=DAYS) == 0
    assert tasks.has_any()
    assert night(post, seconds=1) == 3
    assert left() == [0, 0, 0, 0]
    assert not tasks.has_any()
    assert night(post) == 0


def test_messages_that_went_out_with_another_are_forgotten_too(post):
    for number in range(3):
        post.owes(about=str(number), case="drug D1")
    post.later(seconds=120)
    post.run()
    assert sorted(state for state, _ in post.states()) == ["inbox", "joined", "joined"]
    night(post, days=DAYS + 1)
    assert left() == [0, 0, 0, 0]


def test_what_is_still_owed_stays_and_so_does_who_it_is_for(post):
    post.owes()
    assert night(post, days=DAYS + 30) == 0
    assert left()[:2] == [1, 1]


def test_who_did_something_lately_stays_with_what_he_allowed(post):
    post.accepts()
    post.later(days=DAYS)
    people.note_act(SOMEBODY, people.Act.WROTE, outside.clock.now(), NOW)
    assert night(post, days=2) == 0
    assert people.may(people.find(SOMEBODY).id, TEMPLATE)
    post.later(days=DAYS - timedelta(days=2).days)
    assert night(post, days=1) == 2
