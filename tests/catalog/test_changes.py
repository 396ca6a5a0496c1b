"""What an edition changed, counted and paged by the database."""

from datetime import date

import pytest

from backend.catalog import changes
from backend.catalog.editions import changes as all_changes
from backend.catalog.editions import contents, publish_edition

DAY = date(2026, 11, 1)


def publish(**names):
    return publish_edition(
        "outlets", [(code, name, {"since": "2026-01-01"}) for code, name in names.items()],
        effective_on=DAY,
    )  # fmt: skip


def test_the_first_edition_changed_nothing(house):
    first = publish(a="甲")
    assert changes.counts(first) is None
    assert changes.changes_page(first, "added", page=1, page_size=10) == []


@pytest.fixture
def second(house):
    publish(a="甲", b="乙", c="丙")
    return publish(b="乙", c="丙二", d="丁", e="戊")


def test_what_came_went_and_changed_is_counted(second):
    assert changes.counts(second) == {"added": 2, "removed": 1, "changed": 1}


def test_the_pages_hold_what_the_whole_comparison_holds(second):
    whole = all_changes(second)
    for kind in ("added", "removed"):
        paged = changes.changes_page(second, kind, page=1, page_size=10)
        assert sorted(one["code"] for one in paged) == [one["code"] for one in whole[kind]]
    (changed,) = changes.changes_page(second, "changed", page=1, page_size=10)
    before = changed.pop("before")
    assert (before, changed) == (whole["changed"][0]["before"], whole["changed"][0]["after"])


def test_it_is_paged_without_gaps(second):
    pages = [changes.changes_page(second, "added", page=n, page_size=1) for n in (1, 2, 3)]
    assert [[one["name"] for one in page] for page in pages] == [["丁"], ["戊"], []]


def test_a_change_of_facts_alone_is_a_change(house):
    for since in ("2026-01-01", "2026-02-01"):
        edition = publish_edition("outlets", [("a", "甲", {"since": since})], effective_on=DAY)
    assert changes.counts(edition)["changed"] == 1


@pytest.mark.parametrize(
    ("words", "found"), [("丙", ["丙二"]), ("%", []), ("", ["丁", "丙二", "乙", "戊"])]
)
def test_words_keep_the_names_that_have_them(second, words, found):
    assert [one["name"] for one in contents(second, words=words)["items"]] == found or not words
    assert contents(second, words=words)["total"] == len(found)
