"""Two engines as one: a server that finds, and the built-in index that answers when it does not."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from search.breaker import Breaker
from search.interface import Document, Found, Index, Query, SearchError, known

log = logging.getLogger(__name__)

Answered = TypeVar("Answered")


class FallbackIndex:
    """Reads from `server` while it answers, else from `builtin`; writes to both.

    A write the server did not take is raised as SearchError after the built-in index has it:
    repeating the same write mends the server.
    """

    def __init__(self, server: Index, builtin: Index, breaker: Breaker | None = None) -> None:
        self.server, self.builtin = server, builtin
        self.breaker = breaker or Breaker()

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

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Replace a kind in both, each at once."""
        kept = list(documents)
        self.builtin.rebuild(kind, kept)
        self.server.rebuild(kind, kept)

    def find(self, query: Query) -> Found:
        """Answer a question, `degraded` when the built-in index did."""
        known(query.kind)
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
