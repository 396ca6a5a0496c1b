"""Migrations: numbered without gaps, and they make the tables the models speak of."""

import re

import pytest
from peewee import SqliteDatabase
from playhouse.migrations import Runner

from backend import db
from backend.badges import models as _badges
from backend.catalog import models as _catalog
from backend.checking import models as _checking
from backend.citizens import models as _citizens
from backend.demand import models as _demand
from backend.history import models as _history
from backend.indexing import models as _indexing
from backend.intake import models as _intake
from backend.monitoring import models as _monitoring
from backend.notices import models as _notices
from backend.outlets import models as _outlets
from backend.prices import models as _prices
from backend.pushes import models as _pushes
from backend.reports import models as _reports

SLICES = (
    _intake, _indexing, _catalog, _outlets, _badges, _prices, _demand, _reports, _history,
    _monitoring, _pushes, _citizens, _checking, _notices,
)  # fmt: skip


def models():
    """Every table of the house."""
    return sorted(db.Table.__subclasses__(), key=lambda model: model.__name__)


def tables(database):
    """Per table: its columns (name, type, not null, default, key) and its indexes."""
    names = set(database.get_tables()) - {"migration_history"}
    return {name: (columns(database, name), indexes(database, name)) for name in names}


def columns(database, name):
    return {row[1:] for row in database.execute_sql(f'PRAGMA table_info("{name}")')}


def indexes(database, name):
    listed = database.execute_sql(f'PRAGMA index_list("{name}")').fetchall()
    return {
        (bool(unique), tuple(r[2] for r in database.execute_sql(f'PRAGMA index_info("{index}")')))
        for _, index, unique, *_ in listed
    }


@pytest.fixture
def runner():
    database = SqliteDatabase(":memory:")
    return Runner(database, directory=str(db.MIGRATIONS))


def test_they_are_numbered_without_gaps():
    names = sorted(path.name for path in db.MIGRATIONS.glob("*.py") if path.name != "__init__.py")
    numbers = [int(re.match(r"(\d{4})_[a-z0-9_]+\.py$", name)[1]) for name in names]
    assert numbers == list(range(1, len(numbers) + 1))


def test_they_make_the_tables_of_the_models(runner):
    runner.up()
    made, wanted = tables(runner.database), SqliteDatabase(":memory:")
    with wanted.bind_ctx(models()):
        wanted.create_tables(models())
    spoken = tables(wanted)
    own = {name for name in made if name not in spoken}
    assert {name for name in own if "migration" not in name} == set()
    for name, table in spoken.items():
        assert made[name] == table, name


def test_every_slice_with_tables_is_looked_at():
    found = {path.parent.name for path in db.MIGRATIONS.parent.glob("*/models.py")}
    assert found == {module.__name__.split(".")[-2] for module in SLICES}


def test_they_can_be_taken_back_and_made_again(runner):
    runner.up()
    before = tables(runner.database)
    while any(migration.applied for migration in runner.status()):
        runner.down()
    assert not [name for name in runner.database.get_tables() if "migration" not in name]
    runner.up()
    assert tables(runner.database) == before
