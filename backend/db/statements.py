"""SQL by hand where it is hot: written once with `?`, whichever engine is connected."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

# peewee's own way to make one sort of error of every driver's.
from peewee import __exception_wrapper__ as one_sort_of_error

from backend.db.connection import database
from backend.db.postgres import Postgres

# Any number, as long as every process takes the same.
_TURN = 20_261_122


def is_postgres() -> bool:
    """Whether the database is PostgreSQL."""
    return isinstance(database.obj, Postgres)


def run(sql: str, *values: object):
    """Execute SQL written with `?`, whichever engine is connected, and return its cursor."""
    return database.execute_sql(sql.replace("?", database.param), values)


def run_many(sql: str, rows: Sequence[tuple]) -> None:
    """Execute the same statement for every row, inside the caller's transaction."""
    with one_sort_of_error:
        database.cursor().executemany(sql.replace("?", database.param), rows)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put many new rows into a table the fastest way there is, inside the caller's transaction.

    What gives the rows must not ask the database for them: the connection is taken meanwhile.
    """
    names = ", ".join(columns)
    if not is_postgres():
        marks = ", ".join("?" * len(columns))
        run_many(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(map(tuple, rows)))
        return
    with one_sort_of_error, database.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as line:
        for row in rows:
            line.write_row(row)


def tell_planner(table: str) -> None:
    """After a table has grown at once: PostgreSQL goes by how large it last knew it to be."""
    if is_postgres():
        run(f"ANALYZE {table}")


@contextmanager
def in_turn() -> Iterator[None]:
    """A transaction that waits for its turn: what it reads stays true until it has written."""
    with database.atomic():
        # On SQLite every transaction waits for its turn already.
        if is_postgres():
            run("SELECT pg_advisory_xact_lock(?)", _TURN)
        yield


def as_day(value: date | str) -> date:
    """A day as SQL by hand gives it: SQLite keeps days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
