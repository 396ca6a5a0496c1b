"""What makes two pushes one, and what may be looked at of one."""

import pytest

from backend.outside.wechat.bodies import fields_of
from backend.pushes.rules import key_of, kind_of, seen

TEXT = {"FromUserName": "oA", "MsgType": "text", "MsgId": 1, "CreateTime": 5, "Content": "a"}
ENTERED = {"FromUserName": "oA", "MsgType": "event", "Event": "user_enter_tempsession",
           "CreateTime": 5}  # fmt: skip


def key(fields, raw=b""):
    return key_of(fields, raw)


def test_a_message_is_told_by_its_number_and_sender():
    assert key(TEXT) == key(TEXT | {"CreateTime": 6, "MsgId": "1"})
    assert len({key(TEXT), key(TEXT | {"MsgId": 2}), key(TEXT | {"FromUserName": "oB"})}) == 3


@pytest.mark.parametrize(
    "other", [{"CreateTime": 6}, {"Event": "debug_demo"}, {"FromUserName": "oB"}, {"trace_id": "t"}]
)
def test_an_event_is_told_by_who_when_and_what(other):
    assert key(ENTERED) == key(dict(ENTERED))
    assert key(ENTERED) != key(ENTERED | other)


def test_two_templates_of_one_second_are_two_and_both_forms_are_one():
    xml = (
        "<xml><FromUserName>oA</FromUserName><CreateTime>5</CreateTime><MsgType>event</MsgType>"
        "<Event>e</Event><SubscribeMsgSentEvent><List><TemplateId>{}</TemplateId>"
        "<MsgID>9</MsgID></List></SubscribeMsgSentEvent></xml>"
    )
    first, _ = fields_of(xml.format("T1").encode())
    second, _ = fields_of(xml.format("T2").encode())
    other = ENTERED | {"Event": "e", "List": {"TemplateId": "T1", "MsgID": "9"}}
    many = other | {"List": [{"TemplateId": "T1", "MsgID": "9"}]}
    assert key(first) != key(second)
    assert key(first) == key(other) == key(many)


def test_what_says_neither_is_told_by_its_bytes():
    assert key({}, b"a") == key({}, b"a") != key({}, b"b")


def test_the_kind_names_the_event_and_is_short():
    assert [kind_of(TEXT), kind_of(ENTERED)] == ["text", "event:user_enter_tempsession"]
    assert len(kind_of({"MsgType": "x" * 100})) == 40
    assert kind_of({}) == ""


def test_only_kind_time_and_masked_words_are_seen():
    assert seen(TEXT | {"PicUrl": "http://x"}, lambda words: "*") == {
        "MsgType": "text", "CreateTime": "5", "Content": "*",
    }  # fmt: skip
    assert "Content" not in seen(TEXT | {"Content": {"a": "b"}}, str)
