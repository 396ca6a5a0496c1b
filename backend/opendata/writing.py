"""All the tables of one moment, written one after another."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from backend.intake.kinds import Progress
from backend.opendata import (
    figure_rows,
    listed_rows,
    outlet_rows,
    policy_rows,
    price_rows,
    resident_rows,
    sinks,
    wording,
)
from backend.opendata.moment import Moment
from backend.opendata.shapes import tables

# Which rows a table has; the figures come last, since they count what was written.
ROWS: dict[str, Callable[[Moment], Iterator[tuple]]] = {
    "meta": figure_rows.meta,
    "dictionary": figure_rows.dictionary,
    "district": listed_rows.district,
    "drug": listed_rows.drug,
    "win": listed_rows.win,
    "alias": listed_rows.alias,
    "outlet": outlet_rows.outlet,
    "badge_span": outlet_rows.badge_span,
    "edition": listed_rows.edition,
    "edition_entry": listed_rows.edition_entry,
    "policy_pack": policy_rows.policy_pack,
    "verdict_method": policy_rows.verdict_method,
    "band": price_rows.band,
    "price": price_rows.price,
    "price_history": price_rows.price_history,
    "resident_price": resident_rows.resident_price,
    "figure": figure_rows.figure,
}


def write_tables(moment: Moment, folder: Path, progress: Progress) -> dict[str, int]:
    """Write every table into the folder; returns how many rows each has."""
    counts = {}
    progress(wording.LOOKING, 0.0)
    price_rows.take_bands(moment)
    progress(wording.LOOKING, 1.0)
    total = len(moment.outlets) * 2 + 1
    with sinks.database(folder) as file:
        for name, rows in ROWS.items():
            told = _telling(rows(moment), progress, name, total)
            counts[name] = sinks.write_table(tables()[name], told, folder, file)
    progress(wording.WRITING, 1.0)
    return counts


def earlier_bands(kept: Path, *, before: str) -> list[tuple]:
    """The bands of days before one, from data that was published then; none where it is no more."""
    if not kept.exists():
        return []
    try:
        with sqlite3.connect(f"file:{kept}?mode=ro", uri=True) as file:
            names = ", ".join(tables()["band"].names)
            return file.execute(f"SELECT {names} FROM band WHERE day < ?", (before,)).fetchall()
    except sqlite3.Error:
        return []


def _telling(rows, progress, name, total):
    """The same rows; the long ones move the bar on with each outlet."""
    if name not in ("price", "price_history"):
        yield from rows
        return
    before, seen, begun = None, 0, name == "price_history"
    for row in rows:
        if row[0] != before:
            before, seen = row[0], seen + 1
            progress(wording.WRITING, min(1.0, (seen + begun * (total // 2)) / total))
        yield row
