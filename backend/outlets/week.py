"""An outlet's hours of this week day by day, and of the public holidays that come."""

from datetime import date, datetime, timedelta

from backend import workdays
from backend.outlets import hours, wording

# How far ahead holidays are told of.
AHEAD_DAYS = 30


def week_card(text: str, moment: datetime) -> dict | None:
    """The hours of this week and of coming holidays; None where the hours are not known.

    {days: [{day, text, today, holiday, made_up}] from Monday, holidays: [{day, name, text}],
    note}. `moment` is the city's time; days are ISO text; `note` says what nobody knows.
    """
    table = hours.parse(text)
    if table is None:
        return None
    today = moment.date()
    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    coming = workdays.holidays_from(today, AHEAD_DAYS)
    return {
        "days": [_day(day, table, today) for day in week],
        "holidays": [
            {"day": day.isoformat(), "name": name, "text": _text(table, day)}
            for day, name in coming.items()
        ],
        "note": _note(table, week, today, coming),
    }


def _day(day: date, table: dict, today: date) -> dict:
    return {
        "day": day.isoformat(),
        "text": _text(table, day),
        "today": day == today,
        "holiday": workdays.holiday_on(day),
        "made_up": workdays.is_made_up(day),
    }


def _text(table, day):
    spans = hours.spans_on(
        table, day, holidays=workdays.holidays_from(day, 1), made_up=workdays.made_up_from(day, 1)
    )
    return wording.NOT_TOLD if spans is None else wording.hours_of_day(spans)


def _note(table, week, today, coming):
    said = []
    if not workdays.is_known(max(*week, today + timedelta(days=AHEAD_DAYS))):
        said.append(wording.HOLIDAYS_NOT_ANNOUNCED)
    if table["holidays"] is None and not hours.is_same_every_day(table) and coming:
        said.append(wording.HOLIDAY_HOURS_NOT_TOLD)
    if any(workdays.is_made_up(day) for day in week) and table.get("made_up") is None:
        said.append(wording.MADE_UP_HOURS_NOT_TOLD)
    return "".join(said)
