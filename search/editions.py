"""Editions of a kind in the SQLite index: one is shown, others are being filled unseen."""

import time

from search.lines import Line

LEFT_OVER = 3600.0  # seconds: a rebuild that is not done by then was killed

SCHEMA = (
    "CREATE TABLE edition (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " begun REAL NOT NULL, shown INTEGER NOT NULL, stamp TEXT NOT NULL)"
)
_TABLES = {
    "document": "CREATE TABLE document_{number} (number INTEGER PRIMARY KEY, id TEXT UNIQUE,"
    " key TEXT, rank INTEGER, size INTEGER, lat REAL, lon REAL, words TEXT, strengths TEXT,"
    " facts TEXT, digest TEXT, held TEXT)",
    "held": "CREATE TABLE held_{number} (number INTEGER PRIMARY KEY, name TEXT, value TEXT,"
    " documents BLOB, UNIQUE (name, value))",
}


def begin(line: Line, kind: str, *, shown: bool = False) -> int:
    """A new empty edition."""
    (number,) = line.execute(
        "INSERT INTO edition (kind, begun, shown, stamp) VALUES (?, ?, ?, hex(randomblob(8)))"
        " RETURNING number",
        (kind, time.time(), shown),
    ).fetchone()
    for statement in _TABLES.values():
        line.execute(statement.format(number=number))
    return number


def shown(line: Line, kind: str) -> tuple[int, str]:
    """The edition readers see, and its stamp: random, new with every change, so that a file
    made anew is never taken for the old one."""
    return line.execute(
        "SELECT number, stamp FROM edition WHERE kind = ? AND shown", (kind,)
    ).fetchone()


def unseen(line: Line, number: int) -> bool:
    """Whether an edition is there, and not shown."""
    row = line.execute("SELECT shown FROM edition WHERE number = ?", (number,)).fetchone()
    return row is not None and not row[0]


def changed(line: Line, number: int) -> None:
    """Readers must look anew."""
    line.execute("UPDATE edition SET stamp = hex(randomblob(8)) WHERE number = ?", (number,))


def show(line: Line, kind: str, number: int) -> None:
    """Let an edition take the place of the one shown."""
    old, _ = shown(line, kind)
    line.execute("UPDATE edition SET shown = 1 WHERE number = ?", (number,))
    drop(line, old)


def drop(line: Line, number: int) -> None:
    """Take an edition out."""
    line.execute("DELETE FROM edition WHERE number = ?", (number,))
    for name in _TABLES:
        line.execute(f"DROP TABLE IF EXISTS {name}_{number}")


def drop_left_over(line: Line, kind: str) -> None:
    """Take out what killed rebuilds left."""
    before = time.time() - LEFT_OVER
    left = line.execute(
        "SELECT number FROM edition WHERE kind = ? AND NOT shown AND begun < ?", (kind, before)
    )
    for (number,) in left.fetchall():
        drop(line, number)


def numbers(line: Line, kind: str) -> list[int]:
    """All editions of a kind."""
    rows = line.execute("SELECT number FROM edition WHERE kind = ?", (kind,))
    return [number for (number,) in rows]
