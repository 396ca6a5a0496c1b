"""Numbered migrations, the same on every engine."""

from pathlib import Path

from playhouse.migrations import Runner

from backend.db.connection import database
from backend.db.statements import is_postgres, run
from backend.db.turns import alone

MIGRATIONS = Path(__file__).parents[1] / "migrations"

_BY_LANGUAGE = """
SELECT relname, attname, format_type(atttypid, atttypmod)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
  AND attnum > 0 AND NOT attisdropped AND atttypid IN ('text'::regtype, 'varchar'::regtype)
  AND attcollation <> '"C"'::regcollation
"""


def migrate() -> list[str]:
    """Apply what is missing and return its names; several that start at once take turns."""
    with alone("migrations", wait=True):
        applied = _runner().up()
        _compare_text_by_bytes()
    return applied


def pending_migrations() -> list[str]:
    """The names of the migrations that are not applied yet."""
    return [m.name for m in _runner().status() if not m.applied]


def _runner():
    return Runner(database.obj, directory=str(MIGRATIONS))


def _compare_text_by_bytes():
    """Text sorts as SQLite sorts it, whatever language the server was set up for."""
    if not is_postgres():
        return
    for table, column, type_ in run(_BY_LANGUAGE).fetchall():
        run(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {type_} COLLATE "C"')
