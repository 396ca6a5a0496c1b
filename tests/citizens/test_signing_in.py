"""Signing in: a code of WeChat's becomes a token, whose every trouble is told in words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from backend import db
from backend.citizens.models import Citizen, Session
from backend.citizens.rules import MOST_SESSIONS
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.citizens.conftest import LOGIN, NUMBER, STABLE
from tests.conftest import NOW
from tests.wechat.standin import SOMEBODY, SOMEBODY_ELSE


def after(**time):
    outside.clock = StoppedClock(NOW + timedelta(**time))


def counted(table):
    with db.opened():
        return table.select().count()


def test_a_code_becomes_a_session_that_is_told_once(town):
    answer = town.begins(town.code())
    said = answer.get_json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    assert len(said["token"]) == 43
    assert said["expires_at"].startswith("2026-12-24T02:00:00")
    assert said["citizen"]["phone"] is None
    assert [one["given"] for one in said["citizen"]["consents"]] == [False] * 4
    assert "session_key" not in answer.get_data(as_text=True).lower()


def test_who_comes_again_is_the_same_person_with_another_session(town):
    first, second = town.signs_in(), town.signs_in()
    town.signs_in(SOMEBODY_ELSE)
    assert (counted(Citizen), counted(Session)) == (2, 3)
    assert first.token != second.token
    held = {part["name"]: part["rows"] for part in second.me()["held"]}
    assert len(held["登录着的设备"]) == 2


def test_two_sign_ins_of_one_new_person_at_once_make_one_citizen(town):
    codes = [town.code() for _ in range(8)]
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda code: town.app.test_client().post(
            "/api/v1/sessions", json={"code": code}), codes))  # fmt: skip
    assert [answer.status_code for answer in answers] == [201] * 8
    assert (counted(Citizen), counted(Session)) == (1, 8)


@pytest.mark.parametrize(
    ("trouble", "status", "code", "words"),
    [
        (40029, 422, "code_is_over", "重新打开小程序"),
        (40163, 422, "code_is_over", "重新打开小程序"),
        (40226, 403, "risky_person", "有风险"),
        (45011, 429, "too_many", "太频繁"),
        (-1, 503, "try_again", "没有回答"),
        (45009, 503, "try_again", "没有回答"),
        ("down", 503, "try_again", "没有回答"),
        ("hang_up", 503, "try_again", "没有回答"),
        ("nonsense", 503, "try_again", "没有回答"),
        (40125, 503, "try_again", "设置有误"),
        (99999, 503, "try_again", "设置有误"),
    ],
)
def test_every_trouble_of_wechats_is_told_in_words(town, trouble, status, code, words):
    town.standin.trouble = {LOGIN: trouble}
    answer = town.begins(town.code())
    told = answer.get_json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert words in told["message"]
    if status in (429, 503):
        assert int(answer.headers["Retry-After"]) >= 1
    assert counted(Citizen) == 0


def test_a_code_works_once(town):
    code = town.code()
    assert [town.begins(code).status_code for _ in range(2)] == [201, 422]


@pytest.mark.parametrize("said", [{}, {"code": ""}, {"code": "x" * 129}, {"code": None}, []])
def test_what_is_no_code_is_not_even_asked_about(town, said):
    assert town.client.post("/api/v1/sessions", json=said).status_code == 422
    assert town.standin.asked == []


def test_login_works_while_no_token_can_be_had(town):
    """Whatever is asked of WeChat with a token fails often enough to rest; a login asks without."""
    resident = town.signs_in()
    resident.consents()
    town.standin.trouble = {STABLE: "down"}
    tokens = outside.wechat.tokens
    for _ in range(20):
        tokens.kept.forget(f"{tokens.name}:rest")
        resident.gives_phone(status=503)
    assert town.standin.counts[STABLE] == 5, "the token's path rests after five"
    assert town.signs_in().token
    town.standin.trouble = {NUMBER: "down"}
    assert town.signs_in().token


def test_a_session_that_is_used_goes_on_and_one_that_is_not_ends(town):
    used, left = town.signs_in(), town.signs_in(SOMEBODY_ELSE)
    for days in (20, 40, 60):
        after(days=days)
        used.me()
    left.me(status=401)
    after(days=91)
    used.me(status=401)


def test_a_session_is_written_once_a_day_however_often_it_is_used(town):
    resident = town.signs_in()
    with db.opened():
        before = Session.get()
    after(hours=5)
    resident.me()
    with db.opened():
        assert Session.get().expires_at == before.expires_at
    after(days=1)
    resident.me()
    after(days=1, hours=5)
    resident.me()
    with db.opened():
        assert Session.get().expires_at == NOW + timedelta(days=31)
        assert str(Citizen.get().seen_on) == "2026-11-25"


def test_signing_out_ends_this_device_or_all_of_them(town):
    one, two, three = (town.signs_in() for _ in range(3))
    assert one.ask("DELETE", "/sessions/current") == {"ended": 1, "text": "已退出。"}
    one.me(status=401)
    assert two.ask("DELETE", "/sessions")["ended"] == 2
    three.me(status=401)
    assert town.signs_in().me()


def test_so_many_devices_and_no_more(town):
    residents = [town.signs_in() for _ in range(MOST_SESSIONS + 2)]
    assert counted(Session) == MOST_SESSIONS
    residents[0].me(status=401)
    residents[-1].me()


def test_a_stranger_hears_to_sign_in_before_anything_else_is_looked_at(town):
    answer = town.client.post("/api/v1/me/phone", json={"nonsense": 1})
    assert answer.status_code == 401
    assert "查药、看价格不用登录" in answer.get_json()["message"]


def test_who_signs_in_here_is_asked_by_no_page_of_another_site(town):
    """A token is no cookie: a browser sends it nowhere by itself, and reads only are allowed."""
    answer = town.reopened(cors_origins="*").begins(town.code(SOMEBODY))
    assert "Set-Cookie" not in answer.headers
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "DELETE",
             "Access-Control-Request-Headers": "authorization"}  # fmt: skip
    allowed = town.client.options("/api/v1/me", headers=asked).headers
    assert "DELETE" not in allowed.get("Access-Control-Allow-Methods", "")
    assert "authorization" not in allowed.get("Access-Control-Allow-Headers", "").lower()
