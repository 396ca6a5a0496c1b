"""A kind's index to be, on Meilisearch: filled beside the present one, then swapped with it."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from threading import Lock

from search.batches import batches
from search.cards import card
from search.interface import Document, SearchError, only
from search.meili_admin import Admin
from search.meili_documents import order_key, stored

BATCH, VALUES = 2000, 200_000  # documents and values sent at once, some megabytes


class MeiliFresh:
    """`turn` is taken by all who write in this process, here for the moment of the swap."""

    def __init__(self, admin: Admin, kind: str, turn: Lock) -> None:
        self.admin, self.kind, self.turn = admin, kind, turn
        self.uid: str = admin.fresh(kind)

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace; one batch after the other, for what others send comes in between."""
        for batch in batches(documents, most=BATCH, values=VALUES):
            only(self.kind, batch)
            sent = self.admin.send(self._there(), (stored(card(one)) for one in batch))
            self.admin.finish([sent])

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        waiting = iter(ids)
        while batch := list(islice(waiting, BATCH)):
            gone = self.admin.take_out(self._there(), list(map(order_key, batch)))
            self.admin.finish([gone])

    def take_place(self) -> None:
        """Swap with the present index, which is dropped."""
        with self.turn:
            self.admin.replace(self.kind, self._there())
        self.drop()

    def drop(self) -> None:
        """Give up; what the server does not drop now it drops at a later rebuild."""
        uid, self.uid = self.uid, ""
        with suppress(SearchError):
            if uid:
                self.admin.drop(uid)

    def _there(self) -> str:
        # What is sent to an index that is not there makes one, without its settings.
        if not self.uid or not self.admin.is_there(self.uid):
            raise SearchError(f"{self.kind} 的这次重建已经结束或被放弃，请重新开始")
        return self.uid
