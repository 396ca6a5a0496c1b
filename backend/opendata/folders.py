"""Where the open data lies: a folder a day, swapped in whole; what is half done is never seen.

A day is a link into `.kept`, changed in one step. Files keep one fixed time, so that the same data
is the same to the byte; when it was made is the time of the folder they lie in.
"""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from backend.opendata.package import SUMS, sha256
from backend.outside.clock import CITY_TIME

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KEPT = ".kept"


def days(root: Path) -> list[str]:
    """The days there is data of, the newest first."""
    if not root.is_dir():
        return []
    found = (path.name for path in root.iterdir() if _DAY.fullmatch(path.name) and path.is_dir())
    return sorted(found, reverse=True)


def fresh(root: Path, day: date) -> Path:
    """An empty folder to fill; what a killed process left half done goes first.

    The caller sees to it that nobody else is at it.
    """
    kept = root / _KEPT
    kept.mkdir(parents=True, exist_ok=True)
    used = {os.readlink(root / name).rpartition("/")[2] for name in days(root)}
    for left in kept.iterdir():
        if left.name not in used:
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    made = kept / f"fresh-{day.isoformat()}"
    made.mkdir()
    return made


def take_place(made: Path, day: date) -> Path:
    """Let the filled folder be the one of its day from now on; returns where it lies.

    The one before goes with the next `fresh`: somebody may be reading it.
    """
    kept, root = made.parent, made.parent.parent
    _settle(made, day)
    place = kept / f"{day.isoformat()}-{sha256(made / SUMS)[:16]}"
    link = root / day.isoformat()
    if place.exists():
        shutil.rmtree(made)
    else:
        made.rename(place)
    pointer = kept / "pointer"
    pointer.symlink_to(Path(_KEPT) / place.name)
    pointer.replace(link)
    for folder in (kept, root):
        _sync(folder)
    return link


def _settle(made, day):
    """Every byte on the disk, every file with the time of its day."""
    midnight = datetime.combine(day, time(), CITY_TIME).timestamp()
    for path in made.iterdir():
        os.utime(path, (midnight, midnight))
        path.chmod(0o644)
        _sync(path)
    _sync(made)


def _sync(path):
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def forget(root: Path, *, nights: int) -> list[str]:
    """Take away the oldest days beyond so many; returns which."""
    gone = days(root)[nights:]
    for name in gone:
        place = (root / name).resolve()
        (root / name).unlink()
        shutil.rmtree(place, ignore_errors=True)
    return gone


def sums(folder: Path) -> dict[str, str]:
    """The checksum of every published file of a day, by name."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: mark for mark, _, name in (line.partition("  ") for line in lines)}


def made_at(folder: Path) -> datetime:
    """When the data of a day was made, in the city's time."""
    return datetime.fromtimestamp(folder.stat().st_mtime, CITY_TIME)


def faults(folder: Path) -> Iterator[tuple[str, str]]:
    """(kind, file) of whatever is not as it was published: missing, changed or astray."""
    published = sums(folder)
    for name, mark in published.items():
        if not (folder / name).is_file():
            yield "missing", name
        elif sha256(folder / name) != mark:
            yield "changed", name
    for path in sorted(folder.iterdir()):
        if path.name not in published and path.name != SUMS:
            yield "astray", path.name
