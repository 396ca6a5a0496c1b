"""What is held is told whole, goes when its person says so, and in time by itself."""

import json
from datetime import timedelta

import pytest

from backend import db
from backend.belongings import HOLDINGS, forget_everything
from backend.citizens.models import Citizen, Consent, Session
from backend.citizens.tasks import forget_citizens, has_any
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.citizens.conftest import dump
from tests.conftest import NOW
from tests.wechat.standin import SOMEBODY, SOMEBODY_ELSE


def night(**time):
    outside.clock = StoppedClock(NOW + timedelta(**time))
    return forget_citizens("shenyang", forget_everything)


def everything(town, openid=SOMEBODY, code="phone-1"):
    resident = town.signs_in(openid)
    resident.consents()
    resident.consents("health")
    if code:
        resident.gives_phone(code)
    return resident


def counts():
    with db.opened():
        return [table.select().count() for table in (Citizen, Session, Consent)]


def test_everything_held_is_told_part_by_part(town):
    told = everything(town).me()
    parts = {part["name"]: part["rows"] for part in told["held"]}
    assert list(parts) == [one.name for one in HOLDINGS]
    assert parts["手机号"] == [{"country": "86", "number": "13800000000"}]
    assert parts["微信的 openid 和来过的日子"][0]["openid"] == SOMEBODY
    assert [one["kind"] for one in parts["同意的记录"]] == ["personal", "health"]


def test_it_can_be_taken_along_as_a_file(town):
    resident = everything(town)
    headers = {"Authorization": f"Bearer {resident.token}"}
    answer = town.client.get("/api/v1/me?file=true", headers=headers)
    assert answer.headers["Content-Disposition"] == "attachment; filename=sanjin-me.json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert json.loads(answer.get_data()) == resident.me()


def test_whoever_says_so_is_forgotten_and_told_what_is_kept_and_why(town):
    resident, other = everything(town), everything(town, SOMEBODY_ELSE, code="")
    told = resident.ask("DELETE", "/me")
    assert {part["name"]: part["rows"] for part in told["deleted"]} == {
        "登录着的设备": 1, "手机号": 1, "微信的 openid 和来过的日子": 1,
    }  # fmt: skip
    (kept,) = told["kept"]
    assert (kept["name"], kept["rows"]) == ("同意的记录", 2)
    assert "第五十六条" in kept["why"]
    assert "1096 天" in kept["why"]
    resident.me(status=401)
    assert other.me()["citizen"]["consents"][0]["given"]
    with db.opened():
        cut = list(Consent.select().where(Consent.citizen_id.is_null()))
        assert [(one.at, str(one.day)) for one in cut] == [(None, "2026-11-24")] * 2


def test_who_comes_again_is_new_and_has_nothing_of_the_old(town):
    everything(town).ask("DELETE", "/me")
    told = town.signs_in().me()
    assert told["citizen"]["phone"] is None
    assert not any(one["said_version"] for one in told["citizen"]["consents"])


def test_all_other_sessions_are_dead_as_well(town):
    one, two = everything(town), town.signs_in()
    one.ask("DELETE", "/me")
    two.me(status=401)
    two.consents(status=401)
    two.gives_phone(status=401)


def test_a_deletion_that_fails_in_the_middle_leaves_everything(town):
    resident = everything(town)
    broken = (*HOLDINGS[:-1], HOLDINGS[-1]._replace(forget=_fails))
    with db.opened(), pytest.raises(RuntimeError):
        forget_everything(Citizen.get(), broken)
    assert counts() == [1, 1, 2]
    assert resident.me()["citizen"]["phone"]


def _fails(openid):
    raise RuntimeError


def test_who_never_consented_is_forgotten_after_the_packs_days(town):
    town.signs_in()
    everything(town, SOMEBODY_ELSE, code="")
    assert night(days=30) == 0
    assert night(days=31) == 1
    assert night(days=31) == 0
    assert counts() == [1, 0, 2]


def test_who_comes_every_day_without_consenting_is_forgotten_all_the_same(town):
    resident = town.signs_in()
    outside.clock = StoppedClock(NOW + timedelta(days=20))
    resident.me()
    assert night(days=31) == 1
    resident.me(status=401)


def test_who_withdrew_is_forgotten_the_packs_days_after(town):
    resident = everything(town)
    outside.clock = StoppedClock(NOW + timedelta(days=20))
    resident.withdraws()
    assert night(days=50) == 0
    assert night(days=51) == 1
    assert counts() == [0, 0, 4]


def test_sessions_that_ended_go_by_night(town):
    everything(town)
    night(days=29)
    assert counts()[1] == 1
    night(days=30)
    assert counts()[1] == 0


def test_records_that_were_cut_off_go_when_their_years_are_over_and_no_others(town):
    everything(town).ask("DELETE", "/me")
    everything(town, SOMEBODY_ELSE, code="")
    night(days=1096)
    assert counts()[2] == 4
    night(days=1097)
    assert counts()[2] == 2


def test_a_night_without_anybody_has_nothing_to_do(town):
    assert not has_any()
    assert night() == 0
    town.signs_in()
    assert has_any()


def test_nothing_of_a_person_is_left_in_the_tables_but_the_cut_off_records(town):
    everything(town).ask("DELETE", "/me")
    marks = [outside.vault.mark("openid", SOMEBODY), outside.vault.mark("phone", "86 13800000000")]
    text = dump()
    assert [one for one in (*marks, SOMEBODY, "13800000000") if one in text] == []
