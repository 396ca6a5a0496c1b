"""An outlet's page: hours with holidays, the ways there, and what to say on the telephone."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from backend.outside import outside
from backend.outside.clock import StoppedClock

CLINIC = {"kind": "community_center", "district": "210103"}


@pytest.fixture
def outlet(phone):
    items = phone.get("/api/v1/outlets", **CLINIC)["items"]
    return next(one for one in items if one["hours"]["text"].startswith("周一"))


def test_this_week_is_told_day_by_day_with_today_marked(phone, outlet):
    page = phone.page(f"/outlets/{outlet['code']}")
    week = page.split("这一周的营业时间")[1].split("</table>")[0]
    assert week.count("<tr") == 8
    assert re.search(r'aria-current="date"><th scope="row">11 月 24 日（周二） 今天', week)


def test_a_holiday_ahead_is_named_and_what_nobody_told_is_said(phone, outlet):
    outside.clock = StoppedClock(datetime(2026, 9, 28, 2, 0, tzinfo=UTC))
    page = phone.page(f"/outlets/{outlet['code']}")
    assert "10 月 1 日（周四）（国庆节）" in page
    assert "节假日营业时间没有报" in page


def test_beyond_the_years_announced_it_says_so(phone, outlet):
    outside.clock = StoppedClock(datetime(2031, 5, 6, 2, 0, tzinfo=UTC))
    assert "节假日安排未公布，去前请打电话" in phone.page(f"/outlets/{outlet['code']}")


def test_the_ways_there_carry_the_outlets_place_and_nobody_elses(phone, outlet):
    page = phone.page(f"/outlets/{outlet['code']}?lat=41.777&lon=123.333")
    ways = re.findall(r'href="((?:geo:|https://(?:uri\.amap|api\.map|apis\.map))[^"]+)"', page)
    assert len(ways) == 4
    for way in map(unquote, ways):
        assert "41.777" not in way
        assert "123.333" not in way
    assert sum(str(outlet["lat"]) in unquote(way) for way in ways) == 3


def test_who_wants_to_complain_is_told_whom_to_call_and_what_to_say(phone, outlet):
    page = phone.page(f"/outlets/{outlet['code']}")
    assert 'href="tel:12393"' in page
    assert "打电话投诉时怎么说" in page
    assert f"“{outlet['name']}，在沈河区。”" in page
