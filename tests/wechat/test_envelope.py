"""The envelope: known ones open, ours only, fresh only; every other is refused without a word."""

import base64
import json
from datetime import timedelta

import pytest

from backend.outside.wechat.bodies import BODY_BYTES, Refused
from backend.outside.wechat.ciphers import encrypted, push_key
from backend.outside.wechat.envelope import (
    COMPAT,
    PLAIN,
    SAFE,
    Lock,
    Mailbox,
    greeted,
    opened,
    sealed,
    signature_of,
)
from tests.wechat.vectors import A43, DAY, V3, V4, V5, V6, V7, V8, V9

BOX = V3.box
NOW = 1_796_000_000
STAMP, NONCE = str(NOW), "415670741"
MESSAGE = {"ToUserName": "gh_1", "FromUserName": "oA", "CreateTime": NOW, "MsgType": "text",
           "Content": "二甲双胍 <多少钱>", "MsgId": 4561255354251345929}  # fmt: skip
XML = (
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName>oA</FromUserName>"
    f"<CreateTime>{NOW}</CreateTime><MsgType>text</MsgType>"
    "<Content><![CDATA[二甲双胍 <多少钱>]]></Content><MsgId>4561255354251345929</MsgId></xml>"
)
JSON = json.dumps(MESSAGE, ensure_ascii=False)


def wrapped(encrypt, form, **beside):
    """The body around an `Encrypt`, with the plain fields beside it in compatible mode."""
    inside = {"ToUserName": "gh_1", **beside, "Encrypt": encrypt}
    if form == "json":
        return json.dumps(inside).encode()
    parts = "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in inside.items())
    return f"<xml>{parts}</xml>".encode()


def query(signed, *, box=BOX, name="msg_signature", stamp=STAMP, **more):
    """The query WeChat sends: `signed` is what is signed beside token, timestamp and nonce."""
    right = signature_of(box.now.token, stamp, NONCE, *signed)
    asked = {"timestamp": stamp, "nonce": NONCE, name: right}
    kind = {"encrypt_type": "aes", "signature": "0" * 40} if name == "msg_signature" else {}
    return asked | kind | more


def pushed(text, form="json", *, box=BOX, app_id=None, stamp=STAMP, **beside):
    """(query, body) of a push in safe or, with fields beside, compatible mode."""
    app_id = box.app_id if app_id is None else app_id
    letters = base64.b64encode(encrypted(text.encode(), app_id, box.now.key)).decode()
    return query([letters], box=box, stamp=stamp), wrapped(letters, form, **beside)


def open_now(asked, body, box=BOX, *, now=NOW, today=DAY):
    return opened(asked, body, box, now=now, today=today)


def refused(asked, body, box=BOX, **when):
    with pytest.raises(Refused) as caught:
        open_now(asked, body, box, **when)
    assert str(caught.value) == caught.value.why
    assert caught.value.__cause__ is None
    return caught.value.why


def test_v1_the_greeting_is_echoed():
    asked = {"signature": "f464b24fc39322e44b38aa78f5edd27bd1441696", "timestamp": "1714036504",
             "nonce": "1514711492", "echostr": "4375120948345356249"}  # fmt: skip
    assert greeted(asked, BOX, now=1714036510, today=DAY) == "4375120948345356249"
    with pytest.raises(Refused, match="signature"):
        greeted(asked | {"nonce": "1"}, BOX, now=1714036510, today=DAY)
    with pytest.raises(Refused, match="echostr"):
        greeted(asked | {"echostr": "<script>"}, BOX, now=1714036510, today=DAY)


def test_v2_a_plain_push_is_signed_with_the_token_alone():
    asked = {"signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78", "timestamp": "1714037059",
             "nonce": "486452656"}  # fmt: skip
    box = Mailbox("wx", PLAIN, Lock("AAAAA", b""))
    assert open_now(asked, b'{"MsgType":"event"}', box, now=1714037059).fields["MsgType"] == "event"


@pytest.mark.parametrize("vector", [V3, V5, V7, V8], ids=["V3", "V5", "V7", "V8"])
@pytest.mark.parametrize("form", ["xml", "json"])
def test_known_envelopes_open(vector, form):
    asked = {"timestamp": vector.timestamp, "nonce": vector.nonce, "encrypt_type": "aes",
             "msg_signature": vector.signature}  # fmt: skip
    push = open_now(asked, wrapped(vector.encrypt, form), vector.box, now=int(vector.timestamp))
    assert push.fields.items() >= vector.fields.items()
    assert vector.size in (0, len(push.raw))


@pytest.mark.parametrize("vector", [V4, V6], ids=["V4", "V6"])
def test_known_answers_are_made(vector):
    box, message, random, timestamp, nonce, encrypt, signature = vector
    made = sealed(message, box, timestamp=timestamp, nonce=nonce, random=random)
    assert made == (encrypt, signature)


