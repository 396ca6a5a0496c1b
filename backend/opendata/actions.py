"""Publish the open data of a day."""

import shutil
from datetime import date
from pathlib import Path

from backend.db import alone, database
from backend.errors import NotNow
from backend.intake.kinds import Progress, in_silence
from backend.intake.models import Publication
from backend.opendata import folders, package, wording
from backend.opendata.moment import look
from backend.opendata.sinks import DATABASE
from backend.opendata.writing import earlier_bands, write_tables
from backend.policy.packs import files_of


def publish(
    root: Path, day: date, *, city: str, nights: int, progress: Progress = in_silence
) -> dict[str, int]:
    """Write every table as it stands at this moment, and let it be the data of that day.

    Returns how many rows each table has. Killed at any point it leaves what was there before.
    Raises NotNow where another process is at it, nothing was published yet, or the policy pack does
    not say from how many on a count goes out.
    """
    with alone("open_data") as ours:
        if not ours:
            raise NotNow(wording.ANOTHER_IS_PUBLISHING)
        made = folders.fresh(root, day)
        try:
            counts = _write(made, root, day, city, progress)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        folders.take_place(made, day)
        folders.forget(root, nights=nights)
    progress(wording.SEALING, 1.0)
    return counts


def _write(made, root, day, city, progress):
    with database.transaction(database.one_moment):
        if not Publication.current():
            raise NotNow(wording.NOTHING_TO_PUBLISH)
        moment = look(day, city=city)
        moment.earlier_bands = _earlier(root, day)
        counts = write_tables(moment, made, progress)
        progress(wording.SEALING, 0.0)
        for id_, path in files_of(city).items():
            shutil.copyfile(path, made / f"pack-{id_}.toml")
        package.describe(moment, made, counts)
    return counts


def _earlier(root, day):
    """The bands of earlier days lie in the newest data made before this day."""
    before = next((name for name in folders.days(root) if name < day.isoformat()), None)
    return earlier_bands(root / before / DATABASE, before=day.isoformat()) if before else []
