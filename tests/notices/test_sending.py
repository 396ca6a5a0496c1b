"""Messages owed to people: each goes out once, by the best way open, or stays to be read."""

import pytest

from backend import db
from backend.notices import correspondents as people
from backend.notices import sending, taking
from backend.notices.models import Credit, Lane, Notice
from backend.notices.windows import Act
from backend.outside import outside
from tests.wechat.standin import SOMEBODY, SOMEBODY_ELSE, TEMPLATE

SAY, NOTIFY = "cgi-bin/message/custom/send", "cgi-bin/message/subscribe/send"


def only():
    (notice,) = Notice.select()
    return notice


def test_a_message_goes_out_in_the_conversation_while_the_window_is_open(post):
    post.writes()
    post.owes()
    post.run()
    assert post.states() == [("sent", "chat")]
    assert "二甲双胍缓释片" in post.said[0]
    assert people.window_of(people.find(SOMEBODY)).left == 4


def test_the_same_message_is_owed_once(post):
    post.writes()
    assert post.owes() is not None
    assert post.owes() is None
    post.run()
    assert len(post.said) == 1


def test_without_a_window_it_goes_out_as_a_subscribed_message(post):
    post.accepts()
    post.owes()
    post.run()
    assert post.states() == [("sent", "subscribed")]
    assert '"amount3": {"value": "6.41元"}' in post.said[0]
    assert Credit.get().count == 0


def test_without_either_it_stays_in_the_inbox_and_says_why(post):
    post.owes()
    post.run()
    assert post.states() == [("inbox", "inbox")]
    assert only().why == "no_other_way"
    assert post.standin.counts[SAY] == post.standin.counts[NOTIFY] == 0


def test_a_sixth_message_is_not_even_tried_in_the_conversation(post):
    post.writes()
    for number in range(6):
        post.owes(about=str(number))
    post.run()
    assert [rung for _, rung in post.states()] == ["chat"] * 5 + ["inbox"]
    assert post.standin.counts[SAY] == 5


def test_after_two_days_the_window_is_closed(post):
    post.writes()
    post.later(hours=48)
    post.owes()
    post.run()
    assert post.standin.counts[SAY] == 0


def test_who_entered_may_be_told_two_things_in_a_minute(post):
    post.writes(Act.ENTERED)
    for number in range(3):
        post.owes(about=str(number))
    post.run()
    assert [rung for _, rung in post.states()] == ["chat", "chat", "inbox"]


@pytest.mark.parametrize("code", [45015, 45047])
def test_a_window_wechat_counts_otherwise_is_corrected_and_the_next_rung_taken(post, code):
    post.writes()
    post.accepts()
    post.standin.trouble = {SAY: code}
    post.owes(about="1"), post.owes(about="2")
    post.run()
    assert [rung for _, rung in post.states()] == ["subscribed", "inbox"]
    assert post.standin.counts[SAY] == 1


def test_a_credit_wechat_does_not_know_is_forgotten(post):
    people.allow(SOMEBODY, TEMPLATE, outside.clock.now())
    post.standin.seen.add(SOMEBODY)
    post.owes()
    post.run()
    assert post.states() == [("inbox", "inbox")]
    assert not people.may(people.find(SOMEBODY).id, TEMPLATE)


@pytest.mark.parametrize("trouble", ["slow", "hang_up", "cut_off", "down", -1])
def test_what_may_have_gone_out_is_unknown_and_pushed_by_nobody_again(post, trouble):
    post.writes()
    post.accepts()
    post.standin.trouble = {SAY: trouble}
    post.owes()
    post.run()
    post.standin.trouble = {}
    for _ in range(5):
        post.later(hours=1)
        sending.sweep(outside.clock.now())
        post.run()
    assert [state for state, _ in post.states()] == ["unknown"]
    assert post.standin.counts[SAY] == 1
    assert post.standin.counts[NOTIFY] == 0


