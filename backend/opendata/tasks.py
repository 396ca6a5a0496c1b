"""Open data by night."""

from pathlib import Path

from backend import db
from backend.intake.models import Publication
from backend.opendata import folders
from backend.opendata.actions import publish
from backend.opendata.when import PUBLISH_DATA
from backend.outside import outside
from backend.outside.clock import city_day
from backend.queue import Huey

NIGHTLY = (PUBLISH_DATA,)


def schedule(queue: Huey, *, city: str, root: Path, nights: int) -> None:
    """Have the queue publish the open data every night."""
    PUBLISH_DATA.put_on(
        queue,
        lambda: publish_data(root, city=city, nights=nights),
        is_missing=lambda: is_data_missing(root),
    )


def publish_data(root: Path, *, city: str, nights: int) -> int:
    """Publish the data of the city's day; returns how many rows it has.

    A folder that is swapped in whole: cut short it leaves the last one, run twice the same.
    """
    with db.opened():
        return sum(publish(root, _today(), city=city, nights=nights).values())


def is_data_missing(root: Path) -> bool:
    """Whether the data of the city's day lacks, though there is something to publish."""
    with db.opened():
        return bool(Publication.current()) and _today().isoformat() not in folders.days(root)


def _today():
    return city_day(outside.clock.now())
