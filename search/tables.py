"""The tables of the SQLite index: documents, distinct words, and FTS5 over the words."""

from collections.abc import Iterable

from search.cards import card
from search.interface import KINDS, Document, known
from search.layers import Word
from search.lines import Line
from search.shelf import Row, Shelf
from search.words import Words

VERSION = 2  # raised when keys or readings change: an older file is emptied, then rebuilt

_SCHEMA = (
    "CREATE TABLE generation (kind TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE document (kind TEXT, id TEXT, key TEXT, rank INTEGER, size INTEGER, words TEXT,"
    " strengths TEXT, facts TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "CREATE TABLE word (number INTEGER PRIMARY KEY, kind TEXT, field TEXT, text TEXT,"
    " sounds TEXT, initials TEXT, UNIQUE (kind, field, text))",
)
_FTS = (
    "CREATE VIRTUAL TABLE fts_{kind} USING fts5 (singly, sounds, pinyin, initials,"
    " content='', columnsize=0, prefix='1 2', tokenize='unicode61 remove_diacritics 0')"
)
_PUT = (
    "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET"
    " rank = excluded.rank, size = excluded.size, words = excluded.words,"
    " strengths = excluded.strengths, facts = excluded.facts"
    " WHERE (rank, size, words, strengths, facts) IS NOT"
    " (excluded.rank, excluded.size, excluded.words, excluded.strengths, excluded.facts)"
)


def made(line: Line) -> bool:
    """Whether the tables are there, in this version."""
    return line.execute("PRAGMA user_version").fetchone()[0] == VERSION


def make(line: Line) -> None:
    """Make the tables, in place of those of another version."""
    if made(line):  # another process was faster
        return
    for name in ("generation", "document", "word", *(f"fts_{kind}" for kind in KINDS)):
        line.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in (*_SCHEMA, *(_FTS.format(kind=kind) for kind in KINDS)):
        line.execute(statement)
    for kind in KINDS:
        _changed(line, kind)
    line.execute(f"PRAGMA user_version = {VERSION}")


def put(line: Line, documents: list[Document]) -> None:
    """Add or replace documents; readers' shelves stay when nothing is new."""
    changed = set()
    words = Words(line)
    for document in documents:
        kind = known(document.kind)
        kept = card(document)
        numbers = " ".join(str(words.number(kind, *word)) for word in kept.words)
        row = kept.id, kept.key, kept.rank, kept.size, numbers, kept.strengths, kept.facts
        if line.execute(_PUT, (kind, *row)).rowcount > 0:
            changed.add(kind)
    for kind in changed:
        _changed(line, kind)


def remove(line: Line, kind: str, ids: Iterable[str]) -> None:
    """Take documents out; their words stay until the next rebuild, unseen."""
    line.executemany("DELETE FROM document WHERE kind = ? AND id = ?", ((kind, id) for id in ids))
    _changed(line, kind)


def clear(line: Line, kind: str) -> None:
    """Take out all documents and words of a kind."""
    line.execute("DELETE FROM document WHERE kind = ?", (kind,))
    line.execute("DELETE FROM word WHERE kind = ?", (kind,))
    line.execute(f"INSERT INTO fts_{kind} (fts_{kind}) VALUES ('delete-all')")
    _changed(line, kind)


def count(line: Line, kind: str) -> int:
    """How many documents of a kind there are."""
    return line.execute("SELECT count(*) FROM document WHERE kind = ?", (kind,)).fetchone()[0]


def generation(line: Line, kind: str) -> str:
    """Random, new with every change: a file made anew is never taken for the old one."""
    row = line.execute("SELECT stamp FROM generation WHERE kind = ?", (kind,)).fetchone()
    return row[0]


def seek(line: Line, kind: str, expression: str) -> list[int]:
    """Numbers of the words that answer an FTS5 expression."""
    rows = line.execute(f"SELECT rowid FROM fts_{kind} WHERE fts_{kind} MATCH ?", (expression,))
    return [number for (number,) in rows]


def shelf(line: Line, kind: str) -> Shelf:
    """All documents of a kind, in the order of ties."""
    kept = line.execute(
        "SELECT id, key, words, strengths, facts FROM document WHERE kind = ?"
        " ORDER BY rank DESC, size, id",
        (kind,),
    )
    rows: Iterable[Row] = (
        (code, key, tuple(map(int, numbers.split())), strengths, facts)
        for code, key, numbers, strengths, facts in kept
    )
    words = line.execute(
        "SELECT number, field, text, sounds, initials FROM word WHERE kind = ?", (kind,)
    )
    return Shelf(
        rows,
        {
            number: Word(field, text, sounds, sounds.replace(" ", ""), letters)
            for number, field, text, sounds, letters in words
        },
    )


def _changed(line: Line, kind: str) -> None:
    line.execute("REPLACE INTO generation VALUES (?, hex(randomblob(8)))", (kind,))
