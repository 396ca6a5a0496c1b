"""What staff type, what runs by the minute, and what Prometheus is told of it."""

import pytest

from backend import db
from backend.checking import following
from backend.checking.lookups import counts
from backend.checking.models import Check
from backend.checking.wording import STATES, WHY
from backend.outside.wechat.answers import judge, known_codes
from tests.checking import caller
from tests.conftest import NOW


@pytest.fixture
def typed(house, desk):
    """`typed("list", …)` → the exit code and what was said."""

    def run(*words):
        answer = house.test_cli_runner().invoke(args=["checks", *words])
        db.database.connect(reuse_if_open=True)
        return answer.exit_code, answer.output + answer.stderr

    return run


def test_what_waits_is_listed_shown_and_decided(desk, typed):
    assert typed("list") == (0, "没有等人看的。\n")
    code = desk.words("可疑").code
    assert typed("list") == (
        0, f"{code}  文字  complaint 12  等人看（0 分钟）  微信的结论 review 20001\n"
    )  # fmt: skip
    assert "等人看" in typed("show", code)[1]
    assert typed("decide", code, "pass")[0] == 1
    assert typed("decide", code, "pass", "--note", "说的是价格") == (0, "已定：可以公开。\n")
    again = typed("decide", code, "risky", "--note", "再看")
    assert (again[0], "已经有结论" in again[1]) == (1, True)
    shown = typed("show", code)[1]
    assert "定的  工作人员，2026-11-24 02:00 UTC  说的是价格" in shown
    assert typed("list", "--state", "pass")[1].startswith(code)
    assert typed("show", "K000")[0] == 1
    assert desk.told() == [("complaint 12", "pass")]


def test_what_wechat_let_pass_is_sampled(desk, typed):
    assert typed("sample") == (0, "一天里没有微信放行的。\n")
    for number in range(5):
        desk.words("你好", about=f"complaint {number}")
    assert len(typed("sample", "--count", "3")[1].splitlines()) == 3
    assert len(typed("sample")[1].splitlines()) == 5


def test_the_round_of_a_minute_can_be_done_by_hand(desk, typed, standin):
    desk.image()
    assert typed("work") == (0, "问了 1 张图，0 条转给人看。\n")
    assert typed("list", "--state", "asked")[1].count("\n") == 1


def test_a_command_tells_the_same_callers_as_the_web(house, desk, typed):
    code = desk.words("可疑").code
    following.plug_in({})
    assert (
        house.test_cli_runner()
        .invoke(args=["checks", "decide", code, "pass", "--note", "看过"])
        .exception
    )
    db.database.connect(reuse_if_open=True)
    assert desk.states()[0][0] == "review"
    following.plug_in(caller.CALLERS)


def test_every_reason_wechat_can_give_has_words():
    reasons = {judge(code, NOW).why for code in known_codes()} - {"done"}
    # What no check can be answered with.
    others = {"code_is_over", "risky_person", "window_is_closed", "window_is_used_up", "typing",
              "not_subscribed", "words_not_allowed", "another_is_being_sent"}  # fmt: skip
    assert reasons - others <= set(WHY)


def test_what_waits_and_what_a_day_came_to_is_counted(desk, house):
    desk.image()
    desk.words("你好")
    desk.words("可疑")
    desk.words("可疑", about="complaint 14")
    Check.update(since=NOW.replace(hour=0)).where(Check.about == "complaint 14").execute()
    told = counts(NOW)
    assert told.waiting == {"asked": 1, "review": 2}
    assert told.oldest_s == {"asked": 0.0, "review": 7200.0}
    assert told.of_a_day == {"pass": 1, "risky": 0}
    text = house.test_client().get("/metrics").get_data(as_text=True)
    assert 'sanjin_checks_waiting{state="review"} 2.0' in text
    assert 'sanjin_checks_oldest_seconds{state="review"} 7200.0' in text
    assert 'sanjin_checks_of_a_day{state="pass"} 1.0' in text


def test_every_state_has_a_word():
    assert set(STATES) == {"asked", "pass", "review", "risky"}
