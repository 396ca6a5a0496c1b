"""SQLite: one file, nothing to install."""

import os

from playhouse.pool import PooledSqliteDatabase

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "normal",
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "cache_size": -64_000,
    "temp_store": "memory",
}


class Sqlite(PooledSqliteDatabase):
    """The file of a house."""

    patience_s = 0.0
    one_moment = "DEFERRED"


def connect(path: str) -> Sqlite:
    """The database in this file; its folder is made where it is missing."""
    if path != ":memory:":
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    # IMMEDIATE: a transaction that reads and then writes could not wait otherwise, whatever
    # busy_timeout says.
    return Sqlite(
        path,
        pragmas=_PRAGMAS,
        lock_type="IMMEDIATE",
        check_same_thread=False,
        max_connections=32,
        stale_timeout=None,
    )
