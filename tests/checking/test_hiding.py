"""Neither words, nor openid, nor a picture's address in any log, whatever goes wrong."""

import logging

import pytest

from backend.errors import WordsRefused
from backend.outside import outside, vault
from tests.checking.conftest import PICTURE
from tests.wechat.standin import SECRET, SOMEBODY

WORDS = "我在某药店买药多收了钱，违禁"
PATHS = ("wxa/msg_sec_check", "wxa/media_check_async")
TROUBLES = (None, "down", "nonsense", "hang_up", "cut_off", "odd_code", "elsewhere",
            61010, 87014, 45009, 40001, 40125, 47001, -1, 99999)  # fmt: skip


def told_nothing(caplog):
    for personal in (WORDS, WORDS[:4], SOMEBODY, PICTURE, "receipt", SECRET, "TOKEN-"):
        assert personal not in caplog.text, personal


@pytest.mark.parametrize("trouble", TROUBLES)
def test_nothing_of_what_is_checked_is_told(desk, standin, caplog, trouble):
    caplog.set_level(logging.DEBUG)
    if trouble:
        standin.trouble = dict.fromkeys(PATHS, trouble)
        assert desk.words(WORDS).state == "review"
    else:
        with pytest.raises(WordsRefused) as caught:
            desk.words(WORDS)
        assert WORDS[:4] not in repr(vars(caught.value)) + caught.value.words
    desk.image()
    desk.round()
    desk.push("trace-1", "risky")
    assert caplog.text
    told_nothing(caplog)


def test_neither_where_nothing_can_be_unsealed_nor_where_nobody_is_there(desk, standin, caplog):
    caplog.set_level(logging.DEBUG)
    desk.image()
    desk.image(about="complaint 13")
    standin.shutdown()
    standin.server_close()
    desk.words(WORDS)
    desk.round()
    outside.personal_key = vault.Given(key="2d" * 32)
    desk.round(minutes=1)
    assert "unopenable" in dict(map(reversed, desk.states()))
    told_nothing(caplog)
