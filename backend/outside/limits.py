"""How often one asker may ask: counted where every worker of the house sees it, chosen by URL."""

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import RedisStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from backend.errors import BadSetting
from backend.outside.kept import Kept, KeptInFile, KeptInMemory, KeptInRedis
from backend.outside.newcomers import Newcomers
from backend.outside.tallies import Tallies

log = logging.getLogger(__name__)

_UNKNOWN = (
    "LIMITS_URL 应是 sqlite:///路径、redis://主机:端口/库号 或 memory://（每个进程各数各的），"
    "现在是 {url!r}。"
)
# A counter that cannot be reached must not make people wait, nor be asked again at once.
_PATIENCE = 0.2
_REST = 5.0

_TABLE = """
CREATE TABLE IF NOT EXISTS hits (
    asker TEXT PRIMARY KEY, count INTEGER NOT NULL, until REAL NOT NULL
) WITHOUT ROWID
"""
_COUNT = """
INSERT INTO hits (asker, count, until) VALUES (:key, :amount, :now + :seconds)
ON CONFLICT (asker) DO UPDATE SET
    count = CASE WHEN until <= :now THEN :amount ELSE count + :amount END,
    until = CASE WHEN until <= :now THEN :now + :seconds ELSE until END
RETURNING count
"""
_AGREE = _COUNT.replace("ELSE count + :amount END", "ELSE count END")


