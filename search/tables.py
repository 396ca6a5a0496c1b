"""The tables of the SQLite index: documents, distinct words, and FTS5 over the words."""

from collections.abc import Iterable, Iterator

from search import editions
from search.bits import Holdings, KeptHoldings
from search.cards import card
from search.digests import digest
from search.interface import KINDS, Document
from search.layers import Word
from search.lines import Line
from search.shelf import Row, Shelf
from search.words import FTS, WORD, Words

VERSION = 4  # raised when keys or readings change: an older file is emptied, then rebuilt


def made(line: Line) -> bool:
    """Whether the tables are there, in this version."""
    return line.execute("PRAGMA user_version").fetchone()[0] == VERSION


def make(line: Line) -> None:
    """Make the tables, in place of those of another version."""
    if made(line):  # another process was faster
        return
    kept = "SELECT name FROM sqlite_master WHERE type = 'table'"
    named = [f"fts_{kind}" for kind in KINDS]  # first, they drop tables of their own
    named += [name for (name,) in line.execute(kept) if not name.startswith(("fts_", "sqlite_"))]
    for name in named:
        line.execute(f'DROP TABLE IF EXISTS "{name}"')
    for statement in (editions.SCHEMA, WORD, *(FTS.format(kind=kind) for kind in KINDS)):
        line.execute(statement)
    for kind in KINDS:
        editions.begin(line, kind, shown=True)
    line.execute(f"PRAGMA user_version = {VERSION}")


def put(line: Line, kind: str, edition: int, documents: Iterable[Document]) -> None:
    """Add or replace documents; readers' shelves stay when nothing is new."""
    held = KeptHoldings(line, edition)
    if gather(line, kind, edition, documents, held):
        held.store()
        editions.changed(line, edition)


def gather(
    line: Line, kind: str, edition: int, documents: Iterable[Document], held: Holdings
) -> bool:
    """Add or replace documents, whose facts of many values are only noted; whether any is new."""
    table, words = f"document_{edition}", Words(line, kind)
    changed = False
    for document in documents:
        row = line.execute(
            f"SELECT number, digest, held FROM {table} WHERE id = ?", (document.id,)
        ).fetchone()
        if row and row[1] == digest(document):
            continue
        number = row[0] if row else _next(line, table)
        kept = card(document)
        numbers = " ".join(str(words.number(*word)) for word in kept.words)
        line.execute(
            f"REPLACE INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, kept.id, kept.key, kept.rank, kept.size, *(kept.place or (None, None))),
                *(numbers, kept.strengths, kept.facts, kept.digest),
                held.changed(number, row[2] if row else "", kept.many),
            ),
        )
        changed = True
    return changed


def _next(line: Line, table: str) -> int:
    return line.execute(f"SELECT ifnull(max(number), -1) + 1 FROM {table}").fetchone()[0]


def remove(line: Line, edition: int, ids: Iterable[str]) -> None:
    """Take documents out; their words stay until the next rebuild, unseen."""
    held = KeptHoldings(line, edition)
    forget(line, edition, ids, held)
    held.store()
    editions.changed(line, edition)


def forget(line: Line, edition: int, ids: Iterable[str], held: Holdings) -> None:
    """Take documents out, what they held being only noted."""
    for code in ids:
        row = line.execute(
            f"DELETE FROM document_{edition} WHERE id = ? RETURNING number, held", (code,)
        ).fetchone()
        if row:
            held.changed(row[0], row[1], {})


def sweep(line: Line, kind: str) -> None:
    """Take out the words that no document carries."""
    carried: set[str] = set()
    for edition in editions.numbers(line, kind):
        for (numbers,) in line.execute(f"SELECT words FROM document_{edition}"):
            carried.update(numbers.split())
    Words(line, kind).keep(set(map(int, carried)))


def count(line: Line, edition: int) -> int:
    """How many documents there are."""
    return line.execute(f"SELECT count(*) FROM document_{edition}").fetchone()[0]


def digests(line: Line, edition: int) -> list[tuple[str, str]]:
    """(id, digest) of every document."""
    return line.execute(f"SELECT id, digest FROM document_{edition}").fetchall()


def seek(line: Line, kind: str, expression: str) -> list[int]:
    """Numbers of the words that answer an FTS5 expression."""
    rows = line.execute(f"SELECT rowid FROM fts_{kind} WHERE fts_{kind} MATCH ?", (expression,))
    return [number for (number,) in rows]


def shelf(line: Line, kind: str, edition: int) -> tuple[Shelf, list[int]]:
    """All documents in the order of ties, and their numbers."""
    kept = line.execute(
        "SELECT number, id, key, words, strengths, facts, lat, lon"
        f" FROM document_{edition} ORDER BY rank DESC, size, id"
    )
    numbers: list[int] = []

    def rows() -> Iterator[Row]:
        for number, code, key, carried, strengths, facts, lat, lon in kept:
            numbers.append(number)
            at = None if lat is None else (lat, lon)
            yield code, key, tuple(map(int, carried.split())), strengths, facts, at

    words = line.execute(
        "SELECT number, field, text, sounds, initials FROM word WHERE kind = ?", (kind,)
    )
    return Shelf(
        rows(),
        {
            number: Word(field, text, sounds, sounds.replace(" ", ""), letters)
            for number, field, text, sounds, letters in words
        },
    ), numbers
