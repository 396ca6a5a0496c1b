"""Asking Meilisearch: one kept-alive connection per thread, and never longer than a second."""

import json
import os
import threading
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from search.interface import SearchError

CONNECT, READ = 0.2, 0.8  # seconds


class KeyRefusedError(SearchError):
    """The server does not take the key, perhaps no longer."""


class Address(NamedTuple):
    """Where a server is (`url` without secrets), whose indexes (`prefix`), and with which keys:
    `key` may administer, `search_key` only search; without one it is asked for."""

    url: str
    key: str
    search_key: str
    prefix: str

    @classmethod
    def read(cls, url: str, key: str = "") -> "Address":
        """`http://:KEY@host:7700?prefix=test_&search_key=…`; ValueError for anything else."""
        parts = urlsplit(url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        wrong = [name for name in asked if name not in ("prefix", "search_key")]
        if not parts.hostname or wrong or not _has_valid_port(parts):
            raise ValueError(
                "SEARCH_URL：Meilisearch 的地址应写成 http://:密钥@主机:7700，后面可以加 ?prefix= "
                f"和 search_key=；请检查{'、'.join(wrong) or '主机和端口'}"
            )
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        port = f":{parts.port}" if parts.port else ""
        return cls(
            f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}",
            key or unquote(parts.password or ""),
            asked.get("search_key", ""),
            asked.get("prefix", ""),
        )


def _has_valid_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


class Session(threading.local):
    """A thread's own connection; one a parent process opened is left alone."""

    process = 0
    connection: HTTPConnection | None = None


class Asking:
    """POSTs JSON to a server and reads JSON back."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.host, self.port, self.path = parts.hostname or "", parts.port, parts.path
        self.mine = Session()

    def ask(self, path: str, body: Any, *, key: str, until: float) -> Any:
        """The answer to a question; SearchError when there is none by `until` (monotonic
        seconds), or it is a refusal, or it is not JSON."""
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        sent = json.dumps(body, ensure_ascii=False).encode(errors="replace")
        try:
            status, answer = self._exchange(path, sent, headers, until)
        except (OSError, HTTPException) as error:
            self.close()
            raise SearchError(f"Meilisearch 没有回答：{type(error).__name__} {error}") from error
        return _understood(status, answer)

    def close(self) -> None:
        """Let go of this thread's connection; those of other threads end with them."""
        connection, self.mine.connection = self.mine.connection, None
        if connection and self.mine.process == os.getpid():
            connection.close()

    def _exchange(self, path, sent, headers, until) -> tuple[int, bytes]:
        if self._kept():
            try:
                return self._once(path, sent, headers, until)
            except ConnectionError:  # the server closed it while it was idle
                self.close()
        return self._once(path, sent, headers, until)

    def _kept(self) -> bool:
        if self.mine.process != os.getpid():
            self.mine.process, self.mine.connection = os.getpid(), None
        return self.mine.connection is not None

    def _once(self, path, sent, headers, until) -> tuple[int, bytes]:
        connection = self.mine.connection
        if connection is None:
            connection = self.mine.connection = self.kind(self.host, self.port, timeout=CONNECT)
            connection.connect()
        socket = connection.sock  # http.client forgets it when the server says it will close
        socket.settimeout(_left(until))
        connection.request("POST", self.path + path, sent, headers)
        response = connection.getresponse()
        pieces = []
        while piece := response.read1(1 << 16):
            pieces.append(piece)
            socket.settimeout(_left(until))
        response.close()  # read1 does not notice that all has come
        return response.status, b"".join(pieces)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("超过时限")
    return left


def _understood(status: int, answer: bytes) -> Any:
    try:
        said = json.loads(answer)
    except ValueError as error:
        raise SearchError(f"Meilisearch 的回答（{status}）不是 JSON，请检查地址和代理") from error
    if status != 200:
        reason = said.get("message", "") if isinstance(said, dict) else ""
        kind = KeyRefusedError if status in (401, 403) else SearchError
        raise kind(f"Meilisearch 拒绝了查询（{status}）：{reason}")
    return said
