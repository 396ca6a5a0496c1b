"""History by night: the day's prices and facts of the list, then what is old is thinned."""

from datetime import date

from backend import db
from backend.history import wording
from backend.history.actions import forget, note_list_facts, take_price_day, thin
from backend.history.models import PriceDay
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.prices.models import Offer
from backend.queue import Huey

# After the bands and the comparison of the index, before the open data.
KEEP_HISTORY = Nightly("keep_history", hour=0, minute=25, about=wording.KEEPS_HISTORY)
NIGHTLY = (KEEP_HISTORY,)


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue keep history every night."""
    KEEP_HISTORY.put_on(queue, lambda: keep_history(city), is_missing=is_day_missing)


def keep_history(city: str) -> int:
    """Take the city's day, then thin and forget; returns how many drugs were sold that day.

    Each part bears being cut short and being run twice.
    """
    with db.opened():
        taken = take_price_day(_today(), city=city)
        note_list_facts(_today())
        thin(_today(), city=city)
        forget(_today(), city=city)
        return taken


def is_day_missing() -> bool:
    """Whether there are prices, but nobody took them on the city's day, as after a night off."""
    with db.opened():
        taken = PriceDay.select().where(PriceDay.day == _today()).exists()
        return not taken and Offer.select().exists()


def _today() -> date:
    return city_day(outside.clock.now())
