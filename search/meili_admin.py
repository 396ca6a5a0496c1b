"""Looking after Meilisearch: its indexes, settings, keys and tasks."""

import json
import re
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from secrets import token_hex
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError
from meilisearch.models.key import Key

from search.interface import KINDS, SearchError
from search.meili_calls import TASK, calling, finished, moment, or_none
from search.meili_http import Address
from search.meili_settings import SETTINGS, VERSION, fingerprint

KEY_CALL = 1  # second: a question waits for it
LEFT_OVER = timedelta(hours=1)
MOST_INDEXES, PAGE = 10_000, 1000


class Admin:
    """Makes, fills and swaps indexes; every trouble comes as SearchError with a sentence."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.left_over = LEFT_OVER
        self.meta = f"{address.prefix}meta"
        self.search_key_uid = str(uuid5(NAMESPACE_URL, f"{address.url}#{address.prefix}"))

    def uid(self, kind: str) -> str:
        """The index of a kind."""
        return f"{self.address.prefix}{kind}"

    def search_key(self) -> str:
        """A key that may search our indexes and nothing else, made when it is not there;
        empty where the server asks for no keys."""
        with calling(self.address, KEY_CALL) as client:
            try:
                return (self._old_key(client) or client.create_key(self._key())).key
            except MeilisearchApiError as error:
                if error.code == "missing_master_key":
                    return ""
                if error.code != "api_key_already_exists":
                    raise
            return client.get_key(self.search_key_uid).key  # another process was faster

    def _old_key(self, client: Client) -> Key | None:
        return or_none(lambda: client.get_key(self.search_key_uid))

    def _key(self) -> dict[str, Any]:
        return {
            "uid": self.search_key_uid,
            "name": f"search {self.address.prefix}".strip(),
            "description": "只用来查询",
            "actions": ["search"],
            "indexes": [self.uid(kind) for kind in KINDS],
            "expiresAt": None,
        }

    def prepare(self, kind: str) -> None:
        """See that an index is there with today's settings; one of another version is emptied."""
        uid, there = self.uid(kind), self.is_there(self.uid(kind))
        mark = self._mark(kind) if there else None
        if mark == _mark(kind):
            return
        if not there:
            self._make(uid)
        with calling(self.address) as client:
            tasks = [client.index(uid).update_settings(SETTINGS[kind])]
            if there and (mark or {}).get("version") != VERSION:
                tasks.append(client.index(uid).delete_all_documents())
        self.finish(task.task_uid for task in tasks)
        self._remember(kind)

    def fresh(self, kind: str) -> str:
        """An empty index beside that of a kind; those left over by killed rebuilds are dropped."""
        for left in self._beside(kind, datetime.now(UTC) - self.left_over):
            self.drop(left)
        uid = f"{self.uid(kind)}_{token_hex(4)}"
        self._make(uid)
        with calling(self.address) as client:
            self.finish([client.index(uid).update_settings(SETTINGS[kind]).task_uid])
        return uid

    def _beside(self, kind: str, before: datetime) -> list[str]:
        """Indexes of rebuilds of a kind that began before a moment."""
        named = re.compile(rf"{re.escape(self.uid(kind))}_[0-9a-f]{{8}}")
        with calling(self.address) as client:
            # All at once: one dropped between two pages would hide another.
            there: Any = client.get_raw_indexes({"limit": MOST_INDEXES})
            return [
                index["uid"]
                for index in there["results"]
                if named.fullmatch(index["uid"]) and moment(index["createdAt"]) < before
            ]

    def digests(self, uid: str) -> Iterator[tuple[str, str]]:
        """(order, digest) of every document, none where there is no index; what is changed
        while the pages are read may be missed or told twice."""
        for offset in count(0, PAGE):
            page = self._page(uid, offset)
            yield from page
            if len(page) < PAGE:
                return

    def _page(self, uid: str, offset: int) -> list[tuple[str, str]]:
        asked = {"offset": offset, "limit": PAGE, "fields": ["order", "digest"]}
        with calling(self.address) as client:
            found = or_none(lambda: client.index(uid).get_documents(asked))
        return [(one.order, getattr(one, "digest", "")) for one in found.results] if found else []

    def replace(self, kind: str, fresh: str) -> None:
        """Let a fresh index take the place of a kind's; what was there is in `fresh` then."""
        if not self.is_there(self.uid(kind)):
            self._make(self.uid(kind))
        with calling(self.address) as client:
            task = client.swap_indexes([{"indexes": [self.uid(kind), fresh]}])
        self.finish([task.task_uid])
        self._remember(kind)

    def send(self, uid: str, documents: Iterable[dict[str, Any]]) -> int:
        """Send documents; the number of the task to wait for."""
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in documents)
        with calling(self.address) as client:
            return client.index(uid).add_documents_ndjson(lines.encode(), "pk").task_uid

    def take_out(self, uid: str, orders: list[str]) -> int:
        """Take out the documents whose `order` is one of these; the task to wait for."""
        chosen = f"order IN [{', '.join(orders)}]"
        with calling(self.address) as client:
            return client.index(uid).delete_documents(filter=chosen).task_uid

    def empty(self, uid: str) -> None:
        """Take out all documents."""
        with calling(self.address) as client:
            self.finish([client.index(uid).delete_all_documents().task_uid])

    def drop(self, uid: str) -> None:
        """Delete an index."""
        with calling(self.address) as client:
            self.finish([client.index(uid).delete().task_uid])

    def drop_everything(self) -> None:
        """Delete the indexes of this prefix and the search key, as if they had never been."""
        beside = [uid for kind in KINDS for uid in self._beside(kind, datetime.now(UTC))]
        for uid in (*map(self.uid, KINDS), self.meta, *beside):
            if self.is_there(uid):
                self.drop(uid)
        with calling(self.address) as client:
            if self._old_key(client):
                client.delete_key(self.search_key_uid)

    def finish(self, tasks: Iterable[int], unless: str = "") -> None:
        """Wait for tasks; SearchError when one failed, but for the reason `unless`."""
        until = time.monotonic() + TASK
        for number in tasks:
            with calling(self.address) as client:
                task = finished(client, number, until)
            failed = task.status != "succeeded" and (task.error or {}).get("code") != unless
            if failed:
                reason = (task.error or {}).get("message") or task.status
                raise SearchError(f"Meilisearch 的任务 {number}（{task.type}）没有完成：{reason}")

    def _make(self, uid: str) -> None:
        with calling(self.address) as client:
            task = client.create_index(uid, {"primaryKey": "pk"})
        self.finish([task.task_uid], unless="index_already_exists")  # another process was faster

    def is_there(self, uid: str) -> bool:
        """Whether there is such an index."""
        with calling(self.address) as client:
            return or_none(lambda: client.get_raw_index(uid)) is not None

    def _mark(self, kind: str) -> dict[str, Any] | None:
        with calling(self.address) as client:
            found = or_none(lambda: client.index(self.meta).get_document(kind))
            return dict(found) if found else None

    def _remember(self, kind: str) -> None:
        with calling(self.address) as client:
            task = client.index(self.meta).add_documents([_mark(kind)], "kind")
        self.finish([task.task_uid])


def _mark(kind: str) -> dict[str, Any]:
    return {"kind": kind, "version": VERSION, "settings": fingerprint(kind)}
