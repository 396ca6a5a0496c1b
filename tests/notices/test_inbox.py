"""The inbox: everything owed to somebody, to him alone; unsubscribing, deleting, another key."""

import pytest

from backend import db
from backend.belongings import SEALED
from backend.notices import correspondents as people
from backend.notices.actions import mark_read
from backend.notices.kinds import every_kind
from backend.notices.models import Alert, Correspondent, Credit, Notice, Unwanted
from backend.notices.windows import Act
from backend.notices.writing import owe
from backend.outside import outside
from tests.citizens.conftest import NEW_KEY, OLD_KEY, Town
from tests.conftest import NOW
from tests.notices.conftest import ARRIVED, inbox, wants
from tests.wechat.standin import SOMEBODY, SOMEBODY_ELSE, TEMPLATE


def owes(about="1", openid=SOMEBODY, kind="arrived", **given):
    """A message is owed; its number."""
    with db.opened(), db.database.atomic():
        return owe(openid, kind, ARRIVED | given, about=about).id


def numbers(resident, **asked):
    return [one["number"] for one in inbox(resident, **asked)["items"]]


def set_wanted(resident, wanted, group="alerts", **more):
    return resident.ask("PUT", f"/me/wanted/{group}", json={"wanted": wanted}, **more)


@pytest.fixture
def somebody(town):
    return town.signs_in()


def test_before_anything_is_owed_the_inbox_is_empty(somebody):
    assert inbox(somebody) == {"items": [], "unread": 0, "next_before": 0}
    assert somebody.ask("POST", "/me/messages/read", json={"until": 9})["read"] == 0


def test_messages_are_there_from_the_moment_they_are_owed_the_newest_first(somebody):
    first, second = owes("1"), owes("2", outlet="第二家")
    told = inbox(somebody)
    assert [one["number"] for one in told["items"]] == [second, first]
    assert told["unread"] == 2
    newest = told["items"][0]
    assert (newest["title"], newest["how"], newest["read"]) == ("到货提醒", "on_its_way", False)
    assert "第二家" in newest["text"]
    assert newest["page"] == "pages/drug/drug?code=D1"
    assert newest["at"] == NOW.isoformat()


def test_page_by_page_every_message_is_given_once(somebody):
    every = [owes(str(number)) for number in range(5)]
    seen, before = [], 0
    for _ in range(3):
        told = inbox(somebody, page_size=2, before=before)
        assert told["unread"] == 5
        seen += [one["number"] for one in told["items"]]
        before = told["next_before"]
        # Who comes meanwhile is on the first page and moves nobody.
        owes(f"new {before}", openid=SOMEBODY_ELSE)
    assert (seen, before) == (every[::-1], 0)


def test_a_page_that_is_just_full_is_the_last(somebody):
    owes("1"), owes("2")
    assert inbox(somebody, page_size=2)["next_before"] == 0


def test_read_marks_go_up_to_a_number_and_say_how_many_were_new(somebody):
    first, second, third = (owes(str(number)) for number in range(3))
    assert somebody.ask("POST", "/me/messages/read", json={"until": second})["read"] == 2
    assert somebody.ask("POST", "/me/messages/read", json={"until": second})["read"] == 0
    told = inbox(somebody)
    assert told["unread"] == 1
    assert [(one["number"], one["read"]) for one in told["items"]] == [
        (third, False), (second, True), (first, True),
    ]  # fmt: skip
    somebody.ask("POST", "/me/messages/read", json={"until": 0}, status=422)
    assert inbox(somebody, before=third)["unread"] == 1


