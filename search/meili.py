"""The index on a Meilisearch server: it finds candidates, the same rules as everywhere order them.

Up to `MOST` candidates, ids, order and total are those of the SQLite index. Of a question that
finds more, those names that begin with it and those that stand first in ties (rank, shorter
name, id), `MOST` of each, are ordered; its total is the server's count, its pages end with
what was ordered. Browsing without words has no such end.
"""

import threading
from collections.abc import Iterable, Iterator
from itertools import islice

from search.batches import batches
from search.cards import card
from search.interface import Document, Found, Query, asked_well, known, rebuild
from search.meili_admin import Admin
from search.meili_asking import Reader
from search.meili_browsing import browsed
from search.meili_documents import order_key, stored
from search.meili_finding import found
from search.meili_fresh import BATCH, VALUES, MeiliFresh
from search.meili_http import Address


class MeiliIndex:
    """`address` is read from a URL; nothing is asked of the server before it is needed."""

    name = "meilisearch"

    def __init__(self, address: Address) -> None:
        self.admin = Admin(address)
        self.reader = Reader(address, self.admin)
        self.turn = threading.Lock()  # a change is in the old index or the new, not between

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, in batches; all are findable when it returns."""
        for batch in batches(documents, most=BATCH, values=VALUES):
            by_kind: dict[str, list[Document]] = {}
            for document in batch:
                by_kind.setdefault(known(document.kind), []).append(document)
            with self.turn:
                self.admin.finish([self._put(kind, these) for kind, these in by_kind.items()])

    def _put(self, kind: str, documents: list[Document]) -> int:
        self.admin.prepare(kind)
        return self.admin.send(self.admin.uid(kind), (stored(card(one)) for one in documents))

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        """Take documents out."""
        waiting = iter(ids)
        with self.turn:
            self.admin.prepare(known(kind))
            while batch := list(islice(waiting, BATCH)):
                gone = self.admin.take_out(self.admin.uid(kind), list(map(order_key, batch)))
                self.admin.finish([gone])

    def clear(self, kind: str) -> None:
        """Take out every document of a kind."""
        with self.turn:
            self.admin.prepare(known(kind))
            self.admin.empty(self.admin.uid(kind))

    def fresh(self, kind: str) -> MeiliFresh:
        """Begin a new index beside that of a kind."""
        return MeiliFresh(self.admin, known(kind), self.turn)

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Fill a new index and swap it in; what is changed meanwhile is lost."""
        rebuild(self, known(kind), documents)

    def digests(self, kind: str) -> Iterator[tuple[str, str]]:
        """(id, digest) of every document, read page by page; SearchError while it goes on."""
        kept = self.admin.digests(self.admin.uid(known(kind)))
        return ((bytes.fromhex(order).decode(), digest) for order, digest in kept)

    def count(self, kind: str) -> int:
        """How many documents of a kind there are."""
        (said,) = self.reader.about(known(kind))([{"limit": 0}])
        return said.total

    def find(self, query: Query) -> Found:
        """Answer a question within a second; SearchError when the server does not."""
        server = self.reader.about(asked_well(query).kind)
        return found(query, server) if query.words.strip() else browsed(query, server)

    def close(self) -> None:
        """Let go of this thread's connection."""
        self.reader.asking.close()
