"""The key is exchanged: all is sealed anew beside a house that works, killed or not."""

import os
import signal
import subprocess
import sys
import time

import pytest

from backend import db
from backend.belongings import SEALED
from backend.citizens import wording
from backend.citizens.models import Citizen
from backend.citizens.people import openid_of, sealed_openid
from backend.outside import outside
from backend.outside.resealing import AT_ONCE, reseal
from backend.pushes.actions import unsealed
from backend.pushes.models import Push
from tests.citizens.conftest import NEW_KEY, OLD_KEY, dump
from tests.conftest import NOW
from tests.house.project import ROOT
from tests.wechat.standin import SOMEBODY, SOMEBODY_ELSE


def exchanged(town):
    """The house after a restart with a new key, the old one still known."""
    return town.reopened(personal_key=NEW_KEY, personal_keys_before=OLD_KEY)


def quietly(step, share):
    """No bar is drawn."""


def many(count):
    """So many people, and as many pushes, under today's key."""
    with db.opened(), db.database.atomic():
        for number in range(count):
            Citizen.insert(
                **sealed_openid(f"oNumber{number}"), joined_on=NOW.date(), seen_on=NOW.date()
            ).execute()
            Push.insert(
                key=f"k{number}", kind="text", masked="{}", received_at=NOW,
                sealed=outside.vault.sealed(f"push k{number}", f"words {number}".encode()),
            ).execute()  # fmt: skip


def left():
    with db.opened():
        return {one.name: one.left() for one in SEALED}


def all_opens(count):
    with db.opened():
        assert {openid_of(one) for one in Citizen.select()} >= {
            f"oNumber{number}" for number in range(count)
        }
        assert {unsealed(one) for one in Push.select()} == {
            f"words {number}".encode() for number in range(count)
        }


def sessions_of(told):
    """How many sessions a person is told of."""
    return {part["name"]: len(part["rows"]) for part in told["held"]}[wording.SESSIONS]


def test_after_a_rotation_the_old_key_can_be_dropped(town):
    resident = town.signs_in()
    resident.consents()
    resident.gives_phone()
    many(3)
    exchanged(town)
    answer = town.runs("personal", "rotate")
    assert (answer.exit_code, "PERSONAL_KEYS_BEFORE" in answer.output) == (0, True)
    town.reopened(personal_key=NEW_KEY)
    resident.client = town.client
    assert resident.me()["citizen"]["phone"]["number"] == "13800000000"
    all_opens(3)
    before = dump().count("openid")
    again = town.signs_in()
    assert sessions_of(again.me()) == 2, "the same person, found by his new mark"
    assert dump().count("openid") == before


def test_before_it_is_rotated_everybody_is_found_by_his_earlier_mark(town):
    resident = town.signs_in()
    resident.consents()
    exchanged(town)
    again = town.signs_in()
    assert again.me()["citizen"]["consents"][0]["given"]
    with db.opened():
        assert Citizen.select().count() == 1


def test_how_many_lie_under_which_key_is_shown(town):
    many(3)
    old = outside.vault.key_id
    exchanged(town)
    town.signs_in()
    told = town.runs("personal", "show").output
    assert f"微信推来的消息  {old}  3 行" in told
    assert f"{outside.vault.key_id}（今天的）  1 行" in told
    town.runs("personal", "rotate")
    assert old not in town.runs("personal", "show").output


def test_killed_in_the_middle_it_is_run_again_and_does_the_rest(town):
    count = 3 * AT_ONCE
    many(count)
    exchanged(town)
    seen = []

    class Killed(BaseException):
        pass

    def dies(step, share):
        seen.append(step)
        if len(seen) == 2:
            raise Killed

    with db.opened(), pytest.raises(Killed):
        reseal(SEALED[0], dies)
    halfway = left()
    assert halfway[SEALED[0].name] == AT_ONCE
    all_opens(count)
    assert town.runs("personal", "rotate").exit_code == 0
    assert set(left().values()) == {0}
    town.reopened(personal_key=NEW_KEY)
    all_opens(count)


@pytest.mark.long
def test_a_process_that_is_killed_leaves_nothing_half_sealed(town, tmp_path):
    count = 6 * AT_ONCE
    many(count)
    settings = exchanged(town).app.config["SETTINGS"]
    env = os.environ | {
        name.upper(): str(value) for name, value in vars(settings).items() if str(value)
    }
    env |= {"FLASK_SKIP_DOTENV": "1"}
    command = [sys.executable, "-m", "flask", "--app", "backend.app", "personal", "rotate"]
    for _ in range(2):
        process = subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
        before, until = sum(left().values()), time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if sum(left().values()) < before:
                break
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        all_opens(count)
    assert town.runs("personal", "rotate").exit_code == 0
    town.reopened(personal_key=NEW_KEY)
    all_opens(count)


def test_the_site_works_on_while_it_is_rotated(town):
    many(3 * AT_ONCE)
    resident = town.signs_in()
    resident.consents()
    exchanged(town)
    resident.client = town.client

    def meanwhile(step, share):
        resident.me()
        resident.ask("DELETE", "/me/phone")
        town.standin.phones["phone-1"] = (SOMEBODY, "13800000000")
        resident.gives_phone()
        db.database.connect(reuse_if_open=True)

    with db.opened():
        for one in SEALED:
            reseal(one, meanwhile)
    assert set(left().values()) == {0}


def test_two_made_of_one_person_by_a_rolling_restart_become_one(town):
    """An older process knows nobody by the new key's mark."""
    exchanged(town)
    newer = town.signs_in()
    newer.consents()
    newer.gives_phone()
    town.reopened(personal_key=OLD_KEY, personal_keys_before="")
    older = town.signs_in()
    town.signs_in(SOMEBODY_ELSE)
    with db.opened():
        assert Citizen.select().count() == 3
    exchanged(town)
    assert town.runs("personal", "rotate").exit_code == 0
    with db.opened():
        assert Citizen.select().count() == 2
    town.reopened(personal_key=NEW_KEY)
    for resident in (newer, older):
        resident.client = town.client
        told = resident.me()
        assert told["citizen"]["phone"]["number"] == "13800000000"
        assert told["citizen"]["consents"][0]["given"]
        assert sessions_of(told) == 2


def test_two_of_one_person_become_one_at_the_next_sign_in_too(town):
    exchanged(town).signs_in()
    town.reopened(personal_key=OLD_KEY, personal_keys_before="").signs_in().consents()
    told = exchanged(town).signs_in().me()
    assert told["citizen"]["consents"][0]["given"]
    with db.opened():
        assert Citizen.select().count() == 1


def test_what_nobody_can_open_is_counted_and_left_as_it_is(town):
    many(1)
    town.reopened(personal_key=NEW_KEY)
    answer = town.runs("personal", "rotate")
    assert answer.exit_code == 1
    assert "2 行打不开" in answer.stderr
    assert sum(left().values()) == 2
