"""No secret, token or code in a log, an exception, or a trace, whatever goes wrong."""

import logging
import traceback

import pytest

from backend.outside.hiding import Secret, masked
from backend.outside.wechat import NotDone
from backend.settings import Settings
from tests.wechat.standin import SECRET, SOMEBODY, TROUBLES

CODE = "code-of-somebody"
PATHS = {"login": "sns/jscode2session", "say": "cgi-bin/message/custom/send",
         "token": "cgi-bin/stable_token"}  # fmt: skip


def told_of(line, verb):
    """Everything an operator could come to read of a failure: trace, locals, chain."""
    try:
        line.login(CODE) if verb == "login" else line.say(SOMEBODY, "words")
    except NotDone as error:
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        chain, told = error, []
        while chain:
            told += [str(chain), repr(chain), repr(vars(chain))]
            chain = chain.__cause__ or chain.__context__
        return "".join(trace.format()) + "".join(told)
    raise AssertionError("it went well")


# Who waits in vain waits for seconds, so that is tried once.
CASES = [
    (verb, trouble)
    for verb in PATHS
    for trouble in (*TROUBLES, 40125, 40164, 45009, 40001, -1, 99999)
    if verb == "login" or trouble not in ("slow", "drip")
]


@pytest.mark.parametrize(("verb", "trouble"), CASES)
def test_nothing_secret_is_told_of_a_failure(line, standin, caplog, verb, trouble):
    caplog.set_level(logging.DEBUG)
    if verb == "say":
        line.check_text(SOMEBODY, "a token is there")
    standin.trouble = {PATHS[verb]: trouble}
    trace = told_of(line, verb)
    assert "WeChat" in caplog.text
    for secret in (SECRET, "TOKEN-", "SESSION-KEY"):
        assert secret not in trace + caplog.text, secret
    # A trace with every frame's values has what our own caller gave; a log has not even that.
    for personal in (CODE, SOMEBODY):
        assert personal not in caplog.text, personal


def test_what_goes_well_is_told_without_secrets_too(line, caplog):
    caplog.set_level(logging.DEBUG)
    line.login("login-1")
    line.check_text(SOMEBODY, "words")
    assert "jscode2session" in caplog.text
    for secret in (SECRET, "TOKEN-", "login-1", "SESSION-KEY", SOMEBODY):
        assert secret not in caplog.text


def test_a_server_that_is_not_there_is_told_without_secrets(line, standin, caplog):
    caplog.set_level(logging.DEBUG)
    standin.shutdown()
    standin.server_close()
    told = told_of(line, "login") + caplog.text
    assert SECRET not in told
    assert CODE not in caplog.text
    assert "ConnectionError" in caplog.text


def test_secrets_are_masked_where_they_stand_in_an_address():
    said = "GET /x?appid=wx1&secret=abc&js_code=1 'access_token=T' next"
    assert masked(said) == "GET /x?appid=wx1&secret=***&js_code=*** 'access_token=***' next"
    assert repr(Secret("abc")) == "<secret>"


def test_settings_do_not_show_the_secret():
    assert SECRET not in repr(Settings(wechat_app_secret=SECRET))
