"""Prices by night: the bands of the day that has just begun, and the figures of its verdicts."""

from datetime import date

from backend import db
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.prices import wording
from backend.prices.actions import snapshot_bands
from backend.prices.figures import take_figures
from backend.prices.models import BandSnapshot, NightFigures
from backend.queue import Huey

TAKE_BANDS = Nightly("take_bands", hour=0, minute=10, about=wording.TAKES_BANDS)
NIGHTLY = (TAKE_BANDS,)


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue take the bands every night."""
    TAKE_BANDS.put_on(queue, lambda: take_bands(city), is_missing=are_bands_missing)


def take_bands(city: str) -> int:
    """Take the bands of the city's day, then the figures; returns how many drugs have a band.

    Each is one transaction that replaces the day's: cut short it leaves nothing, run twice the
    same.
    """
    with db.opened():
        taken = snapshot_bands(_today(), city=city)
        take_figures(_today(), city=city)
        return taken


def are_bands_missing() -> bool:
    """Whether nobody took the bands or the figures of the city's day, as after a night off."""
    with db.opened():
        return not all(
            table.select().where(table.day == _today()).exists()
            for table in (BandSnapshot, NightFigures)
        )


def _today() -> date:
    return city_day(outside.clock.now())
