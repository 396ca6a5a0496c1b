"""The hours of this week, day by day, with the holidays that come."""

from datetime import datetime

import pytest

from backend.outlets import hours, wording
from backend.outlets.lookups import hours_card
from backend.outlets.week import week_card
from backend.outside.clock import CITY_TIME

CLINIC = "周一至周五 8:00-11:30，13:00-16:30"


def at(month, day, hour=10, year=2026):
    return datetime(year, month, day, hour, tzinfo=CITY_TIME)


def texts(text, moment):
    return [one["text"] for one in week_card(text, moment)["days"]]


def test_an_ordinary_week_goes_from_monday_with_today_marked():
    told = week_card(CLINIC, at(11, 24))
    assert [one["day"] for one in told["days"]][::6] == ["2026-11-23", "2026-11-29"]
    assert [one["today"] for one in told["days"]].index(True) == 1
    assert [one["text"] for one in told["days"]] == ["8:00–11:30、13:00–16:30"] * 5 + ["休息"] * 2
    assert (told["holidays"], told["note"]) == ([], "")


def test_hours_nobody_told_for_holidays_are_called_so():
    told = week_card(CLINIC, at(9, 28))
    assert [one["text"] for one in told["days"]][3:] == ["没有报"] * 4
    assert told["days"][3]["holiday"] == "国庆节"
    assert "节假日营业时间没有报" in told["note"]


def test_a_sheet_that_speaks_of_holidays_is_taken_at_its_word():
    told = week_card(CLINIC + "；节假日休息", at(9, 28))
    assert [one["text"] for one in told["days"]][3:] == ["休息"] * 4
    assert told["holidays"][0] == {"day": "2026-10-01", "name": "国庆节", "text": "休息"}
    assert "没有报" not in told["note"]


def test_who_keeps_the_same_hours_every_day_keeps_them_on_holidays():
    assert texts("8:00-21:00", at(9, 28)) == ["8:00–21:00"] * 7
    assert texts("24小时", at(9, 28)) == ["24 小时"] * 7


@pytest.mark.parametrize(
    ("text", "saturday", "noted"),
    [("工作日 8:00-16:30", "8:00–16:30", False), ("周一至周五 8:00-16:30", "休息", True)],
)
def test_a_saturday_worked_for_a_holiday_is_a_workday_where_the_sheet_says_workdays(
    text, saturday, noted
):
    told = week_card(text, at(10, 8))
    assert told["days"][5]["made_up"]
    assert told["days"][5]["text"] == saturday
    assert (wording.MADE_UP_HOURS_NOT_TOLD in told["note"]) is noted


def test_beyond_the_announced_years_it_works_and_says_that_nobody_knows():
    told = week_card(CLINIC, at(1, 5, year=2030))
    assert told["days"][0]["text"] == "8:00–11:30、13:00–16:30"
    assert "节假日安排未公布，去前请打电话" in told["note"]


def test_unknown_hours_have_no_week():
    assert week_card("", at(11, 24)) is None


def test_hours_past_midnight_read_so():
    assert texts("18:00-次日2:00", at(11, 24))[0] == "18:00–次日 2:00"


@pytest.mark.parametrize(
    ("text", "moment", "is_open", "state"),
    [
        (CLINIC, at(10, 1), None, "今天国庆节，营业时间没有报"),
        (CLINIC + "；节假日休息", at(10, 1), False, "已休息，下周四 8:00 开"),
        (CLINIC + "；节假日 9:00-11:00", at(10, 1), True, "营业中至 11:00"),
        ("8:00-21:00", at(10, 1), True, "营业中至 21:00"),
        ("工作日 8:00-16:30", at(10, 10), True, "营业中至 16:30"),
        (CLINIC, at(10, 10), False, "已休息，下周一 8:00 开"),
    ],
)
def test_how_it_stands_now_knows_holidays_and_made_up_saturdays(text, moment, is_open, state):
    assert hours_card(text, moment) == {"text": text, "open": is_open, "state": state}


def test_a_table_kept_before_made_up_days_were_known_is_still_read():
    old = {"week": [[[480, 990]]] * 5 + [[], []], "holidays": None}
    assert hours.spans_on(old, at(10, 10).date(), holidays=(), made_up={at(10, 10).date()}) == []
