"""A kind's documents to be, in the SQLite index: an edition filled unseen, then shown."""

from collections.abc import Callable, Iterable
from functools import partial

from search import editions, tables
from search.batches import batches
from search.bits import Holdings
from search.interface import Document, SearchError, only
from search.lines import Line, Lines

BATCH, VALUES = 500, 100_000  # of a transaction: other writers wait for one, not for all


class SqliteFresh:
    """An edition being filled in short transactions: nobody waits for the whole.

    Facts of many values are gathered in memory and written at the end; so what fails half way
    gives the whole up.
    """

    def __init__(self, lines: Lines, kind: str, edition: int) -> None:
        self.lines, self.kind, self.edition = lines, kind, edition
        self.held = Holdings()

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace."""
        for batch in batches(documents, most=BATCH, values=VALUES):
            only(self.kind, batch)
            self._write(partial(self._put, batch))

    def _put(self, batch: list[Document], line: Line) -> None:
        tables.gather(line, self.kind, self.edition, batch, self.held)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        self._write(lambda line: tables.forget(line, self.edition, ids, self.held))

    def take_place(self) -> None:
        """Be shown from now on, and take out the words nobody carries any more."""
        self._write(self._take_place)

    def _take_place(self, line: Line) -> None:
        self.held.write(line, self.edition)
        editions.show(line, self.kind, self.edition)
        tables.sweep(line, self.kind)

    def drop(self) -> None:
        """Give up."""
        with self.lines.writing() as line:
            if editions.unseen(line, self.edition):
                editions.drop(line, self.edition)

    def _write(self, change: Callable[[Line], object]) -> None:
        try:
            with self.lines.writing() as line:
                if not editions.unseen(line, self.edition):
                    raise SearchError(f"{self.kind} 的这次重建已经结束或被放弃，请重新开始")
                change(line)
        except BaseException:
            self.drop()
            raise
