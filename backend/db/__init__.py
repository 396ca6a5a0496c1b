"""The database: one proxy, connected by URL; migrations; SQL by hand where it is hot."""

from backend.db.connection import (
    AWAY,
    Table,
    close_question,
    connect,
    database,
    open_question,
    opened,
)
from backend.db.migrating import MIGRATIONS, migrate, pending_migrations
from backend.db.moments import MomentField
from backend.db.statements import (
    as_day,
    copy_rows,
    in_turn,
    is_postgres,
    run,
    run_many,
    tell_planner,
)
from backend.db.turns import alone

__all__ = [
    "AWAY",
    "MIGRATIONS",
    "MomentField",
    "Table",
    "alone",
    "as_day",
    "close_question",
    "connect",
    "copy_rows",
    "database",
    "in_turn",
    "is_postgres",
    "migrate",
    "open_question",
    "opened",
    "pending_migrations",
    "run",
    "run_many",
    "tell_planner",
]
