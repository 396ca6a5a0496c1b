"""Data taken back in WeChat: it goes here too, in the transaction that works on the push."""

import json

import pytest

from backend import db, leaving
from backend.citizens import consents
from backend.citizens.models import Citizen, Consent, Session
from backend.citizens.people import phone_of, sealed_phone
from backend.citizens.sessions import sign_in
from backend.outside import outside
from backend.outside.wechat import Phone
from backend.outside.wechat.console import ConsoleWeChat
from backend.pushes.models import Push
from backend.pushes.working import work_off


@pytest.fixture
def person(wechat):
    """Somebody signed in, who gave a number and lets us know where he is; and his openid."""
    outside.wechat = ConsoleWeChat()
    openid = outside.wechat.login("his-code").openid
    sign_in("his-code")
    citizen = Citizen.get()
    for kind in ("personal", "place"):
        consents.say(citizen, kind, given=True, version="1", by="self", age="14_or_over")
    Citizen.update(sealed_phone(citizen.id, Phone("86", "13800000000"))).execute()
    return openid


@pytest.fixture
def told(pushes):
    """told(event, openid, …) → WeChat's platform says so, and it is worked on."""

    def tell(event, openid, **more):
        assert pushes(json.dumps(event_of(event, openid) | more)) == 200
        with db.opened():
            work_off(leaving.HANDLES, city="shenyang")

    return tell


def event_of(event, openid):
    return {
        "ToUserName": "gh_1", "FromUserName": "oPlatform", "MsgType": "event", "Event": event,
        "CreateTime": 1, "OpenID": openid,
    }  # fmt: skip


def test_a_number_taken_back_in_wechat_is_forgotten_here(told, person):
    told("user_authorization_revoke", person, RevokeInfo="8")
    citizen = Citizen.get()
    assert phone_of(citizen) is None
    assert consents.has(citizen, "place")


@pytest.mark.parametrize("what", ["13", "18"])
def test_a_place_taken_back_in_wechat_withdraws_the_consent(told, person, what):
    told("user_authorization_revoke", person, RevokeInfo=what)
    citizen = Citizen.get()
    assert not consents.has(citizen, "place")
    assert phone_of(citizen) is not None


def test_what_we_never_asked_for_changes_nothing(told, person):
    told("user_authorization_revoke", person, RevokeInfo="6")
    assert phone_of(Citizen.get()) is not None


def test_an_account_given_up_leaves_nothing_but_records_cut_off(told, person):
    told("user_authorization_cancellation", person)
    assert (Citizen.select().count(), Session.select().count()) == (0, 0)
    assert Push.select().count() == 0
    assert {row.citizen_id for row in Consent.select()} == {None}


def test_of_somebody_we_do_not_know_nothing_happens(told, person):
    told("user_authorization_cancellation", "oSomebodyElse")
    assert Citizen.select().count() == 1