def test_nobody_sees_or_marks_anothers(somebody, town):
    other = town.signs_in(SOMEBODY_ELSE)
    mine, theirs = owes("1"), owes("2", openid=SOMEBODY_ELSE)
    assert (numbers(somebody), numbers(other)) == ([mine], [theirs])
    assert somebody.ask("POST", "/me/messages/read", json={"until": theirs})["read"] == 1
    assert inbox(other)["unread"] == 1
    set_wanted(somebody, False)
    assert all(one["wanted"] for one in other.ask("GET", "/me/wanted")["groups"])


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "messages"), ("POST", "messages/read"), ("GET", "wanted"), ("PUT", "wanted/alerts"),
     ("GET", "alerts"), ("POST", "alerts"), ("DELETE", "alerts/1")],
)  # fmt: skip
def test_without_a_token_nothing_is_told_or_done(town, method, path):
    for headers in ({}, {"Authorization": "Bearer " + "x" * 43}):
        answer = town.client.open(f"/api/v1/me/{path}", method=method, headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in_again")
        assert answer.headers["Cache-Control"] == "no-store"


def test_unsubscribed_it_stays_in_the_inbox_and_wanted_again_it_goes_out(post, house):
    somebody = Town(house, post.standin).signs_in()
    (group,) = [one for one in set_wanted(somebody, False)["groups"] if one["group"] == "alerts"]
    assert (group["wanted"], "到货提醒" in group["titles"]) == (False, True)
    assert set_wanted(somebody, False)["groups"] == somebody.ask("GET", "/me/wanted")["groups"]
    db.database.connect(reuse_if_open=True)
    post.writes()
    post.owes(about="1")
    post.run()
    assert post.said == []
    set_wanted(somebody, True)
    db.database.connect(reuse_if_open=True)
    post.owes(about="2")
    post.run()
    assert len(post.said) == 1
    assert [one["how"] for one in inbox(somebody)["items"]] == ["chat", "inbox"]


def test_a_group_nobody_has_is_not_found(somebody):
    set_wanted(somebody, False, "nothing", status=404)
    somebody.ask("PUT", "/me/wanted/alerts", json={}, status=422)
    assert {one["group"] for one in somebody.ask("GET", "/me/wanted")["groups"]} == {
        kind.group for kind in every_kind().values()
    }


def test_what_went_out_with_another_of_its_case_says_so(post, house):
    somebody = Town(house, post.standin).signs_in()
    db.database.connect(reuse_if_open=True)
    post.writes()
    post.later(minutes=11)
    for number in range(2):
        post.owes(about=str(number), case="drug D1")
    post.later(seconds=120)
    post.run()
    assert len(post.said) == 1
    assert [one["how"] for one in inbox(somebody)["items"]] == ["chat", "chat"]


def test_all_of_it_is_told_and_deleted_with_its_person(market, resident, town):
    other = town.signs_in(SOMEBODY_ELSE)
    market.brings(1)
    wants(resident, place="210103")
    owes("1"), owes("2", openid=SOMEBODY_ELSE)
    with db.opened():
        people.allow(SOMEBODY, TEMPLATE, NOW)
    set_wanted(resident, False, "answers")
    held = {part["name"]: part["rows"] for part in resident.me()["held"]}
    (alert,), (message,) = held["等着的提醒"], held["给您的消息"]
    assert (alert["about"], alert["place"], alert["waits"]) == ("price_down", "210103", True)
    assert "演示药0000片" in alert["drug"]
    assert (message["kind"], "演示药店" in message["text"]) == ("arrived", True)
    credit, unwanted = held["消息的订阅和退订"]
    assert (credit["left"], unwanted["unwanted"]) == (1, "answers")
    deleted = {
        part["name"]: part["rows"] for part in resident.ask("DELETE", "/me")["deleted"]
    }  # fmt: skip
    assert [deleted[name] for name in ("等着的提醒", "给您的消息")] == [1, 1]
    with db.opened():
        counts = [one.select().count() for one in (Alert, Notice, Credit, Unwanted, Correspondent)]
    assert counts == [0, 1, 0, 0, 1]
    assert len(numbers(other)) == 1
    market.brings(2, "3.10")
    assert market.reads() == 0
    assert numbers(town.signs_in()) == []


def exchanged(town):
    """The house after a restart with a new key, the old one still known."""
    return town.reopened(personal_key=NEW_KEY, personal_keys_before=OLD_KEY)


def test_with_another_key_all_still_opens_and_the_old_one_can_be_dropped(town):
    somebody = town.signs_in()
    every = [owes("1"), owes("2", openid=SOMEBODY_ELSE), owes("3")]
    exchanged(town)
    somebody.client = town.client
    assert numbers(somebody) == [every[2], every[0]], "found by his earlier mark"
    assert town.runs("personal", "rotate").exit_code == 0
    with db.opened():
        assert {one.name: one.left() for one in SEALED} == dict.fromkeys(
            (one.name for one in SEALED), 0
        )
    town.reopened(personal_key=NEW_KEY)
    somebody.client = town.client
    told = inbox(somebody)
    assert [one["number"] for one in told["items"]] == [every[2], every[0]]
    assert all("演示药店" in one["text"] for one in told["items"])
    with db.opened():
        assert {people.openid_of(one) for one in Correspondent.select()} == {
            SOMEBODY, SOMEBODY_ELSE,
        }  # fmt: skip


def test_what_nobody_can_open_any_more_is_an_empty_line_and_breaks_nothing(town):
    owes("1")
    town.reopened(personal_key=OLD_KEY)
    somebody = town.signs_in()
    with db.opened():
        Notice.update(given="00" * 40).execute()
    (one,) = inbox(somebody)["items"]
    assert (one["text"], one["title"]) == ("", "到货提醒")


@pytest.fixture
def twice(town):
    """One person under two numbers, made by an old and a new process of a rolling restart."""
    exchanged(town)
    somebody = town.signs_in()
    younger = owes("1")
    set_wanted(somebody, False)
    with db.opened():
        people.note_act(SOMEBODY, Act.WROTE, NOW, NOW)
    town.reopened(personal_key=OLD_KEY, personal_keys_before="")
    town.signs_in()
    elder = owes("2")
    with db.opened():
        people.allow(SOMEBODY, TEMPLATE, NOW)
        assert Correspondent.select().count() == 2
    exchanged(town)
    somebody.client = town.client
    return somebody, [elder, younger]


def test_who_stands_twice_reads_all_and_his_choice_holds(town, twice):
    somebody, every = twice
    assert numbers(somebody) == every
    assert inbox(somebody)["unread"] == 2
    with db.opened():
        assert mark_read(SOMEBODY, until=max(every)) == 2
    assert not somebody.ask("GET", "/me/wanted")["groups"][0]["wanted"]
    assert set_wanted(somebody, True)["groups"][0]["wanted"]


def test_two_rows_of_one_person_become_one_with_all_he_has(town, twice):
    somebody, every = twice
    assert town.runs("personal", "rotate").exit_code == 0
    town.reopened(personal_key=NEW_KEY)
    somebody.client = town.client
    with db.opened():
        (one,) = Correspondent.select()
        assert people.openid_of(one) == SOMEBODY
        assert people.window_of(one).holds(NOW) == 5
        assert {notice.to_id for notice in Notice.select()} == {one.id}
        assert not people.wants(one.id, "alerts"), "who wanted none is not told again"
    assert numbers(somebody) == every
    assert len({part["text"] for part in inbox(somebody)["items"]}) == 1
    assert outside.vault.marks("openid", SOMEBODY)