class SqliteCounts(Storage):
    """The counts of one machine in a file: all its workers see them, nothing to install."""

    STORAGE_SCHEME = ["sqlite"]

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = Path(uri.removeprefix("sqlite:///"))
        self.lock = threading.Lock()
        self.file: sqlite3.Connection | None = None
        self.sweep_at = 0.0

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What the file may raise."""
        return (sqlite3.Error, OSError)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more; a window begins with the first and lasts `expiry` seconds."""
        return self._told(_COUNT, key, expiry, amount)

    def agree(self, key: str, value: int, expiry: int) -> int:
        """Put a number there unless one is there; the one that is there for `expiry` seconds."""
        return self._told(_AGREE, key, expiry, value)

    def _told(self, statement, key, expiry, amount):
        now = time.time()
        with self.lock:
            file = self._opened()
            if now >= self.sweep_at:
                self.sweep_at = now + 60
                file.execute("DELETE FROM hits WHERE until <= ?", (now,))
            values = {"key": key, "amount": amount, "now": now, "seconds": expiry}
            return file.execute(statement, values).fetchone()[0]

    def get(self, key: str) -> int:
        """How many were counted in the window that runs."""
        return self._row(key)[0]

    def get_expiry(self, key: str) -> float:
        """When that window ends (seconds since 1970)."""
        return self._row(key)[1]

    def _row(self, key):
        with self.lock:
            asked = "SELECT count, until FROM hits WHERE asker = ? AND until > ?"
            return self._opened().execute(asked, (key, time.time())).fetchone() or (0, time.time())

    def sweep(self) -> None:
        """Delete what is over, and what the file's journal still knows of it."""
        with self.lock:
            file = self._opened()
            file.execute("DELETE FROM hits WHERE until <= ?", (time.time(),))
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> bool:
        """Whether the file answers."""
        self.get("")
        return True

    def reset(self) -> int | None:
        """Forget everybody."""
        with self.lock:
            return self._opened().execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        """Forget one asker."""
        with self.lock:
            self._opened().execute("DELETE FROM hits WHERE asker = ?", (key,))

    def close(self) -> None:
        """Let go of the file; it opens again when something is counted."""
        with self.lock:
            if self.file:
                self.file.close()
            self.file = None

    def _opened(self):
        if self.file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(
                self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            file.execute("PRAGMA journal_mode = wal")
            # Counts of the last minute need not outlive a power cut.
            file.execute("PRAGMA synchronous = off")
            # What is deleted is written over: a key that is gone must not lie in the file. "fast"
            # would leave pages that fall empty as they were.
            file.execute("PRAGMA secure_delete = on")
            file.execute(_TABLE)
            self.file = file
        return self.file


class Shared:
    """What processes count and agree on, whichever counter is plugged in."""

    def __init__(self, counts: Storage) -> None:
        self.counts = counts
        found = counts.base_exceptions
        several = found if isinstance(found, tuple) else (found,)
        self.troubles: tuple[type[Exception], ...] = (StorageError, *several)

    def incr(self, key: str, expiry: int) -> int:
        """Count one more for so many seconds; how many there are."""
        return self.counts.incr(key, expiry)

    def clear(self, key: str) -> None:
        """Forget what was counted there."""
        self.counts.clear(key)

    def agree(self, key: str, value: int, expiry: int) -> int:
        """The number that the first process put there."""
        if isinstance(self.counts, SqliteCounts):
            return self.counts.agree(key, value, expiry)
        if isinstance(self.counts, RedisStorage):
            key, line = self.counts.prefixed_key(key), self.counts.storage
            line.set(key, value, nx=True, ex=expiry)
            return int(line.get(key) or value)
        # Counts in memory are one process's own.
        return self.counts.get(key) or self.counts.incr(key, expiry, amount=value)


class Limiter:
    """Says how long somebody has to wait; a counter out of reach lets everybody in."""

    def __init__(self, counts: Storage, items: list[RateLimitItem]) -> None:
        self.counts, self.items = counts, items
        self.strategy = FixedWindowRateLimiter(counts)
        self.tallies = Tallies(counts)
        self.newcomers = Newcomers(Shared(counts))
        self.reporters = Newcomers(Shared(counts), name="reporter", days=1)
        self.kept = _kept_beside(counts)
        self.rests_until = 0.0

    def wait(self, asker: str) -> int:
        """Count one question of this asker: 0 if it may be answered, else seconds to wait."""
        return self._longest(self._wait, asker)

    def left_to_wait(self, asker: str) -> int:
        """Seconds to wait for an asker who has asked all he may; counts nothing.

        Who was not counted by this process of late is let in, and told with his next question.
        """
        return self._longest(self._left, asker)

    def _longest(self, look: Callable[[RateLimitItem, str], int], asker: str) -> int:
        if not self.items or time.monotonic() < self.rests_until:
            return 0
        try:
            return max((look(item, asker) for item in self.items), default=0)
        except StorageError as error:
            self.rests_until = time.monotonic() + _REST
            log.warning("limits are not counted for %ss: %s", _REST, type(error.args[0]).__name__)
            return 0

    def _wait(self, item, asker):
        if self.tallies.count(item, asker) <= item.amount:
            return 0
        return self._until_reset(item, asker)

    def _left(self, item, asker):
        # The shared counts are asked only for those of whom this process knows too many.
        if self.tallies.known(item, asker) < item.amount:
            return 0
        if self.counts.get(item.key_for(asker)) < item.amount:
            return 0
        return self._until_reset(item, asker)

    def _until_reset(self, item, asker):
        reset = self.strategy.get_window_stats(item, asker).reset_time
        return max(1, math.ceil(reset - time.time()))

    def sweep(self) -> None:
        """Delete what is over now, not when the next question comes."""
        if isinstance(self.counts, SqliteCounts):
            self.counts.sweep()

    def close(self) -> None:
        """Let go of what a forked process must not inherit."""
        self.kept.close()
        if isinstance(self.counts, SqliteCounts):
            self.counts.close()


def connect(url: str, rate: str) -> Limiter:
    """The limiter of a URL and of limits like "20/second;3000/minute", or "off".

    Raises BadSetting for another URL.
    """
    items = [] if rate == "off" else parse_many(rate)
    if url == "memory://" or (url.startswith("sqlite:///") and url != "sqlite:///"):
        return Limiter(_counts(url), items)
    if url.startswith(("redis://", "rediss://")):
        patience = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
        return Limiter(_counts(url, **patience), items)
    raise BadSetting(_UNKNOWN.format(url=url))


def _kept_beside(counts: Storage) -> Kept:
    """What processes keep for each other lies where they count."""
    if isinstance(counts, SqliteCounts):
        return KeptInFile(counts.path)
    if isinstance(counts, RedisStorage):
        return KeptInRedis(counts.storage, Shared(counts).troubles)
    return KeptInMemory()


def _counts(url, **patience) -> Storage:
    counts = storage_from_string(url, wrap_exceptions=True, **patience)
    # The library speaks of its asynchronous twin too, which no URL of ours chooses.
    assert isinstance(counts, Storage)
    return counts


__all__ = ["Limiter", "connect"]
