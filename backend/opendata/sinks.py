"""Where rows go: a CSV for Excel, JSON Lines for programs, a SQLite file for questions."""

import csv
import gzip
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from backend.opendata.shapes import STORED, Column, Table
from backend.sheets.exports import as_csv_cell

AT_ONCE = 1_000
DATABASE = "sanjin.db"

# What Excel would silently make a number or a day of, losing zeros or digits.
_MISREAD = re.compile(
    r"[+-]?(0\d+|\d{12,}|\d+\.\d*0|\d+(\.\d+)?[eE][+-]?\d+)|\d{1,4}([-/.]\d{1,2}){1,2}|\d+:\d\d"
)
# Written in sorted order into an empty file that is thrown away where anything goes wrong.
_PRAGMAS = ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE")


def csv_name(table: Table) -> str:
    """The name of its CSV."""
    return f"{table.name}.csv"


def lines_name(table: Table) -> str:
    """The name of its JSON Lines."""
    return f"{table.name}.jsonl.gz"


def plain(value: Any) -> Any:
    """A value as every file has it: days as text, what is empty missing."""
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def write_table(table: Table, rows: Iterable[tuple], folder: Path, file: sqlite3.Connection) -> int:
    """Write the rows of one table into all three, a stretch at a time; returns how many."""
    _create(table, file)
    insert = f"INSERT INTO {_quoted(table.name)} VALUES ({', '.join('?' * len(table.columns))})"
    count = 0
    with _csv(table, folder) as to_csv, _lines(table, folder) as to_lines:
        for stretch in _stretches(rows):
            to_csv(stretch)
            to_lines(stretch)
            file.executemany(insert, stretch)
            count += len(stretch)
    for columns in table.index:
        _index(table, columns, file)
    return count


def _stretches(rows) -> Iterator[list[tuple]]:
    endless = iter(rows)
    while stretch := [tuple(map(plain, row)) for row in islice(endless, AT_ONCE)]:
        yield stretch


Writer = Callable[[Sequence[tuple]], None]


@contextmanager
def _csv(table: Table, folder: Path) -> Iterator[Writer]:
    """UTF-8 with its mark, so that Excel reads the Chinese."""
    with (folder / csv_name(table)).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.names)
        cells = [_CELLS.get(column.type) for column in table.columns]

        def write(rows):
            writer.writerows(
                [cell(value) if cell else value for cell, value in zip(cells, row, strict=True)]
                for row in rows
            )

        yield write


def _text_cell(value):
    text = as_csv_cell(value)
    return f"'{text}" if isinstance(text, str) and _MISREAD.fullmatch(text) else text


def _yes_no(value):
    return None if value is None else str(bool(value)).lower()


_CELLS: dict[str, Callable[[Any], Any]] = {
    "text": _text_cell, "json": as_csv_cell, "boolean": _yes_no,
}  # fmt: skip


@contextmanager
def _lines(table: Table, folder: Path) -> Iterator[Writer]:
    """One JSON object a line, packed; neither name nor time in the packing, which would differ."""
    with (
        (folder / lines_name(table)).open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=5, fileobj=raw, mtime=0) as file,
    ):
        json_at = [n for n, column in enumerate(table.columns) if column.type == "json"]

        def write(rows):
            file.write(b"".join(_line(table.names, row, json_at) for row in rows))

        yield write


def _line(names, row, json_at):
    if json_at:
        row = [orjson.loads(v) if n in json_at and v else v for n, v in enumerate(row)]
    return orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The SQLite file, to be filled; whole and without a reference to nowhere when it is closed."""
    file = sqlite3.connect(folder / DATABASE, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN")
        yield file
        file.execute("COMMIT")
        file.execute("ANALYZE")
        _check(file)
    finally:
        file.close()


def _check(file):
    astray = file.execute("PRAGMA foreign_key_check").fetchmany(5)
    whole = file.execute("PRAGMA integrity_check").fetchone()[0]
    if astray or whole != "ok":
        raise sqlite3.IntegrityError(f"{whole}; refer to nothing: {astray}")


def _create(table: Table, file) -> None:
    parts = [_column(column) for column in table.columns]
    if table.key:
        parts.append(f"PRIMARY KEY ({_listed(table.key)})")
    for column in table.columns:
        if column.ref:
            to, name = column.ref.split(".")
            parts.append(_foreign((column.name,), to, (name,)))
    parts += [_foreign(ref.columns, ref.to, ref.columns) for ref in table.refs]
    kind = " WITHOUT ROWID" if table.key else ""
    file.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join(parts)}){kind}")


def _column(column: Column) -> str:
    return (
        f"{_quoted(column.name)} {STORED[column.type][0]}{' NOT NULL' if column.required else ''}"
    )


def _foreign(columns, to, names):
    return f"FOREIGN KEY ({_listed(columns)}) REFERENCES {_quoted(to)} ({_listed(names)})"


def _index(table, columns, file):
    name = "_".join((table.name, *columns))
    file.execute(f"CREATE INDEX {_quoted(name)} ON {_quoted(table.name)} ({_listed(columns)})")


def _listed(names):
    return ", ".join(map(_quoted, names))


def _quoted(name):
    return f'"{name}"'
