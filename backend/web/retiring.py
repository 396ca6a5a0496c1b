"""A door that will close: said in its answers and in the description, at least half a year before.

RFC 9745 (Deprecation), RFC 8594 (Sunset), RFC 5829 (successor-version).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import NamedTuple, TypeVar

from flask import make_response
from werkzeug.http import http_date

Door = TypeVar("Door", bound=Callable)

NOTICE = timedelta(days=183)


class Retirement(NamedTuple):
    """From which day a door is not recommended, on which it closes (UTC), what to use instead."""

    since: date
    until: date
    instead: str

    def headers(self) -> dict[str, str]:
        """What every answer of the door says of it."""
        return {
            "Deprecation": f"@{int(_midnight(self.since).timestamp())}",
            "Sunset": http_date(_midnight(self.until)),
            "Link": f'<{self.instead}>; rel="successor-version"',
        }


def retiring(*, since: date, until: date, instead: str) -> Callable[[Door], Door]:
    """Announce that the door closes; `instead` is the address that takes its place.

    Raises ValueError where people would have less than half a year.
    """
    if until - since < NOTICE:
        raise ValueError(f"A door closes {NOTICE.days} days after it was announced, or later")
    told = Retirement(since, until, instead)

    def announced(door: Door) -> Door:
        @wraps(door)
        def answered(*values, **named):
            response = make_response(door(*values, **named))
            response.headers.update(told.headers())
            return response

        answered.retirement = told  # type: ignore[attr-defined]
        return answered  # type: ignore[return-value]

    return announced


def retired(door: Callable) -> Retirement | None:
    """What was announced of a door."""
    return getattr(door, "retirement", None)


def _midnight(day):
    return datetime.combine(day, time(), UTC)