def test_what_certainly_had_no_effect_is_tried_again(post):
    post.writes()
    post.standin.trouble = {SAY: 43108}
    post.owes()
    post.run()
    assert (only().state, only().tries, post.said) == ("waiting", 1, [])
    assert people.window_of(people.find(SOMEBODY)).left == 5
    post.standin.trouble = {}
    post.run()
    assert only().state == "waiting"
    post.later(seconds=5)
    post.run()
    assert post.states() == [("sent", "chat")]


def test_a_full_lane_rests_for_everybody(post):
    post.writes()
    post.writes(openid=SOMEBODY_ELSE)
    post.standin.trouble = {SAY: 45011}
    post.owes(about="1")
    post.owes(about="2", openid=SOMEBODY_ELSE)
    post.run()
    assert post.standin.counts[SAY] == 1
    assert Lane.get().name == "chat"
    assert {one.tries for one in Notice.select()} == {0}
    post.standin.trouble = {}
    post.later(seconds=70)
    post.run()
    assert len(post.said) == 2


def test_our_own_fault_is_parked_where_somebody_sees_it(post):
    post.writes()
    post.standin.trouble = {SAY: 48001}
    post.owes()
    post.run()
    assert (only().state, only().code) == ("parked", 48001)


def test_of_one_person_the_messages_go_out_in_order(post):
    post.writes()
    post.standin.trouble = {SAY: 43108}
    post.owes(about="1", outlet="第一家")
    post.owes(about="2", outlet="第二家")
    post.run()
    assert [one.tries for one in Notice.select().order_by(Notice.id)] == [1, 0]
    post.standin.trouble = {}
    post.later(seconds=10)
    post.run()
    assert ["第一家" in post.said[0], "第二家" in post.said[1]] == [True, True]


def test_facts_of_one_case_within_minutes_are_one_message(post):
    post.writes()
    post.later(minutes=11)
    for number, outlet in enumerate(("甲药店", "乙药店", "丙药店")):
        post.owes(about=str(number), outlet=outlet, case="drug D1")
    post.run()
    assert post.said == []
    post.later(seconds=120)
    post.run()
    assert len(post.said) == 1
    assert [name in post.said[0] for name in ("甲药店", "乙药店", "丙药店")] == [True] * 3
    assert sorted(state for state, _ in post.states()) == ["joined", "joined", "sent"]


def test_nobody_is_woken(post):
    post.later(hours=13)
    post.accepts()
    post.owes()
    post.run()
    assert post.said == []
    post.later(hours=9)
    post.run()
    assert post.states() == [("sent", "subscribed")]


def test_a_message_taken_by_a_worker_that_died_before_asking_waits_again(post):
    post.writes()
    post.owes()
    assert taking.take(outside.clock.now()).state == "sending"
    post.later(minutes=11)
    assert sending.sweep(outside.clock.now()) == 1
    post.run()
    assert post.states() == [("sent", "chat")]


def test_a_message_whose_worker_died_while_asking_is_unknown(post):
    post.writes()
    post.owes()
    notice = taking.take(outside.clock.now())
    Notice.update(intent_at=outside.clock.now()).where(Notice.id == notice.id).execute()
    post.later(minutes=11)
    sending.sweep(outside.clock.now())
    post.run()
    assert [state for state, _ in post.states()] == ["unknown"]
    assert post.said == []


def test_a_clock_set_back_keeps_nothing_in_flight_for_ever(post):
    post.writes()
    post.owes()
    taking.take(outside.clock.now())
    post.later(hours=-3)
    assert sending.sweep(outside.clock.now()) == 1
    post.later(hours=3)
    post.run()
    assert post.states() == [("sent", "chat")]


def test_who_lost_a_message_to_the_sweep_does_not_send_it(post):
    post.writes()
    post.owes()
    slow = taking.take(outside.clock.now())
    post.later(minutes=11)
    sending.sweep(outside.clock.now())
    sending.send(slow)
    assert post.said == []
    post.run()
    assert len(post.said) == 1


def test_nothing_personal_lies_in_the_tables_in_clear(post):
    post.writes()
    post.owes()
    rows = repr([db.run(f"SELECT * FROM {t}").fetchall() for t in ("notice", "correspondent")])
    for personal in (SOMEBODY, "二甲双胍", "演示药店"):
        assert personal not in rows
