"""What WeChat pushes of windows and subscriptions: counted, in whatever form it comes."""

import pytest

from backend.notices import correspondents as people
from backend.notices.models import Notice
from backend.notices.pushed import HANDLES
from backend.outside import outside
from tests.conftest import NOW
from tests.wechat.standin import SOMEBODY, TEMPLATE

NOTIFY = "cgi-bin/message/subscribe/send"


def pushed(kind, **fields):
    stamp = str(int(outside.clock.now().timestamp()))
    HANDLES[kind]({"FromUserName": SOMEBODY, "CreateTime": stamp} | fields)


def row(said="accept", template=TEMPLATE):
    return {"TemplateId": template, "SubscribeStatusString": said, "PopupScene": "0"}


def credit():
    one = people.find(SOMEBODY)
    return bool(one) and people.may(one.id, TEMPLATE)


@pytest.mark.parametrize("kind", ["text", "image", "voice", "miniprogrampage"])
def test_whatever_a_person_sends_opens_the_window(post, kind):
    pushed(kind, CreateTime=int(NOW.timestamp()))
    assert people.window_of(people.find(SOMEBODY)).holds(NOW) == 5


def test_entering_opens_it_for_a_minute(post):
    pushed("event:user_enter_tempsession")
    assert people.window_of(people.find(SOMEBODY)).holds(NOW) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"List": row()},
        {"List": [row(), row("reject", "another")]},
        {"SubscribeMsgPopupEvent": {"List": row()}},
        {"SubscribeMsgPopupEvent": {"List": [row(), row("reject", "another")]}},
    ],
)
def test_an_acceptance_is_counted_in_every_form(post, fields):
    pushed("event:subscribe_msg_popup_event", **fields)
    assert credit()


def test_acceptances_add_up_and_a_refusal_takes_them_all(post):
    for _ in range(3):
        pushed("event:subscribe_msg_popup_event", List=row())
    assert people.find(SOMEBODY)
    pushed("event:subscribe_msg_change_event", List=row("reject"))
    assert not credit()


def test_an_acceptance_to_be_heard_is_one(post):
    pushed("event:subscribe_msg_popup_event", List=row("acceptWithAudio"))
    assert credit()


@pytest.mark.parametrize("said", ["ban", "filter", "", None])
def test_what_is_no_acceptance_is_none(post, said):
    pushed("event:subscribe_msg_popup_event", List=row(said))
    assert not credit()


def test_a_message_that_did_not_arrive_after_all_takes_the_next_rung(post):
    post.accepts()
    post.owes()
    post.run()
    number = Notice.get().msg_id
    assert number
    pushed("event:subscribe_msg_sent_event",
           List={"TemplateId": TEMPLATE, "MsgID": number, "ErrorCode": "1"})  # fmt: skip
    post.run()
    assert post.states() == [("inbox", "inbox")]
    assert post.standin.counts[NOTIFY] == 1


def test_one_nobody_was_sure_of_is_known_once_wechat_says_it_arrived(post):
    post.accepts()
    post.standin.trouble = {NOTIFY: "hang_up"}
    post.owes()
    post.run()
    assert [state for state, _ in post.states()] == ["unknown"]
    pushed("event:subscribe_msg_sent_event",
           List={"TemplateId": TEMPLATE, "MsgID": "9", "ErrorCode": "0"})  # fmt: skip
    assert post.states() == [("sent", "subscribed")]
