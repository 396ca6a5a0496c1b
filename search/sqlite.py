"""The index in one SQLite file: FTS5 finds words, a shelf in memory orders their documents."""

from collections.abc import Iterable, Iterator

from search import editions, tables
from search.answer import Answer
from search.batches import batches
from search.bits import HeldInBits
from search.interface import Document, Found, Query, asked_well, known, rebuild
from search.layers import INSIDE
from search.lines import Line, Lines
from search.pinyin import heard
from search.shelf import Shelf
from search.sqlite_fresh import BATCH, VALUES, SqliteFresh
from search.text import spell_singly


class SqliteIndex:
    """`path` is a file, made when it is not there, or `:memory:`."""

    name = "sqlite"

    def __init__(self, path: str) -> None:
        self.lines = Lines(path)
        self.shelves: dict[str, tuple[str, Shelf, list[int]]] = {}
        with self.lines.reading() as line:
            made = tables.made(line)
        if not made:
            with self.lines.writing() as line:
                tables.make(line)

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, in batches; unchanged documents change nothing."""
        for batch in batches(documents, most=BATCH, values=VALUES):
            kinds = dict.fromkeys(known(document.kind) for document in batch)
            with self.lines.writing() as line:
                for kind in kinds:
                    edition, _ = editions.shown(line, kind)
                    tables.put(line, kind, edition, [one for one in batch if one.kind == kind])

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        """Take documents out."""
        with self.lines.writing() as line:
            edition, _ = editions.shown(line, known(kind))
            tables.remove(line, edition, ids)

    def clear(self, kind: str) -> None:
        """Take out every document of a kind."""
        with self.lines.writing() as line:
            editions.show(line, known(kind), editions.begin(line, kind))
            tables.sweep(line, kind)

    def fresh(self, kind: str) -> SqliteFresh:
        """Begin a new edition of a kind in the same file."""
        with self.lines.writing() as line:
            editions.drop_left_over(line, known(kind))
            return SqliteFresh(self.lines, kind, editions.begin(line, kind))

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Replace all documents of a kind at once; what is changed meanwhile is lost."""
        rebuild(self, known(kind), documents)

    def digests(self, kind: str) -> Iterator[tuple[str, str]]:
        """(id, digest) of every document, all of one moment."""
        with self.lines.reading() as line:
            edition, _ = editions.shown(line, known(kind))
            return iter(tables.digests(line, edition))

    def count(self, kind: str) -> int:
        """How many documents of a kind there are."""
        with self.lines.reading() as line:
            edition, _ = editions.shown(line, known(kind))
            return tables.count(line, edition)

    def find(self, query: Query) -> Found:
        """Answer a question."""
        kind = asked_well(query).kind
        with self.lines.reading() as line:
            edition, stamp = editions.shown(line, kind)
            shelf, numbers = self._shelf(line, kind, edition, stamp)
            held = HeldInBits(line, edition, numbers)
            return Answer(
                query, shelf, lambda word: tables.seek(line, kind, phrase(word)), held
            ).found()

    def close(self) -> None:
        """Close every connection of this process."""
        self.lines.close()

    def _shelf(self, line: Line, kind: str, edition: int, stamp: str) -> tuple[Shelf, list[int]]:
        """The shelf as of the transaction the line is in, and the numbers of its documents."""
        with self.lines.turn:  # one thread loads, the others find it loaded
            if kind not in self.shelves or self.shelves[kind][0] != stamp:
                self.shelves[kind] = stamp, *tables.shelf(line, kind, edition)
            return self.shelves[kind][1:]


def phrase(word: str) -> str:
    """The FTS5 expression for a word, which is letters, digits and characters only."""
    ways = [f'singly : "{spell_singly(word)}"']
    if sounds := heard(word):
        ways.append(f'sounds : "{sounds}"')
    if word.isascii():
        start = "^ " if len(word) < INSIDE else ""  # FTS5: at the beginning of the column
        ways += [f'{column} : {start}"{word}" *' for column in ("pinyin", "initials")]
    return " OR ".join(ways)
