"""Consents: given to today's words, each its own record, taken back as easily as given."""

from datetime import date

import pytest

from backend import db
from backend.citizens import consents, texts
from backend.citizens.models import Citizen, Consent
from tests.wechat.standin import SOMEBODY_ELSE

TEXT = """
[[personal]]
version = "1"
from = 2026-11-01
title = "个人信息"
text = "甲"
data = ["乙"]
why = "丙"
refused = "丁"
basis = "戊"
[[personal]]
version = "2"
from = 2026-12-01
title = "个人信息"
text = "改过的甲"
data = ["乙"]
why = "丙"
refused = "丁"
basis = "戊"
"""


def stands(told, kind="personal"):
    (one,) = [one for one in told["consents"] if one["kind"] == kind]
    return one


def records():
    with db.opened():
        return [
            (c.kind, c.given, c.version, c.said_by) for c in Consent.select().order_by(Consent.id)
        ]


def has(kind):
    with db.opened():
        return consents.has(Citizen.get(), kind)


def test_the_texts_are_for_everybody_and_say_whose_law_it_is(town):
    told = town.client.get("/api/v1/consents").get_json()
    assert told["guardian_under"] == 14
    assert [one["title"] for one in told["items"]] == ["个人信息", "健康", "位置", "通知"]
    for one in told["items"]:
        assert "《中华人民共和国个人信息保护法》" in one["basis"]
        assert all((one["text"], one["data"], one["why"], one["refused"], one["version"]))


def test_a_consent_is_a_dated_record_of_a_version_and_who_said_it(town):
    resident = town.signs_in()
    one = stands(resident.consents())
    assert (one["given"], one["current"], one["by"]) == (True, True, "self")
    assert one["at"].startswith("2026-11-24T02:00:00")
    resident.withdraws()
    resident.consents()
    assert [given for _, given, _, _ in records()] == [True, False, True]


def test_the_same_said_twice_is_noted_once(town):
    resident = town.signs_in()
    for _ in range(3):
        resident.consents()
    resident.withdraws()
    resident.withdraws()
    assert len(records()) == 2


def test_only_todays_version_is_consented_to(town):
    resident = town.signs_in()
    answer = resident.consents(version="0", status=409)
    assert (answer["code"], answer["errors"]) == ("text_changed", {"version": ["1"]})
    resident.consents(version="", status=409)
    assert records() == []


def test_the_others_need_the_first(town):
    resident = town.signs_in()
    assert resident.consents("health", status=409)["code"] == "needs_consent"
    resident.consents()
    assert stands(resident.consents("health"), "health")["given"]
    assert [has(kind) for kind in ("personal", "health", "place")] == [True, True, False]


def test_with_the_first_all_others_are_withdrawn_and_the_number_goes(town):
    resident = town.signs_in()
    resident.consents()
    resident.consents("notices")
    resident.gives_phone()
    told = resident.withdraws()
    assert told["phone"] is None
    assert not any(one["given"] for one in told["consents"])
    assert not has("notices")
    with db.opened():
        assert (Citizen.get().phone, Citizen.get().phone_mark) == ("", "")


def test_one_is_withdrawn_alone_without_a_version(town):
    resident = town.signs_in()
    resident.consents()
    resident.consents("place")
    told = resident.withdraws("place")
    assert (stands(told, "place")["given"], stands(told)["given"]) == (False, True)


def test_nobody_consents_without_saying_whether_he_is_of_age(town):
    resident = town.signs_in()
    for age in ("", "15_or_over"):
        assert "age" in resident.consents(age=age, status=422)["errors"]


def test_a_minor_consents_by_a_guardian_only_and_is_told_a_search_needs_nothing(town):
    child = town.signs_in()
    refused = child.consents(age="under_14", status=422)
    assert "父母或者别的监护人" in refused["message"]
    assert "第三十一条" in refused["message"]
    assert "查药、看价格不用登录" in refused["message"]
    assert child.consents(age="under_14", by="guardian")["minor"] is True
    for kind in ("health", "place", "notices"):
        child.consents(kind, status=422)
        assert stands(child.consents(kind, by="guardian"), kind)["given"]
    # Back is taken by anybody, himself too.
    assert not stands(child.withdraws("health"), "health")["given"]


def test_what_one_said_for_himself_holds_no_more_once_he_says_he_is_a_minor(town):
    resident = town.signs_in()
    resident.consents()
    resident.consents("health")
    resident.consents(age="under_14", by="guardian")
    assert [has(kind) for kind in ("personal", "health")] == [True, False]


@pytest.mark.parametrize("wrong", [{"given": "true"}, {"given": 1}, {"given": None}, {"by": "x"}])
def test_what_cannot_be_meant_is_refused_by_name(town, wrong):
    assert set(town.signs_in().consents(status=422, **wrong)["errors"]) == set(wrong)


def test_a_kind_there_is_not_is_not_found(town):
    town.signs_in().consents("marketing", status=404)


def test_what_one_consents_to_is_ones_own(town):
    town.signs_in().consents()
    assert not stands(town.signs_in(SOMEBODY_ELSE).me()["citizen"])["given"]


def test_a_text_that_changes_is_a_version_with_a_day(tmp_path):
    file = tmp_path / "consents.toml"
    file.write_text(TEXT, encoding="utf-8")
    days = [date(2026, 10, 1), date(2026, 11, 30), date(2026, 12, 1)]
    assert [texts.text_on("personal", day, file).version for day in days] == ["1", "1", "2"]
    assert [one.text for one in texts.texts_on(days[-1], file)] == ["改过的甲"]
