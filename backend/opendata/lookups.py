"""Reading what open data there is: the days, their files, what each table is."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backend.db import run
from backend.errors import NotFound
from backend.opendata import folders, wording
from backend.opendata.package import PACKAGE, SUMS, sha256
from backend.opendata.shapes import tables
from backend.opendata.sinks import DATABASE, csv_name, lines_name
from backend.opendata.when import PUBLISH_DATA

NEXT = {"at": f"{PUBLISH_DATA.hour}:{PUBLISH_DATA.minute:02}", "command": "flask data publish"}


_NAMES = {"csv": csv_name, "lines": lines_name}


def listing(root: Path) -> dict:
    """Every day there is data of, the newest first: {title, latest, next, days: [{day, …}]}."""
    found = [_day(root, name) for name in folders.days(root)]
    return {
        "title": wording.TITLE,
        "latest": found[0]["day"] if found else None,
        "next": NEXT,
        "days": found,
    }


def _day(root: Path, name: str) -> dict:
    folder = root / name
    package = _package(folder)
    files = list(_files(folder, name, package))
    return {
        "day": name,
        "title": package["title"],
        "made_at": folders.made_at(folder).isoformat(timespec="seconds"),
        "demo": package["sanjin"]["demo"],
        "pack": package["sanjin"]["pack"],
        "small_count": package["sanjin"]["small_count"],
        "licence": package["sanjin"]["licence"],
        "bytes": sum(one["bytes"] for one in files),
        "files": files,
    }


def _package(folder: Path) -> dict:
    return json.loads((folder / PACKAGE).read_text(encoding="utf-8"))


def _files(folder, day, package) -> Iterator[dict]:
    rows = {one["path"]: one.get("rows") for one in package["resources"]}
    titles = _titles()
    marks = folders.sums(folder) | {SUMS: sha256(folder / SUMS)}
    for name, mark in sorted(marks.items()):
        table, title = titles.get(name, (None, wording.FILES.get(name, wording.PACK_FILE)))
        yield {
            "name": name, "title": title, "table": table, "rows": rows.get(name),
            "bytes": (folder / name).stat().st_size, "sha256": mark, "url": f"/data/{day}/{name}",
        }  # fmt: skip


def _titles() -> dict[str, tuple[str, str]]:
    return {
        name(table): (table.name, table.title)
        for table in tables().values()
        for name in _NAMES.values()
    }


def page(root: Path) -> dict:
    """The page about the data: the newest day by tables, the older days, what each column means."""
    told = listing(root)
    newest = next(iter(told["days"]), None)
    by_name = {one["name"]: one for one in newest["files"]} if newest else {}
    shown = [
        {"table": table} | {kind: by_name.get(name(table)) for kind, name in _NAMES.items()}
        for table in tables().values()
    ]
    others = [one for name, one in by_name.items() if not one["table"] and name != DATABASE]
    return told | {
        "newest": newest,
        "tables": shown,
        "database": by_name.get(DATABASE),
        "others": others,
        "method": wording.method(newest["small_count"]) if newest else (),
        "empty": wording.NO_DAY_YET,
    }


def find_file(root: Path, day: str, name: str) -> tuple[Path, str]:
    """A published file and its checksum; raises NotFound for whatever was not published.

    The name is looked up, never walked to: nothing outside the folder has one.
    """
    if day not in folders.days(root):
        raise NotFound(wording.NO_SUCH_DAY)
    # Where it lies now: should the day be made anew meanwhile, mark and bytes belong together.
    folder = (root / day).resolve()
    mark = (folders.sums(folder) | {SUMS: ""}).get(name)
    if mark is None:
        raise NotFound(wording.NO_SUCH_FILE)
    path = folder / name
    return path, mark or sha256(path)


def latest(root: Path) -> str:
    """The newest day there is data of; raises NotFound before the first."""
    found = folders.days(root)
    if not found:
        raise NotFound(wording.NO_DAY_YET)
    return found[0]


_BANDS = """
SELECT drug.code, low_fen, high_fen, clear_fen FROM band_snapshot
JOIN drug ON drug.id = band_snapshot.drug_id WHERE day = ? ORDER BY drug.code
"""


def differing_bands(folder: Path, day: date) -> tuple[int, int]:
    """(how many, of how many) bands the site shows on that day otherwise than the open data.

    The site's know what residents handed in. Told to the operator only.
    """
    shown = {code: tuple(band) for code, *band in run(_BANDS, day.isoformat()).fetchall()}
    names = "drug, low_fen, high_fen, clear_fen"
    with sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True) as file:
        rows = file.execute(f"SELECT {names} FROM band WHERE day = ?", (day.isoformat(),))
        open_ = {code: tuple(band) for code, *band in rows.fetchall()}
    codes = shown.keys() | open_.keys()
    return sum(1 for code in codes if shown.get(code) != open_.get(code)), len(codes)
