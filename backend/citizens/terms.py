"""The pack's terms about persons, on the city's day."""

from datetime import date, datetime

from backend.citizens import wording
from backend.errors import NotNow
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.citizen_terms import Citizens
from backend.policy.packs import pack_on

CITY = "shenyang"


def now() -> tuple[datetime, date]:
    """This moment in UTC, and the city's day."""
    moment = outside.clock.now()
    return moment, city_day(moment)


def terms_on(day: date, city: str = CITY) -> Citizens:
    """The terms of a day. Raises NotNow where the city's pack lets nobody sign in."""
    terms = pack_on(city, day).citizens
    if terms is None:
        raise NotNow(wording.NOT_OPEN)
    return terms
