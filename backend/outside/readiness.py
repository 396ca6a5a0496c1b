"""Whether the plugs answer: the database with all its migrations, the index; how the queue is."""

import sqlite3

from peewee import PeeweeException

from backend.db import pending_migrations, run
from backend.outside import outside
from backend.queue import TROUBLES as QUEUE_TROUBLES
from backend.queue import State, look

SERVES = ("ok", "degraded")
DATABASE_TROUBLES = (PeeweeException, sqlite3.Error, OSError)


def readiness() -> dict[str, str]:
    """Each plug's name and "ok", or the kind of trouble; nothing secret stands in it.

    A search server that is away while the built-in index answers is "degraded": people are served.
    """
    return {"database": _tried(_database), "search": _tried(_search)}


def _tried(check):
    try:
        return check()
    except DATABASE_TROUBLES as error:
        return type(error).__name__


def _database():
    run("SELECT 1").fetchone()
    return "migrations_pending" if pending_migrations() else "ok"


def _search():
    outside.index.count("drugs")
    return "degraded" if getattr(outside.index, "degraded", False) else "ok"


def queue_state() -> State | None:
    """How the queue stands, None where it cannot be reached.

    Nobody who asks for a price waits for it, so it does not make the house unready.
    """
    try:
        return look(outside.queue)
    except QUEUE_TROUBLES:
        return None
