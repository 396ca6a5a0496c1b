"""What processes keep for each other for a while: in a file, in Redis, or each its own memory."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

log = logging.getLogger(__name__)

_PATIENCE, _REST = 2.0, 5.0  # seconds

_TABLE = """
CREATE TABLE IF NOT EXISTS kept (
    name TEXT PRIMARY KEY, value BLOB NOT NULL, until REAL NOT NULL
) WITHOUT ROWID
"""
_PUT = """
INSERT INTO kept (name, value, until) VALUES (:name, :value, :until)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, until = excluded.until
"""
_TAKE = f"{_PUT} WHERE kept.until <= :now RETURNING 1"


class Kept(Protocol):
    """Names and bytes, each for so many seconds; `troubles` is raised where it is away."""

    troubles: tuple[type[Exception], ...]

    def get(self, name: str) -> bytes | None:
        """What is kept under a name, None when its time is over."""

    def put(self, name: str, value: bytes, seconds: float) -> None:
        """Keep it for so long, in place of what is there."""

    def take(self, name: str, seconds: float) -> bool:
        """True for one caller, until the time is over or the name is forgotten."""

    def forget(self, name: str) -> None:
        """Keep it no longer."""

    def close(self) -> None:
        """Let go of what a forked process must not inherit."""


class KeptInMemory:
    """One process's own: nothing to install, nothing shared."""

    troubles: tuple[type[Exception], ...] = ()

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.values: dict[str, tuple[bytes, float]] = {}

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        value, until = self.values.get(name, (None, 0.0))
        return value if time.time() < until else None

    def put(self, name: str, value: bytes, seconds: float) -> None:
        """Keep it for so long."""
        now = time.time()
        with self.turn:
            self.values = {key: one for key, one in self.values.items() if now < one[1]}
            self.values[name] = (value, now + seconds)

    def take(self, name: str, seconds: float) -> bool:
        """True for one thread."""
        now = time.time()
        with self.turn:
            if now < self.values.get(name, (b"", 0.0))[1]:
                return False
            self.values[name] = (b"", now + seconds)
            return True

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        with self.turn:
            self.values.pop(name, None)

    def close(self) -> None:
        """Nothing is open."""


class KeptInFile:
    """In a file of this machine: all its workers see it."""

    troubles: tuple[type[Exception], ...] = (sqlite3.Error, OSError)

    def __init__(self, path: Path) -> None:
        self.path, self.turn = path, threading.Lock()
        self.file: sqlite3.Connection | None = None

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        asked = "SELECT value FROM kept WHERE name = :name AND until > :now"
        row = self._told(asked, name=name, now=time.time())
        return row and row[0]

    def put(self, name: str, value: bytes, seconds: float) -> None:
        """Keep it for so long; what is over goes on this occasion."""
        now = time.time()
        self._told("DELETE FROM kept WHERE until <= :now", now=now)
        self._told(_PUT, name=name, value=value, until=now + seconds)

    def take(self, name: str, seconds: float) -> bool:
        """True for one caller among all processes."""
        now = time.time()
        values = {"name": name, "value": b"", "now": now, "until": now + seconds}
        return self._told(_TAKE, **values) is not None

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        self._told("DELETE FROM kept WHERE name = :name", name=name)

    def _told(self, statement: str, **values: Any) -> Any:
        with self.turn:
            return self._opened().execute(statement, values).fetchone()

    def _opened(self):
        if self.file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(
                self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            file.execute("PRAGMA journal_mode = wal")
            file.execute("PRAGMA synchronous = off")
            # What is deleted is written over: a secret that is over must not lie in the file.
            file.execute("PRAGMA secure_delete = on")
            file.execute(_TABLE)
            self.file = file
        return self.file

    def close(self) -> None:
        """Let go of the file; it opens again when something is asked."""
        with self.turn:
            if self.file:
                self.file.close()
            self.file = None


class KeptInRedis:
    """In Redis, for several machines; `line` is a client, `troubles` what it raises."""

    def __init__(self, line: Any, troubles: tuple[type[Exception], ...]) -> None:
        self.line, self.troubles = line, troubles

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        return self.line.get(f"kept:{name}")

    def put(self, name: str, value: bytes, seconds: float) -> None:
        """Keep it for so long."""
        self.line.set(f"kept:{name}", value, px=max(1, int(seconds * 1000)))

    def take(self, name: str, seconds: float) -> bool:
        """True for one caller among all machines."""
        return bool(self.line.set(f"kept:{name}", b"", px=max(1, int(seconds * 1000)), nx=True))

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        self.line.delete(f"kept:{name}")

    def close(self) -> None:
        """The client is the limits' own, and so is its end."""


class KeptAnyhow:
    """Keeps in this process's memory for a while whenever the shared place is away."""

    troubles: tuple[type[Exception], ...] = ()

    def __init__(self, shared: Kept) -> None:
        self.shared, self.own, self.rests_until = shared, KeptInMemory(), 0.0

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        return self._tried(lambda kept: kept.get(name))

    def put(self, name: str, value: bytes, seconds: float) -> None:
        """Keep it for so long."""
        self._tried(lambda kept: kept.put(name, value, seconds))

    def take(self, name: str, seconds: float) -> bool:
        """True for one caller, of this process alone while the shared place is away."""
        return self._tried(lambda kept: kept.take(name, seconds))

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        self._tried(lambda kept: kept.forget(name))

    def _tried(self, asked: Callable[[Kept], Any]) -> Any:
        if time.monotonic() >= self.rests_until:
            for last in (False, True):
                try:
                    return asked(self.shared)
                except self.shared.troubles as error:
                    if last:
                        self.rests_until = time.monotonic() + _REST
                        log.warning("nothing is shared for %ss: %s", _REST, type(error).__name__)
        return asked(self.own)

    def close(self) -> None:
        """Let go of what a forked process must not inherit."""
        self.shared.close()
