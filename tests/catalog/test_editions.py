"""Editions of the lists: numbered, dated, compared, and never different in hindsight."""

from datetime import UTC, date, datetime

import pytest

from backend.catalog import editions
from backend.catalog.editions import publish_edition
from backend.catalog.models import Edition
from backend.outside import outside
from backend.outside.clock import StoppedClock

NOV_1, NOV_25 = date(2026, 11, 1), date(2026, 11, 25)


def entries(**prices):
    return [(code, f"药{code}", {"winning_price_fen": fen}) for code, fen in prices.items()]


@pytest.fixture
def ask(house):
    """`ask(path)` → what the API answers about the lists, its status checked."""
    client = house.test_client()

    def told(path, *, status=200):
        answer = client.get(f"/api/v1/lists/{path}")
        assert answer.status_code == status
        return answer.get_json()

    return told


@pytest.fixture
def two(house):
    """An edition in force, and one that begins tomorrow."""
    publish_edition("drugs", entries(A=340, B=500), effective_on=NOV_1, note="首批")
    publish_edition("drugs", entries(A=330, C=100), effective_on=NOV_25, note="更新")


def test_editions_are_numbered_list_by_list(two):
    publish_edition("outlets", [], effective_on=NOV_1)
    assert [(e.list, e.number) for e in Edition.select().order_by(Edition.id)] == [
        ("drugs", 1), ("drugs", 2), ("outlets", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "minute", "number"),
    [(2, 0, 1), (15, 59, 1), (16, 1, 2), (23, 30, 2)],
)
def test_an_edition_comes_into_force_at_the_citys_midnight(two, ask, hour, minute, number):
    outside.clock = StoppedClock(datetime(2026, 11, 24, hour, minute, tzinfo=UTC))
    assert ask("drugs/current")["number"] == number


@pytest.mark.parametrize(
    ("day", "number"),
    [(NOV_1, 1), (date(2026, 11, 24), 1), (NOV_25, 2), (date(2030, 1, 1), 2)],
)
def test_a_past_day_has_the_edition_of_that_day(two, day, number):
    assert editions.current_edition("drugs", day).number == number


def test_before_the_first_edition_there_is_none(two, ask):
    outside.clock = StoppedClock(datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    assert "还没有公布" in ask("drugs/current", status=404)["message"]


def test_of_two_editions_for_one_day_the_later_one_rules(two):
    publish_edition("drugs", entries(A=320), effective_on=NOV_25)
    assert editions.current_edition("drugs", NOV_25).number == 3


def test_an_edition_tells_what_came_went_and_changed(two, ask):
    told = ask("drugs/2/changes")
    assert [entry["code"] for entry in told["added"]] == ["C"]
    assert [entry["code"] for entry in told["removed"]] == ["B"]
    (changed,) = told["changed"]
    assert changed["before"]["winning_price_fen"], changed["after"]["winning_price_fen"] == (
        340,
        330,
    )


def test_everything_is_new_in_the_first_edition(two, ask):
    told = ask("drugs/1/changes")
    assert ([e["code"] for e in told["added"]], told["removed"], told["changed"]) == (
        ["A", "B"], [], [],
    )  # fmt: skip


def test_an_old_edition_stays_as_it_was(two, ask):
    told = ask("drugs/1")
    assert (told["total"], told["effective_on"], told["note"]) == (2, "2026-11-01", "首批")
    assert [(e["code"], e["winning_price_fen"]) for e in told["items"]] == [("A", 340), ("B", 500)]


def test_an_edition_is_read_page_by_page(two, ask):
    first, second = ask("drugs/1?page_size=1"), ask("drugs/1?page_size=1&page=2")
    assert [e["code"] for e in first["items"] + second["items"]] == ["A", "B"]
    assert ask("drugs/1?page=3")["items"] == []


def test_what_is_not_there_is_said_in_words(two, ask):
    assert ask("drugs/9", status=404)["message"] == "没有这一版名单。"
    assert "drugs 和 outlets" in ask("people/1", status=404)["message"]


def test_which_edition_names_a_code_on_a_day_is_known(two):
    assert editions.naming("drugs", ["A", "B", "C"], NOV_1) == (1, {"A", "B"})
    assert editions.naming("drugs", ["A", "B", "C"], NOV_25) == (2, {"A", "C"})
    assert editions.naming("outlets", ["A"], NOV_25) == (None, set())


def test_every_edition_is_listed_newest_first_with_its_size(two):
    assert [(e["number"], e["count"]) for e in editions.editions("drugs")] == [(2, 2), (1, 2)]
