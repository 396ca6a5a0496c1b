"""The address WeChat pushes to: greeted, believed by signature, kept once, answered at once."""

import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from backend import db
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.outside.wechat.envelope import signature_of
from backend.pushes.actions import unsealed
from backend.pushes.models import Push
from backend.pushes.tasks import forget_pushes
from tests.conftest import NOW
from tests.pushes.conftest import OURS, STAMP
from tests.wechat.standin import SECRET
from tests.wechat.test_envelope import BOX, JSON, MESSAGE, NONCE, XML, pushed, query
from tests.wechat.vectors import A43

TOKEN = BOX.now.token


def comes(client, text=JSON, form="json", **changes):
    asked, body = pushed(text, form, box=OURS, stamp=STAMP)
    return client.post("/wechat/callback", query_string=asked | changes, data=body)


def kept():
    with db.opened():
        return list(Push.select())


def test_the_greeting_is_echoed_as_plain_text(wechat):
    asked = query([], name="signature", stamp=STAMP, echostr="4375120948345356249")
    answer = wechat.get("/wechat/callback", query_string=asked)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.get_data(as_text=True) == "4375120948345356249"
    refused = wechat.get("/wechat/callback", query_string=asked | {"nonce": "other"})
    assert refused.status_code == 403


@pytest.mark.parametrize("form", ["xml", "json"])
def test_a_message_is_kept_and_answered_at_once(wechat, form):
    answer = comes(wechat, XML if form == "xml" else JSON, form)
    assert (answer.status_code, answer.get_data()) == (200, b"success")
    (push,) = kept()
    assert (push.kind, push.state, push.received_at) == ("text", "waiting", NOW)
    assert "二甲双胍".encode() in unsealed(push)


def test_a_message_that_comes_again_is_kept_once_whichever_form_it_has(wechat):
    for text, form in ((JSON, "json"), (JSON, "xml"), (XML, "xml")):
        assert comes(wechat, text, form).get_data() == b"success"
    assert len(kept()) == 1
    comes(wechat, json.dumps(MESSAGE | {"MsgId": 4561255354251345930}))
    assert len(kept()) == 2


def test_what_is_kept_shows_neither_who_nor_numbers_nor_words_in_the_clear(wechat):
    said = MESSAGE | {"FromUserName": "oSomebodyReal", "Content": "我的电话 13800000000"}
    comes(wechat, json.dumps(said, ensure_ascii=False))
    with db.opened():
        rows = repr(db.run("SELECT * FROM push").fetchall())
    assert "oSomebodyReal" not in rows
    assert "13800000000" not in rows
    assert "我的电话" in kept()[0].masked


def test_who_is_not_wechat_is_refused_without_a_word_of_what_he_said(wechat, caplog):
    caplog.set_level(logging.DEBUG)
    answer = comes(wechat, msg_signature="0" * 40)
    assert answer.status_code == 403
    assert answer.get_json()["code"] == "not_from_wechat"
    assert wechat.post("/wechat/callback", data=b"<xml>words-of-somebody").status_code == 403
    assert "words-of-somebody" not in caplog.text
    assert "a push was refused: signature" in caplog.text
    assert kept() == []


def test_a_plain_body_is_refused_in_safe_mode(wechat):
    asked = {"timestamp": STAMP, "nonce": NONCE, "signature": signature_of(TOKEN, STAMP, NONCE)}
    assert wechat.post("/wechat/callback", query_string=asked, data=JSON).status_code == 403


def test_a_body_too_long_is_not_read(wechat):
    assert wechat.post("/wechat/callback", data=b"x" * 70_000).status_code == 413


def test_a_body_whose_length_nobody_says_is_bounded_too(wechat, caplog):
    answer = wechat.post(
        "/wechat/callback", input_stream=io.BytesIO(b"x" * 900_000),
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip
    assert answer.status_code == 403
    assert "a push was refused: too_long" in caplog.text


def test_what_cannot_be_kept_is_not_answered_success_so_that_it_comes_again(wechat, caplog):
    caplog.set_level(logging.INFO)
    with db.opened():
        db.run("DROP TABLE push")
    answer = comes(wechat)
    assert answer.status_code >= 500
    assert b"success" not in answer.get_data()
    for personal in ("二甲双胍", "oA", SECRET, A43):
        assert personal not in caplog.text


def test_of_many_who_bring_the_same_at_once_one_is_kept(wechat):
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: comes(wechat.application.test_client()), range(24)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(kept()) == 1


def test_without_a_token_there_is_no_such_address(house):
    client = house.test_client()
    assert client.get("/wechat/callback").status_code == 404
    assert client.post("/wechat/callback", data=b"{}").status_code == 404


def test_a_push_is_forgotten_after_a_week(wechat):
    comes(wechat)
    outside.clock = StoppedClock(NOW + timedelta(days=7))
    assert forget_pushes("shenyang") == 0
    outside.clock = StoppedClock(NOW + timedelta(days=7, seconds=1))
    assert (forget_pushes("shenyang"), forget_pushes("shenyang"), kept()) == (1, 0, [])
