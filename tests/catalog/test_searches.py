"""The log of searches: what was looked for, and nothing about who looked."""

import json
import logging
import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.catalog import searches
from backend.outside.clock import CITY_TIME

MOMENT = datetime(2026, 11, 24, 10, 47, 12, tzinfo=CITY_TIME)


class Kept(logging.Handler):
    """Keeps the lines it is given."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture
def lines():
    searches.switch(True)
    kept = Kept()
    searches.log.addHandler(kept)
    yield kept.lines
    searches.log.removeHandler(kept)


def found(total=3, page=1, degraded=False, why="initials"):
    items = [{"matched_by": {"code": why}}] if total else []
    return {"items": items, "total": total, "page": page, "degraded": degraded}


def test_a_line_tells_five_things_and_the_hour_no_finer(lines):
    searches.remember("ejsg", found(), MOMENT)
    assert json.loads(lines[0]) == {
        "words": "ejsg", "matched": "initials", "found": 3, "degraded": False,
        "hour": "2026-11-24T10",
    }  # fmt: skip


def test_a_search_that_found_nothing_is_the_one_that_matters(lines):
    searches.remember("没有这种药", found(total=0), MOMENT)
    assert json.loads(lines[0]) | {"hour": ""} == {
        "words": "没有这种药", "matched": None, "found": 0, "degraded": False, "hour": "",
    }  # fmt: skip


@pytest.mark.parametrize(("words", "page"), [("", 1), ("  ", 1), ("ejsg", 2)])
def test_browsing_and_later_pages_are_no_new_search(lines, words, page):
    searches.remember(words, found(page=page), MOMENT)
    assert lines == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("二甲双胍 13800138000", "二甲双胍 ＊"),
        ("138 0013 8000 络活喜", "＊ 络活喜"),
        ("138-0013-8000", "＊"),
        ("１３８００１３８０００", "＊"),
        ("21010319500101123X", "＊"),
        ("一三八零零一三八零零零", "＊"),
        ("wang@example.com 降压药", "＊ 降压药"),
        ("阿司匹林 100mg 30片", "阿司匹林 100mg 30片"),
        ("0.5g×64片", "0.5g×64片"),
        ("盐酸二甲双胍缓释片", "盐酸二甲双胍缓释片"),
    ],
)
def test_what_looks_like_a_persons_number_or_mail_is_hidden(words, kept):
    assert searches.masked(words) == kept


@given(some.text(max_size=200))
def test_no_long_number_is_ever_kept_and_no_long_text(words):
    kept = searches.masked(words)
    assert len(kept) <= 64
    assert not re.search(r"\d{5}", kept)
    assert "\n" not in kept


def test_a_number_that_the_cut_would_halve_is_hidden_first():
    assert not re.search(r"\d{3}", searches.masked("药" * 61 + "13800138000"))


def test_it_can_be_switched_off(lines):
    searches.switch(False)
    searches.remember("ejsg", found(), MOMENT)
    assert lines == []
    searches.switch(True)


def test_the_page_and_the_api_each_log_one_line_and_suggestions_none(town, lines):
    client = town.test_client()
    client.get("/search?q=ejsg")
    client.get("/api/v1/drugs?q=ejsg&page_size=5")
    client.get("/api/v1/suggest?q=ejs")
    client.get("/search?category=hypertension")
    told = [json.loads(line) for line in lines]
    assert [one["words"] for one in told] == ["ejsg", "ejsg"]
    assert told[0] == told[1]
