"""The index on a Meilisearch server: it finds candidates, the same rules as everywhere order them.

Up to `MOST` candidates, ids, order and total are those of the SQLite index. Of a question that
finds more, those names that begin with it and those that stand first in ties (rank, shorter
name, id), `MOST` of each, are ordered; its total is the server's count, its pages end with
what was ordered. Browsing without words has no such end.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from search.answer import Answer
from search.asked import Asked, Step, ask, steps
from search.cards import card
from search.interface import Document, Found, Query, SearchError, known, only
from search.meili_admin import Admin
from search.meili_documents import ids_of, order_key, shelf_of, stored
from search.meili_filters import BROAD, Need, Needs, needs, where
from search.meili_http import CONNECT, READ, Address, Asking, KeyRefusedError
from search.meili_settings import MOST, ORDER

BATCH = 2000  # documents sent at once, some megabytes


class MeiliIndex:
    """`address` is read from a URL; nothing is asked of the server before it is needed."""

    def __init__(self, address: Address) -> None:
        self.admin = Admin(address)
        self.asking = Asking(address.url)
        self.given = address.search_key
        self.key: str | None = address.search_key or None
        self.turn = threading.Lock()  # a change made here during a rebuild comes after it

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, in batches; all are findable when it returns."""
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
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

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Fill a new index and swap it in; what other processes write meanwhile is lost,
        so one process rebuilds at a time."""
        waiting = iter(documents)
        with self.turn:
            fresh = self.admin.fresh(known(kind))
            try:
                tasks = []
                while batch := list(islice(waiting, BATCH)):
                    only(kind, batch)
                    tasks.append(self.admin.send(fresh, (stored(card(one)) for one in batch)))
                self.admin.finish(tasks)
                self.admin.replace(kind, fresh)
            finally:
                with suppress(SearchError):
                    self.admin.drop(fresh)

    def count(self, kind: str) -> int:
        """How many documents of a kind there are."""
        counts, _ = self._ask(known(kind), [{"limit": 0}], _until())
        return counts[0]

    def find(self, query: Query) -> Found:
        """Answer a question within a second; SearchError when the server does not."""
        known(query.kind)
        asked, until = ask(query.words, query.prefix), _until()
        if not query.words.strip():
            return self._browse(query, until)
        for step in steps(asked):
            if found := self._found(step, query, asked, until):
                return found
        return Found([], 0, {})

    def close(self) -> None:
        """Let go of this thread's connection."""
        self.asking.close()

    def _browse(self, query: Query, until: float) -> Found:
        start, size = max(query.offset, 0), max(query.limit, 0)
        page = _searching(where(query.where)) | {"offset": start, "limit": size}
        counts, cards = self._ask(query.kind, [page], until)
        with _reading():
            return Found(ids_of(cards), counts[0], {})

    def _found(self, step: Step, query: Query, asked: Asked, until: float) -> Found | None:
        wanted = needs(step, query, asked)
        if wanted is None:
            return None
        total, cards = self._fetch(query.kind, wanted, until)
        with _reading():
            shelf = shelf_of(cards)
        answer = Answer(query, shelf, lambda word: shelf.words)
        hits = answer.hits(step)
        if not hits:
            return None
        found = answer.page(hits)
        return replace(found, total=total) if total > MOST and step in BROAD else found

    def _fetch(self, kind: str, wanted: Needs, until: float) -> tuple[int, list[str]]:
        """How many there are, and the cards of those to look at."""
        counts, cards = self._ask(kind, _searches(wanted.at_first()), until)
        more = wanted.if_too_many()
        if counts[0] <= MOST or not more:
            return counts[0], cards
        fewer, theirs = self._ask(kind, _searches(more), until)
        return (wanted.narrow and fewer[0]) or counts[0], cards + theirs

    def _ask(self, kind: str, searches: list[Any], until: float) -> tuple[list[int], list[str]]:
        """How many each search finds, and the cards of all."""
        index = {"indexUid": self.admin.uid(kind)}
        if self.key is None:
            self.key = self.admin.search_key()
        try:
            body = {"queries": [index | search for search in searches]}
            said = self.asking.ask("/multi-search", body, key=self.key, until=until)
        except KeyRefusedError:
            self.key = self.given or None  # asked for anew next time
            raise
        with _reading():
            results = said["results"]
            counts = [int(result["estimatedTotalHits"]) for result in results]
            return counts, [hit["card"] for result in results for hit in result["hits"]]


def _until() -> float:
    return time.monotonic() + CONNECT + READ


def _searches(needs: list[Need]) -> list[dict[str, Any]]:
    return [_searching(one.filter) | {"limit": one.limit} for one in needs]


def _searching(filters: str) -> dict[str, Any]:
    return {"filter": filters or None, "sort": ORDER, "attributesToRetrieve": ["card"]}


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SearchError(f"Meilisearch 的回答读不懂，请重建索引：{error}") from error
