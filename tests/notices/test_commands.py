"""What is typed: messages listed without whose they are, tried again, called, previewed."""

import pytest

from backend import db
from backend.notices.kinds import every_kind
from backend.notices.models import Notice
from backend.outside import outside
from tests.wechat.standin import SOMEBODY

SAY = "cgi-bin/message/custom/send"


@pytest.fixture
def typed(house, post):
    """`typed("list", …)` → the exit code and what was said."""

    def run(*words):
        answer = house.test_cli_runner().invoke(args=["notices", *words])
        db.database.connect(reuse_if_open=True)
        return answer.exit_code, answer.output

    return run


def parked(post, count=1):
    """So many messages stand still because of a fault of ours."""
    post.writes()
    post.standin.trouble = {SAY: 48001}
    for number in range(count):
        post.owes(about=str(number))
    post.run()
    post.standin.trouble = {}
    return [one.id for one in Notice.select().where(Notice.state == "parked").order_by(Notice.id)]


def test_without_messages_there_are_none(typed):
    assert typed("list") == (0, "没有。\n")


def test_what_stands_still_is_listed_without_whose_it_is_and_what_it_says(post, typed):
    (number,) = parked(post)
    code, said = typed("list")
    assert code == 0
    assert said.splitlines() == [
        "停着 1",
        f"{number}  2026-11-24T02:00:00Z  arrived  停着（客服消息，窗口开着，微信的错误码 48001），"
        "试了 1 次",
    ]
    assert SOMEBODY not in said
    assert "二甲双胍" not in said


def test_other_states_are_listed_by_name_and_no_more_than_asked(post, typed):
    for number in range(3):
        post.owes(about=str(number))
    assert len(typed("list", "--state", "waiting", "--most", "2")[1].splitlines()) == 3
    assert typed("list")[1] == "等着 3\n"
    post.run()
    assert "只在站内信（站内信，没有别的路）" in typed("list", "--state", "inbox")[1]
    assert typed("list", "--state", "nothing")[0] == 2


def test_what_stands_still_is_tried_again_one_or_all(post, typed):
    first, *_ = parked(post, 3)
    assert typed("retry", str(first)) == (0, "1 条重新发。\n")
    post.run()
    assert [state for state, _ in post.states()] == ["sent", "parked", "parked"]
    assert typed("retry") == (0, "2 条重新发。\n")
    post.run()
    assert [state for state, _ in post.states()] == ["sent"] * 3
    assert len(post.said) == 3
    assert typed("retry") == (0, "0 条重新发。\n")


def test_what_went_out_or_may_have_is_never_tried_again(post, typed):
    post.writes()
    post.owes(about="1")
    post.run()
    post.standin.trouble = {SAY: "hang_up"}
    post.owes(about="2")
    post.run()
    post.standin.trouble = {}
    numbers = [str(one.id) for one in Notice.select()]
    assert [state for state, _ in post.states()] == ["sent", "unknown"]
    assert typed("retry", *numbers) == (0, "0 条重新发。\n")
    post.run()
    assert [state for state, _ in post.states()] == ["sent", "unknown"]


def test_a_call_that_was_made_is_noted_once(post, typed):
    number = post.owes().id
    Notice.update(state=Notice.CALL, done_at=outside.clock.now()).execute()
    assert "等人打电话" in typed("list", "--state", "call")[1]
    assert typed("called", str(number))[0] == 0
    assert post.states()[0][0] == "called"
    assert typed("called", str(number))[0] == 1
    assert typed("called", "999")[0] == 1


def test_kinds_are_previewed_one_or_all(typed):
    code, said = typed("preview", "price_down")
    assert code == 0
    assert "price_down  降价提醒（alerts 组，值是演示的）" in said
    assert "订阅消息 amount3：2.98元" in said
    assert "打开 pages/drug/drug?code=D0000001" in said
    every = typed("preview")[1]
    assert [one.title in every for one in every_kind().values()] == [True] * len(every_kind())
    assert typed("preview", "nothing")[0] == 2
