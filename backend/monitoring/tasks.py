"""The index by night: of the month that runs on the city's day, after the bands."""

from datetime import date

from backend import db
from backend.monitoring import wording
from backend.monitoring.actions import take_index
from backend.monitoring.models import IndexNight
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.policy.packs import pack_on
from backend.queue import Huey

# Later than the bands and their first second try, by which "clearly high" is judged.
TAKE_INDEX = Nightly("take_index", hour=0, minute=25, about=wording.TAKES_INDEX)
NIGHTLY = (TAKE_INDEX,)


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue take the index every night."""
    TAKE_INDEX.put_on(queue, lambda: take(city), is_missing=lambda: is_missing(city))


def take(city: str) -> int:
    """Take the index on the city's day; how many outlets have one.

    One transaction that replaces the period's: cut short it leaves the night before's, run twice
    the same.
    """
    with db.opened():
        return take_index(_today(), city=city)


def is_missing(city: str) -> bool:
    """Whether nobody took the index on the city's day, as after a night off."""
    with db.opened():
        terms = pack_on(city, _today()).monitoring
        return terms is not None and not (
            IndexNight.select()
            .where(IndexNight.computed_on == _today(), IndexNight.method == terms.version)
            .exists()
        )


def _today() -> date:
    return city_day(outside.clock.now())
