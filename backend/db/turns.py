"""One at a time, over every process and machine: who holds a name holds it alone."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from zlib import crc32

from backend.db.connection import AWAY, database
from backend.db.statements import is_postgres, run


def alone(name: str, *, wait: bool = False) -> AbstractContextManager[bool]:
    """Whether the name is ours until the end of the block; with `wait` it will be.

    A process that dies lets go of it at once, and so does one that loses its database.
    """
    return _by_server(crc32(name.encode()), wait) if is_postgres() else _by_file(name, wait)


@contextmanager
def _by_server(number: int, wait: bool) -> Iterator[bool]:
    if wait:
        run("SELECT pg_advisory_lock(?)", number)
    ours = wait or run("SELECT pg_try_advisory_lock(?)", number).fetchone()[0]
    try:
        yield ours
    finally:
        if ours:
            with suppress(*AWAY):
                run("SELECT pg_advisory_unlock(?)", number)


@contextmanager
def _by_file(name: str, wait: bool) -> Iterator[bool]:
    path = Path(f"{database.obj.database}.{name}.lock")
    with path.open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
