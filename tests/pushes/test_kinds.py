"""Every kind WeChat pushes, as XML and as JSON: one push either way, and nobody's to look at."""

import json

import pytest

from backend.outside.wechat import fields_of
from backend.pushes.rules import KINDS, counted_as, key_of, kind_of, listed, person_of, seen
from tests.wechat.messages import (
    ADDRESS,
    MEDIA,
    NUMBER,
    PLATFORM,
    WHO,
    as_json,
    as_xml,
    every_kind,
)

AT = 1_796_000_000
PUSHES = every_kind(AT)
each_kind = pytest.mark.parametrize("kind", PUSHES)


def both(kind):
    """The fields as they are read of JSON and of XML."""
    return [fields_of(text.encode())[0] for text in (as_json(PUSHES[kind]), as_xml(PUSHES[kind]))]


def test_every_kind_we_know_is_among_them():
    assert set(PUSHES) >= KINDS
    assert {counted_as(kind) for kind in PUSHES} == KINDS | {"other"}


@each_kind
def test_both_forms_are_one_push_of_the_same_kind_and_person(kind):
    json_, xml = both(kind)
    assert key_of(json_, b"") == key_of(xml, b"")
    assert kind_of(json_) == kind_of(xml) == kind[:40]
    assert person_of(json_) == person_of(xml) == WHO


@each_kind
def test_what_may_be_looked_at_names_nobody_and_nothing_of_his(kind):
    for fields in both(kind):
        told = json.dumps(seen(fields, lambda words: words.replace(NUMBER, "＊")))
        for personal in (WHO, PLATFORM, MEDIA, ADDRESS, NUMBER, "wx0123456789abcdef", "trace"):
            assert personal not in told
    assert seen(both(kind)[0], str) == seen(both(kind)[1], str)


@each_kind
def test_another_person_or_another_second_is_another_push(kind):
    others = (every_kind(AT, who="oAnother")[kind], every_kind(AT + 1)[kind])
    # A message is told by its number, whenever it is said to have been made.
    wanted = 3 if kind.startswith("event") else 2
    assert len({key_of(fields, b"") for fields in (PUSHES[kind], *others)}) == wanted


def test_two_who_take_back_what_they_allowed_in_one_second_are_two_though_the_platform_tells():
    kind = "event:user_authorization_revoke"
    first, phone = PUSHES[kind], PUSHES[kind] | {"RevokeInfo": "7"}
    other = first | {"OpenID": "oAnother"}
    assert len({key_of(fields, b"") for fields in (first, phone, other)}) == 3


def test_a_field_with_a_space_before_its_name_as_in_a_sample_of_wechats_is_read():
    fields = {"FromUserName": PLATFORM, "MsgType": "event", " OpenID": WHO}
    assert person_of(fields) == WHO


@pytest.mark.parametrize("fields", [{}, {"FromUserName": PLATFORM}, {"FromUserName": {"a": "b"}}])
def test_what_is_from_no_person_is_nobodys(fields):
    assert person_of(fields) == ""


def test_rows_about_subscriptions_are_a_list_whichever_way_they_came():
    many, one = "event:subscribe_msg_popup_event", "event:subscribe_msg_sent_event"
    for kind, count in ((many, 2), (one, 1)):
        json_, xml = both(kind)
        assert listed(json_) == listed(xml)
        assert len(listed(json_)) == count
        assert "TemplateId" in listed(xml)[0]
    assert [listed(fields) for fields in ({}, {"List": "x"}, {"List": ["x"]})] == [[], [], []]


def test_what_was_decided_stays_to_be_looked_at():
    told = seen(PUSHES["event:wxa_media_check"], str)
    assert told["about"] == [{"suggest": "pass", "label": "100"}]
    assert seen(PUSHES["event:subscribe_msg_change_event"], str)["about"] == [
        {"SubscribeStatusString": "reject"}
    ]
