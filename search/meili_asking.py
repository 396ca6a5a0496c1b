"""Questions to the Meilisearch indexes: with the search key, and what is read of the answers."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from search.interface import SearchError
from search.meili_admin import Admin
from search.meili_documents import read_back
from search.meili_http import CONNECT, READ, Address, Asking, KeyRefusedError


class Said(NamedTuple):
    """How many documents a search finds, the cards that came, and the values of each field
    that was to be counted."""

    total: int
    cards: list[str]
    counts: dict[str, dict[str, int]]


Ask = Callable[[list[dict[str, Any]]], list[Said]]


class Reader:
    """Asks with a key that may only search, which is had of the server when none is given."""

    def __init__(self, address: Address, admin: Admin) -> None:
        self.admin, self.asking = admin, Asking(address.url)
        self.given = address.search_key
        self.key: str | None = address.search_key or None

    def about(self, kind: str) -> Ask:
        """A way to ask one index several searches at once, all within a second."""
        until = time.monotonic() + CONNECT + READ
        index = {"indexUid": self.admin.uid(kind)}
        return lambda searches: self._ask([index | search for search in searches], until)

    def _ask(self, queries: list[dict[str, Any]], until: float) -> list[Said]:
        if self.key is None:
            self.key = self.admin.search_key()
        try:
            body = {"queries": queries}
            said = self.asking.ask("/multi-search", body, key=self.key, until=until)
        except KeyRefusedError:
            self.key = self.given or None  # asked for anew next time
            raise
        with reading():
            return [_said(result) for result in said["results"]]


def _said(result: dict[str, Any]) -> Said:
    counts = {
        field: {read_back(key): number for key, number in values.items()}
        for field, values in (result.get("facetDistribution") or {}).items()
    }
    cards = [hit["card"] for hit in result["hits"]]
    return Said(int(result["estimatedTotalHits"]), cards, counts)


@contextmanager
def reading() -> Iterator[None]:
    """What cannot be read is a SearchError."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SearchError(f"Meilisearch 的回答读不懂，请重建索引：{error}") from error
