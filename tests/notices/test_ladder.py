"""The ladder: the best way that is open, and never the same words pushed twice."""

from itertools import product

import pytest

from backend.notices.ladder import Rung, Standing, Step, Why, next_step

BARE = Standing(chat_left=0, chat_parts=1, credit=False)


def test_an_open_window_comes_first():
    assert next_step(BARE._replace(chat_left=1, credit=True)) == Step(Rung.CHAT, Why.OPEN_WINDOW)


def test_without_a_window_a_message_they_allowed_is_used():
    assert next_step(BARE._replace(credit=True)) == Step(Rung.SUBSCRIBED, Why.ALLOWED)


def test_an_answer_longer_than_the_window_holds_is_not_sent_by_halves():
    long = BARE._replace(chat_left=2, chat_parts=3, credit=True)
    assert next_step(long).rung is Rung.SUBSCRIBED


def test_a_rung_that_said_never_is_not_tried_again():
    now = BARE._replace(chat_left=5, credit=True, refused=frozenset((Rung.CHAT,)))
    assert next_step(now).rung is Rung.SUBSCRIBED
    now = now._replace(refused=frozenset((Rung.CHAT, Rung.SUBSCRIBED)))
    assert next_step(now) == Step(Rung.INBOX, Why.NO_OTHER_WAY)


@pytest.mark.parametrize("must_reach", [False, True])
def test_what_must_reach_somebody_ends_with_a_clerk_who_calls(must_reach):
    rung = next_step(BARE._replace(must_reach=must_reach)).rung
    assert rung is (Rung.CALL if must_reach else Rung.INBOX)


def test_who_unsubscribed_is_not_disturbed_and_can_read_it():
    now = Standing(chat_left=5, chat_parts=1, credit=True, wanted=False, must_reach=True)
    assert next_step(now) == Step(Rung.INBOX, Why.UNWANTED)


def test_what_may_have_arrived_is_pushed_by_no_rung_again():
    for left, credit, must in product((0, 5), (False, True), (False, True)):
        step = next_step(Standing(left, 1, credit, perhaps=True, must_reach=must))
        assert step.rung in (Rung.INBOX, Rung.CALL)
        assert step.why is Why.MAY_HAVE_ARRIVED
