"""The index by night: what the day turns, and a comparison with the tables."""

from datetime import date

from backend import db
from backend.badges.actions import keep_up
from backend.catalog.indexing import drug_codes
from backend.db import database
from backend.indexing import drift, wording
from backend.indexing.models import IndexState
from backend.indexing.notes import note
from backend.outlets.indexing import outlet_codes
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.prices.indexing import sources
from backend.prices.turning import turned_drugs, turned_outlets
from backend.queue import Huey

CHECK_INDEX = Nightly("check_index", hour=0, minute=20, about=wording.CHECKS_INDEX)
NIGHTLY = (CHECK_INDEX,)


def turn_day() -> int:
    """Note what begins or ends with the city's day though nobody changes it; how many it is.

    Badges, winning prices and editions do. Once a day: a second time there is nothing to do.
    """
    today, before = _today(), IndexState.known().turned_on
    if before == today:
        return 0
    codes = turned_outlets(before, today) if before else outlet_codes()
    with database.atomic():
        note("outlets", codes)
        note("drugs", turned_drugs(before, today) if before else drug_codes())
        IndexState.remember(turned_on=today)
    return len(codes)


def begin_round() -> None:
    """Before notes are told: what the day has turned, and what the day or an edition did to
    badges without a note."""
    turn_day()
    keep_up()


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue compare the index with the tables every night, and mend it."""
    CHECK_INDEX.put_on(queue, lambda: check_index(city), is_missing=is_check_missing)


def check_index(city: str) -> int:
    """Compare and mend; returns how many documents were not as the day has them."""
    with db.opened():
        found = drift.check(sources(city), repairs=True)
        keep_up(whole=True)
        IndexState.remember(checked_on=_today())
        return sum(one.total for one in found)


def is_check_missing() -> bool:
    """Whether nobody compared them on the city's day yet, as after a night switched off."""
    with db.opened():
        return IndexState.known().checked_on != _today()


def _today() -> date:
    return city_day(outside.clock.now())
