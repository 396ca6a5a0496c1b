"""What is said with WeChat: over real HTTP, each verb done or not done for a reason."""

import time

import pytest

from backend.outside.wechat import Kind, NotDone, Person, Phone, Verdict
from tests.wechat.standin import PAGE, SOMEBODY, SOMEBODY_ELSE, TEMPLATE, TROUBLES

SAY, STABLE, LOGIN = "cgi-bin/message/custom/send", "cgi-bin/stable_token", "sns/jscode2session"


def not_done(verb, *given, **named):
    with pytest.raises(NotDone) as caught:
        verb(*given, **named)
    return caught.value


def test_a_code_says_who_came_and_works_once(line):
    assert line.login("login-1") == Person(SOMEBODY, "")
    again = not_done(line.login, "login-1")
    assert (again.kind, again.code, again.why) == (Kind.NEVER, 40163, "code_is_over")


def test_a_login_needs_no_token_so_it_works_while_tokens_do_not(line, standin):
    standin.trouble = {STABLE: "down"}
    assert line.login("login-1").openid == SOMEBODY
    assert standin.counts[STABLE] == 0


def test_a_number_is_given_to_its_own_person_only(line, standin):
    standin.phones["phone-2"] = (SOMEBODY_ELSE, "13900000000")
    assert line.phone("phone-1", SOMEBODY) == Phone("86", "13800000000")
    assert not_done(line.phone, "phone-2", SOMEBODY).kind is Kind.NEVER


def test_risky_words_are_sent_as_they_are_so_that_they_are_recognised(line, standin):
    assert line.check_text(SOMEBODY, "违禁的话") == Verdict("risky", "20006")
    assert line.check_text(SOMEBODY, "药店的价格").suggest == "pass"
    assert "违禁的话".encode() in standin.asked[1][2]


def test_words_of_somebody_who_cannot_be_checked_are_for_a_person_to_look_at(line):
    assert line.check_text(SOMEBODY_ELSE, "你好") == Verdict("review", "61010")


def test_the_code_of_wechats_first_checks_is_no_verdict_but_for_a_person_to_look_at(line, standin):
    standin.trouble = {"wxa/msg_sec_check": 87014}
    assert line.check_text(SOMEBODY, "你好") == Verdict("review", "87014")


def test_a_picture_is_looked_at_later(line):
    assert line.check_media(SOMEBODY, "https://example.cn/a.jpg") == "trace-1"


def test_five_messages_may_be_sent_after_somebody_wrote(line, standin):
    assert not_done(line.say, SOMEBODY, "您好").why == "window_is_closed"
    standin.writes(SOMEBODY)
    for number in range(5):
        line.say(SOMEBODY, f"第 {number} 条")
    assert not_done(line.say, SOMEBODY, "再一条").why == "window_is_used_up"
    assert standin.sent[0] == (SOMEBODY, "第 0 条")


def test_a_subscribed_message_is_sent_once_for_each_consent(line, standin):
    standin.accepts(SOMEBODY)
    line.notify(SOMEBODY, TEMPLATE, {"thing1": "已办结"}, page=PAGE)
    refused = not_done(line.notify, SOMEBODY, TEMPLATE, {"thing1": "已办结"}, page=PAGE)
    assert (refused.kind, refused.why) == (Kind.NEVER, "not_subscribed")


def test_the_field_wechat_does_not_like_is_named_and_it_is_our_fault(line):
    long = not_done(line.notify, SOMEBODY, TEMPLATE, {"thing1": "长" * 21})
    assert (long.kind, long.code, long.field) == (Kind.OURS, 47003, "thing1")
    assert long.rid == "65f1a2b3-0c0c0c0c-12345678"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_comes_instead_of_an_answer_comes_in_time_and_is_for_later(line, standin, trouble):
    standin.writes(SOMEBODY)
    line.check_text(SOMEBODY, "令牌先取好")
    standin.trouble = {SAY: trouble}
    began = time.monotonic()
    missed = not_done(line.say, SOMEBODY, "您好")
    assert time.monotonic() - began < 7
    assert (missed.kind, missed.why, missed.perhaps) == (Kind.LATER, "no_answer", True)
    # It may have gone out, so nobody asked twice.
    assert standin.counts[SAY] == 1
    assert standin.counts["elsewhere"] == 0


def test_what_never_left_was_not_sent(line, standin):
    line.check_text(SOMEBODY, "令牌先取好")
    standin.shutdown()
    standin.server_close()
    line.close()
    missed = not_done(line.say, SOMEBODY, "您好")
    assert (missed.kind, missed.perhaps) == (Kind.LATER, False)


def test_a_busy_wechat_may_have_sent_what_it_was_told_to_send(line, standin):
    standin.trouble = {SAY: -1, "wxa/msg_sec_check": -1}
    assert not_done(line.say, SOMEBODY, "您好").perhaps
    assert not not_done(line.check_text, SOMEBODY, "您好").perhaps


def test_a_full_day_is_full_for_everybody_until_tomorrow(opened, standin):
    standin.quotas[SAY] = 0
    full = not_done(opened().say, SOMEBODY, "您好")
    # It is ten in the morning in the city.
    assert (full.kind, full.why, full.after_s) == (Kind.LATER, "day_is_full", 14 * 3600)
    assert not_done(opened().say, SOMEBODY, "您好").why == "day_is_full"
    assert standin.counts[SAY] == 1
    assert opened().check_text(SOMEBODY, "别的照常").suggest == "pass"


def test_who_does_not_answer_is_left_alone_for_a_while(line, standin):
    standin.trouble = {LOGIN: "down"}
    reasons = [not_done(line.login, "login-1").why for _ in range(8)]
    assert reasons == ["no_answer"] * 5 + ["rests"] * 3
    assert standin.counts[LOGIN] == 5


def test_a_refusal_is_an_answer_and_nobody_rests_for_it(line, standin):
    reasons = {not_done(line.login, "no-code").why for _ in range(8)}
    assert (reasons, standin.counts[LOGIN]) == ({"code_is_over"}, 8)
