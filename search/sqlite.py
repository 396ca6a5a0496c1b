"""The index in one SQLite file: FTS5 finds words, a shelf in memory orders their documents."""

from collections.abc import Iterable
from itertools import islice

from search import tables
from search.answer import Answer
from search.interface import Document, Found, Query, known, only
from search.layers import INSIDE
from search.lines import Line, Lines
from search.pinyin import heard
from search.shelf import Shelf
from search.text import spell_singly

BATCH = 500  # documents a transaction: other writers wait for one, not for all


class SqliteIndex:
    """`path` is a file, made when it is not there, or `:memory:`."""

    def __init__(self, path: str) -> None:
        self.lines = Lines(path)
        self.shelves: dict[str, tuple[str, Shelf]] = {}
        with self.lines.reading() as line:
            made = tables.made(line)
        if not made:
            with self.lines.writing() as line:
                tables.make(line)

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, in batches; unchanged documents change nothing."""
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            with self.lines.writing() as line:
                tables.put(line, batch)

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        """Take documents out."""
        with self.lines.writing() as line:
            tables.remove(line, known(kind), ids)

    def clear(self, kind: str) -> None:
        """Take out every document of a kind."""
        with self.lines.writing() as line:
            tables.clear(line, known(kind))

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Replace a kind in one transaction; who writes meanwhile waits and comes after,
        so that a change made during a rebuild is not lost."""
        waiting = iter(documents)
        with self.lines.writing() as line:
            tables.clear(line, known(kind))
            while batch := list(islice(waiting, BATCH)):
                only(kind, batch)
                tables.put(line, batch)

    def count(self, kind: str) -> int:
        """How many documents of a kind there are."""
        with self.lines.reading() as line:
            return tables.count(line, known(kind))

    def find(self, query: Query) -> Found:
        """Answer a question."""
        kind = known(query.kind)
        with self.lines.reading() as line:
            shelf = self._shelf(line, kind)
            return Answer(query, shelf, lambda word: tables.seek(line, kind, phrase(word))).found()

    def close(self) -> None:
        """Close every connection of this process."""
        self.lines.close()

    def _shelf(self, line: Line, kind: str) -> Shelf:
        """The shelf as of the transaction the line is in."""
        generation = tables.generation(line, kind)
        with self.lines.turn:  # one thread loads, the others find it loaded
            if self.shelves.get(kind, ("",))[0] != generation:
                self.shelves[kind] = generation, tables.shelf(line, kind)
            return self.shelves[kind][1]


def phrase(word: str) -> str:
    """The FTS5 expression for a word, which is letters, digits and characters only."""
    ways = [f'singly : "{spell_singly(word)}"']
    if sounds := heard(word):
        ways.append(f'sounds : "{sounds}"')
    if word.isascii():
        start = "^ " if len(word) < INSIDE else ""  # FTS5: at the beginning of the column
        ways += [f'{column} : {start}"{word}" *' for column in ("pinyin", "initials")]
    return " OR ".join(ways)
