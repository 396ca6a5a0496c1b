"""The number: one's own, with the consent it needs, shown to himself only, gone when he says so."""

import pytest

from backend import db
from backend.citizens.models import Citizen
from backend.outside import outside
from tests.citizens.conftest import NUMBER, dump
from tests.wechat.standin import SOMEBODY_ELSE

MINE = {"country": "86", "number": "13800000000"}


def test_a_number_is_kept_shown_to_himself_and_found_by_its_mark(town):
    resident = town.signs_in()
    resident.consents()
    assert resident.gives_phone()["phone"] == MINE
    assert resident.me()["citizen"]["phone"] == MINE
    with db.opened():
        mark = outside.vault.mark("phone", "86 13800000000")
        assert Citizen.get().phone_mark == mark
    assert "13800000000" not in dump()


def test_without_the_consent_wechat_is_not_even_asked(town):
    told = town.signs_in().gives_phone(status=409)
    assert (told["code"], town.standin.counts[NUMBER]) == ("needs_consent", 0)


def test_the_number_of_somebody_else_is_not_taken(town):
    town.standin.phones["phone-2"] = (SOMEBODY_ELSE, "13900000000")
    resident = town.signs_in()
    resident.consents()
    told = resident.gives_phone("phone-2", status=422)
    assert (told["code"], "不是您的" in told["message"]) == ("code_is_over", True)
    assert resident.me()["citizen"]["phone"] is None


def test_a_code_of_the_button_works_once(town):
    resident = town.signs_in()
    resident.consents()
    resident.gives_phone()
    assert "再点一次" in resident.gives_phone(status=422)["message"]


@pytest.mark.parametrize(("trouble", "status"), [(45011, 429), ("down", 503), (40013, 503)])
def test_troubles_are_told_as_they_are_at_the_sign_in(town, trouble, status):
    resident = town.signs_in()
    resident.consents()
    town.standin.trouble = {NUMBER: trouble}
    resident.gives_phone(status=status)


def test_a_number_goes_when_he_says_so(town):
    resident = town.signs_in()
    resident.consents()
    resident.gives_phone()
    assert resident.ask("DELETE", "/me/phone")["phone"] is None
    assert resident.ask("DELETE", "/me/phone")["phone"] is None
    with db.opened():
        assert (Citizen.get().phone, Citizen.get().phone_mark) == ("", "")


def test_what_nobody_can_open_is_said_to_be_tried_again_and_alarms(town, caplog):
    """As an older process meets what a newer one has sealed, while a key is exchanged."""
    resident = town.signs_in()
    resident.consents()
    resident.gives_phone()
    town.reopened(personal_key="3d" * 32)
    resident.client = town.client
    told = resident.me(status=503)
    assert told["code"] == "try_again"
    assert any(record.levelname == "ERROR" for record in caplog.records)
