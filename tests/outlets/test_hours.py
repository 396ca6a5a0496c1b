"""Opening hours read from sheets, and whether an outlet is open."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.outlets.hours import Closed, HoursError, Open, parse, state, words

FRIDAY = datetime(2026, 11, 20)
WEEKDAYS, SATURDAY, SUNDAY = slice(0, 5), 5, 6


def at(hour, minute=0, *, days=0):
    return FRIDAY + timedelta(days=days, hours=hour, minutes=minute)


def said(text, moment):
    return words(state(parse(text), moment), moment)


def minutes(*clocks):
    """minutes("8:00", "16:30") → [480, 990]."""
    return [int(hour) * 60 + int(minute) for hour, minute in (c.split(":") for c in clocks)]


@pytest.mark.parametrize(
    "text",
    [
        "8:00-16:30", "08：00～16：30", "8:00—16:30", "每天8:00至16:30", "周一至周日 8:00-16:30",
        "星期一到星期天：8点-16点30分", "早8:00-下午4:30", "营业时间 8点-16点半",
    ],
)  # fmt: skip
def test_one_time_for_every_day_is_written_in_many_ways(text):
    assert parse(text)["week"] == [[minutes("8:00", "16:30")]] * 7


def test_days_have_their_own_times():
    week = parse("周一至周五 8:00-16:30；周六 9:00-12:00")["week"]
    assert week[WEEKDAYS] == [[minutes("8:00", "16:30")]] * 5
    assert week[SATURDAY] == [minutes("9:00", "12:00")]
    assert week[SUNDAY] == []


@pytest.mark.parametrize(
    "text",
    ["08:00-11:30,13:00-17:00", "上午8:00-11:30 下午1:00-5:00", "8:00-11:30；13:00-17:00"],
)
def test_a_day_may_have_a_pause(text):
    assert parse(text)["week"] == [[minutes("8:00", "11:30"), minutes("13:00", "17:00")]] * 7


@pytest.mark.parametrize("text", ["24小时", "24小时营业", "全天", "0:00-24:00", "00:00-23:59"])
def test_round_the_clock_is_written_in_many_ways(text):
    assert parse(text)["week"] == [[[0, 1440]]] * 7


@pytest.mark.parametrize(
    ("text", "open_days"),
    [
        ("周一、三、五 8:00-12:00", {0, 2, 4}),
        ("周六、周日 8:00-12:00", {5, 6}),
        ("周末8:00-12:00", {5, 6}),
        ("工作日 8:00-12:00", {0, 1, 2, 3, 4}),
        ("周五至周一 8:00-12:00", {4, 5, 6, 0}),
        ("周一至周六 8:00-12:00，周日休息", {0, 1, 2, 3, 4, 5}),
    ],
)
def test_days_are_named_in_many_ways(text, open_days):
    assert {day for day, spans in enumerate(parse(text)["week"]) if spans} == open_days


def test_a_second_time_that_overlaps_corrects_the_first():
    week = parse("每天 8:00-20:00；周日 9:00-18:00")["week"]
    assert week[SUNDAY] == [minutes("9:00", "18:00")]
    assert week[SATURDAY] == [minutes("8:00", "20:00")]


def test_a_second_time_apart_from_the_first_adds_to_it():
    week = parse("周一至周六 8:00-12:00；周一至周五 13:00-17:00")["week"]
    assert len(week[0]) == 2
    assert week[SATURDAY] == [minutes("8:00", "12:00")]


@pytest.mark.parametrize("text", ["", None, "  ", "未知", "不详"])
def test_unknown_hours_stay_unknown(text):
    assert parse(text) is None
    assert state(None, at(9)) is None
    assert words(None, at(9)) == "营业时间不详"


@pytest.mark.parametrize(
    "text",
    [
        "随时", "8:00", "8-17", "周一", "9:00-9:00", "25:00-26:00", "8:00-16:70", "休息",
        "夏季8:00-17:00", "周1-5 8:00-16:00", "请致电", "周一至周五",
    ],
)  # fmt: skip
def test_what_nobody_can_be_sure_of_is_refused_with_an_example(text):
    with pytest.raises(HoursError, match=f"营业时间：看不懂'{text}'，请写成.*8:00-16:30"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("8:00-16:30", at(12), "营业中至 16:30"),
        ("8:00-16:30", at(8), "营业中至 16:30"),
        ("8:00-16:30", at(16, 30), "已休息，明早 8:00 开"),
        ("8:00-16:30", at(7, 30), "未营业，今天 8:00 开"),
        ("8:00-11:30,13:00-17:00", at(12), "未营业，今天 13:00 开"),
        ("13:00-17:00", at(20), "已休息，明天 13:00 开"),
        ("工作日 8:00-16:30", at(20), "已休息，下周一 8:00 开"),
        ("周日 8:00-16:30", at(20), "已休息，周日 8:00 开"),
        ("24小时", at(3), "24 小时营业"),
        ("8:00-24:00", at(23), "营业中至 24:00"),
        ("20:00-次日2:00", at(23), "营业中至 次日 2:00"),
        ("20:00-2:00", at(1), "营业中至 2:00"),
        ("20:00-2:00", at(3), "未营业，今天 20:00 开"),
        ("周五 24小时；周六 0:00-9:00", at(20), "营业中至 次日 9:00"),
    ],
)
def test_a_person_reads_whether_it_is_open(text, moment, expected):
    assert said(text, moment) == expected


def test_open_and_closed_carry_the_moment_in_the_citys_own_clock():
    noon = at(12).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert state(parse("8:00-16:30"), noon) == Open(noon.replace(hour=16, minute=30))
    assert state(parse("13:00-16:30"), noon) == Closed(noon.replace(hour=13))


def test_a_holiday_matters_only_where_the_sheet_says_what_holds_then():
    closed, silent = parse("8:00-16:30；节假日休息"), parse("8:00-16:30")
    off = {date(2026, 11, 20)}
    assert closed["holidays"] == []
    assert state(closed, at(12), holidays=off) == Closed(at(8, days=1))
    assert state(silent, at(12), holidays=off) == Open(at(16, 30))


CLOCKS = st.tuples(st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@given(CLOCKS, CLOCKS, st.integers(0, 7 * 1440 - 1))
def test_any_time_survives_json_and_the_state_changes_when_it_says(opens, closes, minute):
    if opens == closes:
        return
    text = "{}:{:02d}-{}:{:02d}".format(*opens, *closes)
    hours = json.loads(json.dumps(parse(text)))
    moment = FRIDAY + timedelta(minutes=minute)
    now = state(hours, moment)
    turn = now.until if isinstance(now, Open) else now.opens
    assert moment < turn <= moment + timedelta(days=1)
    assert isinstance(state(hours, turn), Closed if isinstance(now, Open) else Open)
