"""The city's public holidays (法定节假日) and the working weekends (调休上班) that pay for them.

Known for the years the State Council has announced; asked about a day beyond them, it says that
nobody knows yet. Source: the package chinesecalendar, which keeps the yearly announcements.
"""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import Holiday

_NAMES = {one.value: one.chinese for one in Holiday}


@cache
def last_known() -> date:
    """The last day whose holidays are announced."""
    return date(max(chinese_calendar.holidays).year, 12, 31)


def is_known(day: date) -> bool:
    """Whether the holidays of that day's year are announced."""
    return min(chinese_calendar.holidays).year <= day.year <= last_known().year


def holiday_on(day: date) -> str | None:
    """The name of the public holiday that day belongs to, weekends within it too; None if none."""
    name = chinese_calendar.holidays.get(day)
    return name and _NAMES[name]


def is_made_up(day: date) -> bool:
    """Whether it is a weekend day worked to make up for a holiday."""
    return day in chinese_calendar.workdays


def holidays_from(day: date, count: int) -> dict[date, str]:
    """The public holidays among so many days from that day on, with their names."""
    days = (day + timedelta(days=ahead) for ahead in range(count))
    return {one: name for one in days if (name := holiday_on(one))}


def made_up_from(day: date, count: int) -> frozenset[date]:
    """The working weekends among so many days from that day on."""
    days = (day + timedelta(days=ahead) for ahead in range(count))
    return frozenset(one for one in days if is_made_up(one))
