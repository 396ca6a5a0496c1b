"""What time it is: UTC for tables, the city's calendar for days and deadlines."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

CITY_TIME = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Anything that knows the moment."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)


class StoppedClock:
    """A clock that stands where it is put (tests, and judging a day in the past)."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was put to."""
        return self.moment


def city_day(moment: datetime) -> date:
    """The calendar day in the city: at 07:30 there it is still yesterday in UTC."""
    return moment.astimezone(CITY_TIME).date()
