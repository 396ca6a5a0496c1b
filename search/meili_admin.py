"""Looking after Meilisearch with its official client, which only this file imports."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.key import Key
from meilisearch.models.task import Task

from search.interface import KINDS, SearchError
from search.meili_http import Address
from search.meili_settings import SETTINGS, VERSION, fingerprint

Found = TypeVar("Found")

CALL, KEY_CALL, TASK = 30, 1, 600  # seconds: a call, one a question waits for, a task


class Admin:
    """Makes, fills and swaps indexes; every trouble comes as SearchError with a sentence.

    A client is made for each call: one shared by threads mixes up their headers.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.meta = f"{address.prefix}meta"
        self.search_key_uid = str(uuid5(NAMESPACE_URL, f"{address.url}#{address.prefix}"))

    def uid(self, kind: str) -> str:
        """The index of a kind."""
        return f"{self.address.prefix}{kind}"

    def search_key(self) -> str:
        """A key that may search our indexes and nothing else, made when it is not there;
        empty where the server asks for no keys."""
        with self._client(KEY_CALL) as client:
            try:
                return (self._old_key(client) or client.create_key(self._key())).key
            except MeilisearchApiError as error:
                if error.code == "missing_master_key":
                    return ""
                if error.code != "api_key_already_exists":
                    raise
            return client.get_key(self.search_key_uid).key  # another process was faster

    def _old_key(self, client: Client) -> Key | None:
        return _or_none(lambda: client.get_key(self.search_key_uid))

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
        uid, there = self.uid(kind), self._there(self.uid(kind))
        mark = self._mark(kind) if there else None
        if mark == _mark(kind):
            return
        if not there:
            self._make(uid)
        with self._client() as client:
            tasks = [client.index(uid).update_settings(SETTINGS)]
            if there and (mark or {}).get("version") != VERSION:
                tasks.append(client.index(uid).delete_all_documents())
        self.finish(task.task_uid for task in tasks)
        self._remember(kind)

    def fresh(self, kind: str) -> str:
        """An empty index beside that of a kind."""
        uid = f"{self.uid(kind)}_{token_hex(4)}"
        self._make(uid)
        with self._client() as client:
            self.finish([client.index(uid).update_settings(SETTINGS).task_uid])
        return uid

    def replace(self, kind: str, fresh: str) -> None:
        """Let a fresh index take the place of a kind's; what was there is in `fresh` then."""
        if not self._there(self.uid(kind)):
            self._make(self.uid(kind))
        with self._client() as client:
            task = client.swap_indexes([{"indexes": [self.uid(kind), fresh]}])
        self.finish([task.task_uid])
        self._remember(kind)

    def send(self, uid: str, documents: Iterable[dict[str, Any]]) -> int:
        """Send documents; the number of the task to wait for."""
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in documents)
        with self._client() as client:
            return client.index(uid).add_documents_ndjson(lines.encode(), "pk").task_uid

    def take_out(self, uid: str, orders: list[str]) -> int:
        """Take out the documents whose `order` is one of these; the task to wait for."""
        chosen = f"order IN [{', '.join(orders)}]"
        with self._client() as client:
            return client.index(uid).delete_documents(filter=chosen).task_uid

    def empty(self, uid: str) -> None:
        """Take out all documents."""
        with self._client() as client:
            self.finish([client.index(uid).delete_all_documents().task_uid])

    def drop(self, uid: str) -> None:
        """Delete an index."""
        with self._client() as client:
            self.finish([client.index(uid).delete().task_uid])

    def drop_everything(self) -> None:
        """Delete the indexes of this prefix and the search key, as if they had never been."""
        for uid in (*map(self.uid, KINDS), self.meta):
            if self._there(uid):
                self.drop(uid)
        with self._client() as client:
            if self._old_key(client):
                client.delete_key(self.search_key_uid)

    def finish(self, tasks: Iterable[int], unless: str = "") -> None:
        """Wait for tasks; SearchError when one failed, but for the reason `unless`."""
        until = time.monotonic() + TASK
        for number in tasks:
            with self._client() as client:
                task = _finished(client, number, until)
            failed = task.status != "succeeded" and (task.error or {}).get("code") != unless
            if failed:
                reason = (task.error or {}).get("message") or task.status
                raise SearchError(f"Meilisearch 的任务 {number}（{task.type}）没有完成：{reason}")

    def _make(self, uid: str) -> None:
        with self._client() as client:
            task = client.create_index(uid, {"primaryKey": "pk"})
        self.finish([task.task_uid], unless="index_already_exists")  # another process was faster

    def _there(self, uid: str) -> bool:
        with self._client() as client:
            return _or_none(lambda: client.get_raw_index(uid)) is not None

    def _mark(self, kind: str) -> dict[str, Any] | None:
        with self._client() as client:
            found = _or_none(lambda: client.index(self.meta).get_document(kind))
            return dict(found) if found else None

    def _remember(self, kind: str) -> None:
        with self._client() as client:
            task = client.index(self.meta).add_documents([_mark(kind)], "kind")
        self.finish([task.task_uid])

    @contextmanager
    def _client(self, timeout: int = CALL) -> Iterator[Client]:
        try:
            yield Client(self.address.url, self.address.key or None, timeout=timeout)
        except (MeilisearchError, OSError, ValueError) as error:
            reason = getattr(error, "message", "") or type(error).__name__
            raise SearchError(f"Meilisearch 没有照办，请检查地址、密钥和服务：{reason}") from error


def _mark(kind: str) -> dict[str, Any]:
    return {"kind": kind, "version": VERSION, "settings": fingerprint()}


def _or_none(call: Callable[[], Found]) -> Found | None:
    try:
        return call()
    except MeilisearchApiError as error:
        if error.status_code != 404:
            raise
        return None


def _finished(client: Client, number: int, until: float) -> Task:
    pause = 0.002
    while (task := client.get_task(number)).status in ("enqueued", "processing"):
        if time.monotonic() > until:
            raise TimeoutError(f"任务 {number} 超过 {TASK} 秒还没有完成")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)
    return task
