"""Price sheets into a fresh house: how fast, in how much memory, and how long others wait."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.bare import bare_house, prices_csv, prices_xlsx
from bench.house import House
from bench.timing import Times

PAUSE = 0.05


@dataclass(frozen=True)
class Import:
    """One import: rows, seconds until checked and published, peak memory, what a writer waited."""

    title: str
    rows: int
    checked_s: float
    published_s: float
    peak_mb: float
    waits: Times

    @property
    def rows_per_second(self) -> float:
        """From the first byte read to the last price seen."""
        return self.rows / self.published_s


def imports(whole: House, scratch: Path, *, csv_rows: int, xlsx_rows: int) -> list[Import]:
    """A CSV and a workbook, each into a house of its own that has outlets and drugs only."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        return [
            _imported("CSV", prices_csv, whole, scratch, csv_rows),
            _imported("xlsx", prices_xlsx, whole, scratch, xlsx_rows),
        ]
    finally:
        shutil.rmtree(scratch)


def _imported(title, write, whole, scratch, rows):
    sheet = scratch / f"prices.{title.lower()}"
    write(whole, sheet, rows)
    house = bare_house(whole, scratch / title)
    with another_writer(house.database) as waits:
        told = _taken(house, sheet)
    return Import(title, waits=Times(tuple(sorted(waits))), **told)


def _taken(house: House, sheet: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "bench.intake", str(sheet)],
        env={**os.environ, **house.environment}, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@contextmanager
def another_writer(database: Path) -> Iterator[list[float]]:
    """Somebody else who writes a small row every 50 ms meanwhile; gathers the milliseconds each
    took, from asking for the lock to having written."""
    waits: list[float] = []
    over = threading.Event()
    writer = threading.Thread(target=_write_on, args=(database, waits, over))
    writer.start()
    try:
        yield waits
    finally:
        over.set()
        writer.join()


def _write_on(database, waits, over):
    with closing(sqlite3.connect(database, timeout=60, isolation_level=None)) as line:
        line.execute("PRAGMA synchronous = NORMAL")
        line.execute("CREATE TABLE IF NOT EXISTS bench_visit (at REAL)")
        while not over.wait(PAUSE):
            before = perf_counter()
            line.execute("INSERT INTO bench_visit VALUES (?)", (before,))
            waits.append((perf_counter() - before) * 1000)
