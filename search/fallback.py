"""Two engines as one: a server that finds, and the built-in index that answers when it does not."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from search.batches import batches
from search.breaker import Breaker
from search.interface import (
    Document,
    Found,
    Fresh,
    Index,
    Query,
    SearchError,
    asked_well,
    known,
    rebuild,
)

BATCH, VALUES = 2000, 20_000  # of a batch held in memory

log = logging.getLogger(__name__)

Answered = TypeVar("Answered")


class FallbackIndex:
    """Reads from `server` while it answers, else from `builtin`; writes to both.

    A write the server did not take is raised as SearchError after the built-in index has it:
    repeating the same write mends the server.
    """

    name = "fallback"

    def __init__(self, server: Index, builtin: Index, breaker: Breaker | None = None) -> None:
        self.server, self.builtin = server, builtin
        self.breaker = breaker or Breaker()

    @property
    def parts(self) -> tuple[Index, Index]:
        """The two, each to be looked at by itself."""
        return self.server, self.builtin

    @property
    def degraded(self) -> bool:
        """Whether the built-in index answers for the time being."""
        return self.breaker.is_open

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace in both."""
        kept = list(documents)
        self.builtin.put(kept)
        self.server.put(kept)

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        """Take documents out of both."""
        gone = list(ids)
        self.builtin.remove(kind, gone)
        self.server.remove(kind, gone)

    def clear(self, kind: str) -> None:
        """Take out every document of a kind from both."""
        self.builtin.clear(kind)
        self.server.clear(kind)

    def fresh(self, kind: str) -> "FallbackFresh":
        """Begin to rebuild a kind in both."""
        return FallbackFresh(self.builtin.fresh(kind), lambda: self.server.fresh(kind))

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Replace a kind in both, each at once."""
        rebuild(self, kind, documents)

    def digests(self, kind: str) -> Iterator[tuple[str, str]]:
        """(id, digest) of every document on the server; `engines` tells of each."""
        return self.server.digests(kind)

    def find(self, query: Query) -> Found:
        """Answer a question, `degraded` when the built-in index did."""
        asked_well(query)
        found = self._tried(lambda: self.server.find(query))
        return replace(self.builtin.find(query), degraded=True) if found is None else found

    def count(self, kind: str) -> int:
        """How many documents of a kind there are, in the index that answers."""
        known(kind)
        count = self._tried(lambda: self.server.count(kind))
        return self.builtin.count(kind) if count is None else count

    def close(self) -> None:
        """Let go of both."""
        self.server.close()
        self.builtin.close()

    def _tried(self, ask: Callable[[], Answered]) -> Answered | None:
        """The server's answer; None when it gives none or is left in peace."""
        if not self.breaker.allows():
            return None
        try:
            answer = ask()
        except SearchError as error:
            if self.breaker.failed():
                log.warning("检索服务器连续没有回答，改用内置索引：%s", error)
            return None
        if self.breaker.succeeded():
            log.warning("检索服务器恢复，不再用内置索引")
        return answer


class FallbackFresh:
    """A rebuild of both; the built-in one is not lost when the server fails."""

    def __init__(self, builtin: Fresh, begin: Callable[[], Fresh]) -> None:
        self.builtin = builtin
        self.server: Fresh | None = None
        self.trouble: SearchError | None = None
        with self._noting_trouble():
            self.server = begin()

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace in both."""
        for batch in batches(documents, most=BATCH, values=VALUES):
            self.builtin.put(batch)
            if self.server and not self.trouble:
                with self._noting_trouble():
                    self.server.put(batch)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out of both."""
        gone = list(ids)
        self.builtin.remove(gone)
        if self.server and not self.trouble:
            with self._noting_trouble():
                self.server.remove(gone)

    def take_place(self) -> None:
        """Replace what is there in both; SearchError, after the built-in index has done so,
        when the server failed now or before."""
        self.builtin.take_place()
        if self.server and not self.trouble:
            with self._noting_trouble():
                self.server.take_place()
        if self.trouble:
            raise self.trouble

    def drop(self) -> None:
        """Give up in both."""
        self.builtin.drop()
        if self.server:
            self.server.drop()

    @contextmanager
    def _noting_trouble(self) -> Iterator[None]:
        """After the first the server is not tried again: it would be half of a rebuild."""
        try:
            yield
        except SearchError as error:
            self.trouble = error
