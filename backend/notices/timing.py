"""When a message may go out: at once, after the night, or when others of its case joined. Pure."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from backend.outside.clock import CITY_TIME


class Terms(NamedTuple):
    """The pack's: quiet from one hour of the city to another, and how long a case gathers."""

    quiet_from: int
    quiet_to: int
    gather_s: int
    just_now_s: int


def due(
    now: datetime, terms: Terms, *, urgent: bool, gathers: bool, acted_at: datetime | None = None
) -> datetime:
    """The moment (UTC) from which it may be sent.

    Nobody is woken but for what is urgent, or who wrote or tapped a moment ago (`acted_at`) and
    so is awake. What may be joined with others of its case waits for them a little.
    """
    if urgent:
        return now
    moment = now + timedelta(seconds=terms.gather_s) if gathers else now
    awake = acted_at is not None and now - acted_at <= timedelta(seconds=terms.just_now_s)
    return moment if awake else after_the_night(moment, terms)


def after_the_night(moment: datetime, terms: Terms) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    here = moment.astimezone(CITY_TIME)
    if not is_quiet(here.hour, terms):
        return moment
    morning = datetime.combine(here.date(), time(terms.quiet_to), CITY_TIME)
    if morning <= here:
        morning += timedelta(days=1)
    return morning.astimezone(moment.tzinfo)


def is_quiet(hour: int, terms: Terms) -> bool:
    """Whether an hour of the city's clock is of the night; from and to alike means never."""
    if terms.quiet_from <= terms.quiet_to:
        return terms.quiet_from <= hour < terms.quiet_to
    return hour >= terms.quiet_from or hour < terms.quiet_to