def test_v9_a_key_that_is_not_canonical_encrypts_as_others_do():
    box, message, random, expected = V9
    assert base64.b64encode(encrypted(message, box.app_id, box.now.key, random=random)) == (
        expected.encode()
    )


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("outer", ["xml", "json"])
@pytest.mark.parametrize("mode", [COMPAT, SAFE])
def test_an_encrypted_push_says_what_was_sealed_and_not_what_lies_beside(mode, outer, form):
    box = BOX._replace(mode=mode)
    beside = {"Content": "something else"} if mode == COMPAT else {}
    text = XML if form == "xml" else JSON
    push = open_now(*pushed(text, outer, box=box, **beside), box)
    assert (push.form, push.fields["Content"]) == (form, "二甲双胍 <多少钱>")
    assert int(push.fields["MsgId"]) == 4561255354251345929


@pytest.mark.parametrize("text", [XML, JSON])
def test_a_plain_push_opens_in_plain_mode_only(text):
    asked = query([], name="signature")
    plain = BOX._replace(mode=PLAIN)
    assert open_now(asked, text.encode(), plain).fields["FromUserName"] == "oA"
    for mode in (COMPAT, SAFE):
        assert refused(asked, text.encode(), BOX._replace(mode=mode)) == "not_encrypted"
    assert refused(asked | {"encrypt_type": "rot13"}, text.encode(), plain) == "not_encrypted"


def test_an_encrypted_push_opens_in_plain_mode_where_there_is_a_key():
    assert open_now(*pushed(JSON), BOX._replace(mode=PLAIN)).fields["FromUserName"] == "oA"
    keyless = BOX._replace(mode=PLAIN, now=Lock("AAAAA", b""))
    assert refused(*pushed(JSON), keyless) == "no_key"


def test_the_signature_that_does_not_cover_the_body_is_not_believed_in_safe_mode():
    asked, body = pushed(JSON)
    right = signature_of("AAAAA", STAMP, NONCE)
    assert refused(asked | {"signature": right, "msg_signature": right}, body) == "signature"
    del asked["msg_signature"]
    assert refused(asked | {"signature": right}, body) == "signature"


@pytest.mark.parametrize("name", ["timestamp", "nonce", "msg_signature"])
@pytest.mark.parametrize("value", [None, "", "x" * 100, "１７９６００００００", "\n", "é" * 40])
def test_what_is_missing_or_misshapen_in_the_query_is_refused(name, value):
    asked, body = pushed(JSON)
    asked.pop(name)
    assert refused(asked if value is None else asked | {name: value}, body) in (
        "timestamp", "nonce", "signature",
    )  # fmt: skip


def test_one_letter_changed_is_refused():
    asked, body = pushed(JSON)
    at = body.index(b'"Encrypt": "') + 20
    other = body[:at] + (b"B" if body[at : at + 1] == b"A" else b"A") + body[at + 1 :]
    assert refused(asked, other) == "signature"


def test_a_push_for_another_account_is_refused():
    assert refused(*pushed(JSON, app_id="wx0000000000000000")) == "another_account"
    assert refused(*pushed(JSON, app_id="")) == "another_account"


def test_what_is_sealed_with_another_key_is_refused():
    other = BOX._replace(now=Lock("AAAAA", push_key("B" * 43)))
    assert refused(*pushed(JSON, box=other)) in ("sealed_otherwise", "another_account")


@pytest.mark.parametrize("seconds", [-86400, -601, 601, 86400])
def test_a_push_from_another_time_is_refused(seconds):
    assert refused(*pushed(JSON, stamp=str(NOW + seconds))) == "stale"
    open_now(*pushed(JSON, stamp=str(NOW + (600 if seconds > 0 else -600))))


def test_the_lock_before_opens_until_its_day_whichever_of_both_was_changed():
    fresh = Lock("BBBBB", push_key("C" * 43))
    until = DAY + timedelta(days=7)
    box = BOX._replace(now=fresh, before=BOX.now, before_until=until)
    half = BOX._replace(now=Lock("BBBBB", BOX.now.key))
    for old in (BOX, half, BOX._replace(now=fresh)):
        assert open_now(*pushed(JSON, box=old), box, today=until).fields["FromUserName"] == "oA"
    assert refused(*pushed(JSON), box, today=until + timedelta(days=1)) == "signature"
    assert refused(*pushed(JSON), box._replace(before_until=None)) == "signature"


def test_an_empty_token_signs_nothing():
    box = BOX._replace(now=Lock("", BOX.now.key))
    assert refused(*pushed(JSON, box=box), box) == "signature"


def test_a_key_that_is_none_is_refused_without_repeating_it():
    for letters in ("", "A" * 42, "A" * 44, "*" * 43, "é" * 43):
        with pytest.raises(ValueError, match="^not an EncodingAESKey$"):
            push_key(letters)
    assert push_key(A43) == bytes(32)


def test_a_body_too_long_is_not_looked_at():
    assert refused({}, b"<" * (BODY_BYTES + 1)) == "too_long"
