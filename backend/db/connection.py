"""The one connection everybody uses: which database it is, who opens it and how."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psycopg
from peewee import DatabaseProxy, InterfaceError, Model, OperationalError
from playhouse.pool import MaxConnectionsExceeded

from backend.db import postgres, sqlite
from backend.db.visits import Visit, current
from backend.errors import BadSetting

database = DatabaseProxy()

# What is raised while the database is away, too busy to lend a connection, or ends a statement.
AWAY = (
    OperationalError, InterfaceError, MaxConnectionsExceeded,
    psycopg.OperationalError, psycopg.InterfaceError,
)  # fmt: skip

_UNKNOWN = (
    "{name} 应是 sqlite:///路径 或 postgresql+pool://用户:密码@主机:端口/数据库，"
    "现在以 {scheme!r} 开头。"
)


class Table(Model):
    """Base of every table."""

    class Meta:
        database = database
        legacy_table_names = False


def connect(url: str, *, replica_url: str = "", most_lag_s: float = 10, patience_s: float = 0):
    """Point the proxy at the database of this URL and return it (not yet opened).

    On PostgreSQL questions that only read may go to `replica_url` while it lags at most so many
    seconds, and no statement of a question takes longer than `patience_s` (0: no limit). Raises
    BadSetting for another kind of URL.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        made = sqlite.connect(url.removeprefix("sqlite:///"))
    elif scheme in postgres.SCHEMES:
        made = postgres.connect(url, replica_url=replica_url, most_lag_s=most_lag_s)
    else:
        raise BadSetting(_UNKNOWN.format(name="DATABASE_URL", scheme=scheme))
    made.patience_s = patience_s
    database.initialize(made)
    return made


@contextmanager
def opened() -> Iterator[None]:
    """An entrance's visit: open the connection, close it after (nobody inside does)."""
    current.visit = Visit()
    database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        database.close()


def open_question(*, reads: bool) -> None:
    """Open the connection for a question from the web.

    One that only reads may ask a replica, and sees one moment of the tables in all its looks.
    """
    current.visit = Visit(reads=reads, patience_s=database.patience_s)
    database.connect(reuse_if_open=True)
    if reads and not database.in_transaction():
        # What died with a publication is swept at once: a second look would find half of it.
        database.transaction(database.one_moment).__enter__()


def close_question() -> None:
    """Give the connection of a question back, whatever became of it."""
    try:
        if not database.is_closed():
            _end_look()
            database.close()
    finally:
        current.visit = Visit()


def _end_look():
    look = database.top_transaction()
    if current.visit.reads and look:
        # Nothing was written: where the server is gone there is nothing to be sorry for.
        with suppress(*AWAY):
            look.__exit__(None, None, None)
