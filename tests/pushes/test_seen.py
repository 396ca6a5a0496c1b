"""What is seen of pushes, and who is shut out: counts, gauges, the limit of an address."""

import re

import pytest

from backend import db
from backend.errors import BadSetting
from backend.outside import outside
from backend.outside.kept import KeptInMemory
from backend.outside.wechat.client import RealWeChat
from backend.outside.wechat.line import Line
from backend.pushes.working import work_off
from backend.settings import Settings
from tests.pushes.conftest import OURS, STAMP
from tests.wechat.messages import as_json, every_kind
from tests.wechat.standin import APP_ID, SECRET, SOMEBODY, StandIn
from tests.wechat.test_envelope import pushed
from tests.wechat.vectors import A43

CALLBACK = "/wechat/callback"


@pytest.fixture
def figure(wechat):
    """figure(name) → what /metrics says of it now, None where it says nothing."""

    def look(name):
        text = wechat.get("/metrics").get_data(as_text=True)
        found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else None

    return look


def texts(count, begin=0):
    return [as_json(every_kind(int(STAMP), begin + n)["text"]) for n in range(count)]


def bad(wechat):
    asked, body = pushed("{}", box=OURS, stamp=STAMP)
    forged = asked | {"msg_signature": "0" * 40}
    return wechat.post(CALLBACK, query_string=forged, data=body)


def test_pushes_are_counted_by_kind_repetitions_and_refusals_by_themselves(pushes, wechat, figure):
    names = {
        "kind": 'sanjin_pushes_total{kind="text"}', "other": 'sanjin_pushes_total{kind="other"}',
        "again": "sanjin_pushes_repeated_total", "time": "sanjin_push_seconds_count",
        "refused": 'sanjin_pushes_refused_total{why="signature"}',
        "long": 'sanjin_pushes_refused_total{why="too_long"}',
    }  # fmt: skip
    before = {name: figure(told) or 0 for name, told in names.items()}
    told = every_kind(int(STAMP))
    for text in (told["text"], told["text"], told["something_new"]):
        pushes(as_json(text))
    bad(wechat)
    wechat.post(CALLBACK, data=b"x" * 70_000)
    after = {name: figure(said) - before[name] for name, said in names.items()}
    assert after == {"kind": 1, "other": 1, "again": 1, "time": 3, "refused": 1, "long": 1}
    assert "something_new" not in wechat.get("/metrics").get_data(as_text=True)


def test_what_waits_and_what_failed_is_told_with_the_age_of_the_oldest(pushes, wechat, figure):
    for text in texts(2):
        pushes(text)
    assert figure("sanjin_pushes_waiting") == 2
    ready = wechat.get("/readyz").get_json()["wechat"]
    assert (ready["waiting"], ready["oldest_s"], ready["failed"]) == (2, 0, 0)
    with db.opened():
        work_off({}, city="shenyang")
        db.run("UPDATE push SET state = 'failed' WHERE id = (SELECT MIN(id) FROM push)")
    names = ("waiting", "oldest_seconds", "failed")
    assert [figure(f"sanjin_pushes_{name}") for name in names] == [0, 0, 1]
    assert wechat.get("/readyz").get_json()["wechat"]["failed"] == 1


def test_the_tokens_age_is_told_and_nobody_is_asked_for_it(wechat, figure):
    with StandIn() as standin:
        line = Line(standin.url, APP_ID, SECRET)
        outside.wechat = RealWeChat(line, KeptInMemory(), lambda: outside.clock)
        assert figure("sanjin_wechat_token_age_seconds") is None
        assert wechat.get("/readyz").get_json()["wechat"]["token_age_s"] is None
        assert standin.asked == []

        standin.writes(SOMEBODY)
        outside.wechat.say(SOMEBODY, "您好")
        asked = len(standin.asked)
        assert 0 <= figure("sanjin_wechat_token_age_seconds") < 60
        assert 7000 < figure("sanjin_wechat_token_left_seconds") < 7200
        ready = wechat.get("/readyz").get_json()["wechat"]
        assert ready["token_age_s"] < 60
        assert ready["token_left_s"] > 7000
        assert len(standin.asked) == asked


def test_without_wechat_nothing_is_told_of_it(house):
    client = house.test_client()
    assert set(client.get("/readyz").get_json()["wechat"].values()) == {None}
    text = client.get("/metrics").get_data(as_text=True)
    assert "sanjin_pushes_waiting" not in text
    assert "sanjin_wechat_token" not in text


def test_wechat_is_never_shut_out_however_much_it_brings(pushes):
    assert {pushes(text) for text in texts(10)} == {200}


def test_who_is_refused_often_is_shut_out_before_what_he_brings_is_read(wechat, pushes):
    assert [bad(wechat).status_code for _ in range(5)] == [403, 403, 403, 429, 429]
    # Even what is right does not help him, and others are not held up.
    (text,) = texts(1)
    assert pushes(text) == 429
    asked, body = pushed(text, box=OURS, stamp=STAMP)
    other = wechat.post(
        CALLBACK, query_string=asked, data=body, environ_base={"REMOTE_ADDR": "8.8.4.4"}
    )
    assert other.status_code == 200


def test_what_he_may_not_ask_elsewhere_counts_here_as_well(wechat, pushes):
    assert [wechat.get("/api/v1/suggest?q=e").status_code for _ in range(4)] == [200] * 3 + [429]
    assert pushes(texts(1)[0]) == 429


def test_a_site_of_production_takes_no_plain_pushes():
    given = {"WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": SECRET, "WECHAT_TOKEN": "token123",
             "WECHAT_PUSH_MODE": "plain"}  # fmt: skip
    assert Settings.from_environment(given).wechat_push_mode == "plain"
    with pytest.raises(BadSetting, match="安全模式"):
        Settings.from_environment(given | {"PUBLIC_URL": "https://sanjin.example.cn"})
    sealed = given | {"WECHAT_PUSH_MODE": "", "WECHAT_AES_KEY": A43,
                      "PUBLIC_URL": "https://sanjin.example.cn"}  # fmt: skip
    assert Settings.from_environment(sealed).wechat_push_mode == "safe"
