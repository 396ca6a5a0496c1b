"""Connections to one SQLite file: one per thread, none carried over a fork."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 30.0  # seconds a writer waits for another


class Line(sqlite3.Connection):
    """A connection that can be remembered without being kept alive."""


class Lines:
    """Hands each thread its connection; `:memory:` is one connection that all take in turn."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.mine = threading.local()
        self.left_alone: list[threading.local] = []
        self.forget()
        if path == ":memory:":
            self.shared: Line | None = self._open()
        else:
            self.shared = None
            Path(path).expanduser().parent.mkdir(parents=True, exist_ok=True)

    def forget(self) -> None:
        """Start with no connection; those of a parent process are left alone, not closed."""
        self.left_alone.append(self.mine)
        self.turn = threading.RLock()
        self.mine = threading.local()
        self.open: weakref.WeakSet[Line] = weakref.WeakSet()
        self.process = os.getpid()

    def close(self) -> None:
        """Close every connection of this process."""
        with self.turn:
            for line in list(self.open):
                line.close()
            self.mine = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Line]:
        """A connection that sees one moment of the file."""
        with self._taken() as line, _transaction(line, "BEGIN"):
            yield line

    @contextmanager
    def writing(self) -> Iterator[Line]:
        """A connection that writes all or nothing, after any other writer."""
        with self._taken() as line, _transaction(line, "BEGIN IMMEDIATE"):
            yield line

    @contextmanager
    def _taken(self) -> Iterator[Line]:
        if self.shared is None:
            yield self._own()
            return
        with self.turn:
            yield self.shared

    def _own(self) -> Line:
        if self.process != os.getpid():
            self.forget()
        line = getattr(self.mine, "line", None)
        if line is None:
            line = self.mine.line = self._open()
        return line

    def _open(self) -> Line:
        line = sqlite3.connect(
            Path(self.path).expanduser() if self.path != ":memory:" else self.path,
            timeout=WAIT,
            isolation_level=None,
            check_same_thread=False,
            factory=Line,
        )
        line.execute("PRAGMA journal_mode = WAL")
        line.execute("PRAGMA synchronous = NORMAL")
        self.open.add(line)
        return line


@contextmanager
def _transaction(line: Line, begin: str) -> Iterator[None]:
    line.execute(begin)
    try:
        yield
    except BaseException:
        line.execute("ROLLBACK")
        raise
    line.execute("COMMIT")
