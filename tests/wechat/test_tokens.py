"""The token: one for all, sealed, renewed by one caller, asked for anew once when it is refused."""

import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.outside import limits, wechat
from backend.outside.clock import StoppedClock
from backend.outside.wechat import Kind, NotDone
from tests.conftest import NOW
from tests.servers import redis_server
from tests.wechat.standin import APP_ID, SECRET, SOMEBODY

STABLE, CHECK = "cgi-bin/stable_token", "wxa/msg_sec_check"


def passes(line):
    return line.check_text(SOMEBODY, "您好").suggest == "pass"


def why(line):
    with pytest.raises(NotDone) as caught:
        passes(line)
    return caught.value.kind, caught.value.why


@pytest.fixture(params=["file", "redis"])
def shared_url(request, tmp_path):
    if request.param == "file":
        yield f"sqlite:///{tmp_path}/shared.db"
        return
    with redis_server(tmp_path) as url:
        yield url


def test_all_lines_use_one_token(opened, standin, shared_url):
    assert [passes(opened(url=shared_url)) for _ in range(4)] == [True] * 4
    assert standin.counts[STABLE] == 1


def test_a_token_lies_sealed_in_the_file(opened, standin, tmp_path):
    passes(opened())
    token = next(iter(standin.tokens))
    (kept,) = sqlite3.connect(tmp_path / "limits.db").execute(
        "SELECT value FROM kept WHERE length(value) > 50"
    )
    assert token.encode() not in kept[0]
    lying = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token.encode() not in lying
    assert SECRET.encode() not in lying


def test_a_token_sealed_with_another_secret_is_not_used(opened, standin):
    passes(opened())
    standin.trouble = {STABLE: 40125}
    assert why(opened(secret="0" * 32)) == (Kind.OURS, "settings")


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_refused_for_ever_is_asked_for_once_and_given_up(opened, standin, code, caplog):
    line = opened()
    passes(line)
    standin.trouble = {CHECK: code}
    assert why(line) == (Kind.LATER, "token_refused")
    assert (standin.counts[STABLE], standin.counts[CHECK]) == (2, 3)
    assert "refuses a token it has just given out" in caplog.text
    # The same token came back and is known not to work, so WeChat is left alone.
    for _ in range(5):
        why(line)
    assert standin.counts[STABLE] == 2


def test_a_token_that_died_is_replaced_within_the_same_call(line, standin):
    for _ in range(3):
        assert passes(line)
        standin.expire()
    assert passes(line)
    assert standin.counts[STABLE] == 4


def test_a_token_near_its_end_is_renewed_by_one_while_others_use_it(opened, standin):
    standin.lives_s = 200
    lines = [opened() for _ in range(4)]
    with ThreadPoolExecutor(8) as many:
        assert all(many.map(passes, lines * 8))
    assert standin.counts[STABLE] == 2


def test_a_token_out_of_reach_is_not_asked_for_by_everyone_in_turn(opened, standin):
    standin.trouble = {STABLE: "down"}
    lines = [opened() for _ in range(4)]
    assert {why(line) for line in lines} == {(Kind.LATER, "no_answer")}
    assert standin.counts[STABLE] == 1


def test_a_wrong_secret_stops_everyone_for_a_while(opened, standin):
    lines = [opened(secret="0" * 32) for _ in range(3)]
    assert {why(line) for line in lines} == {(Kind.OURS, "settings")}
    assert standin.counts[STABLE] == 1


def test_where_nothing_can_be_shared_each_process_has_its_own(opened, standin, caplog):
    line = opened(url="redis://127.0.0.1:1/0")
    assert passes(line)
    assert passes(line)
    assert standin.counts[STABLE] == 1
    assert "nothing is shared" in caplog.text


def in_processes(count, work):
    """Run the work in processes of their own; how many of them ended well."""
    numbers = []
    for _ in range(count):
        number = os.fork()
        if not number:
            status = 1
            try:
                status = 0 if work() else 1
            finally:
                os._exit(status)
        numbers.append(number)
    return [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in numbers].count(0)


def asked_by_many(url, standin_url):
    """Two threads of one process, each asking fifteen times, past the token's end and on."""
    counts = limits.connect(url, "off")
    given = wechat.Given(standin_url, APP_ID, SECRET)
    line = wechat.connect(given, counts.kept, lambda: StoppedClock(NOW))
    with ThreadPoolExecutor(2) as many:
        return all(many.map(lambda _: all(passes(line) for _ in range(15)), range(2)))


def expire_after(standin, calls):
    """Let the token die once so many calls have come, whatever the machine's pace."""

    def watch():
        while standin.counts[CHECK] < calls:
            time.sleep(0.005)
        standin.expire()

    threading.Thread(target=watch, daemon=True).start()


def test_a_token_that_dies_under_thirty_two_processes_makes_no_storm(standin, shared_url):
    standin.slow_s = 0.02
    expire_after(standin, 300)
    assert in_processes(32, lambda: asked_by_many(shared_url, standin.url)) == 32
    # 960 calls, and those that were refused once more.
    assert 960 < standin.counts[CHECK] <= 960 + 64
    # Two, and one more wherever a busy machine let somebody wait too long for what is shared.
    assert 2 <= standin.counts[STABLE] <= 5


def test_who_dies_while_asking_leaves_the_turn_to_another(opened, standin, shared_url):
    line = opened(url=shared_url)
    passes(line)
    line.kept.forget(line.tokens.name)
    line.kept.take(f"{line.tokens.name}:turn", 0.5)
    assert passes(line)
    assert standin.counts[STABLE] == 2
