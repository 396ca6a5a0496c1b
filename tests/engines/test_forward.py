"""A database filled when there was only the first migration comes forward with every row."""

import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from playhouse.migrations import Runner

from backend import db
from tests.conftest import close_house, living, open_house

FIRST = "0001_first_tables"
NEAR = {"lat": 41.796, "lon": 123.455}


def runner():
    """What applies and takes back the migrations of the open house."""
    return Runner(db.database.obj, directory=str(db.MIGRATIONS))


def first_tables():
    """The tables of the first migration, as (name, columns), the referring ones last."""
    module = next(m for m in runner().migrations() if m.name == FIRST).load()
    return [(t._meta.table_name, [f.column_name for f in t._meta.sorted_fields])
            for t in module.TABLES]  # fmt: skip


def fill(file):
    """Put every row of the town into tables that know only the columns of their day."""
    with closing(sqlite3.connect(file)) as town, db.database.atomic():
        db.run("DELETE FROM publication")
        for table, columns in first_tables():
            rows = town.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            db.copy_rows(table, columns, rows)
            if db.is_postgres() and "id" in columns:
                db.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id))"
                       f" FROM {table}")  # fmt: skip


def kept():
    """Every row of the first tables, by table."""
    return {
        table: sorted(map(repr, db.run(f"SELECT {', '.join(columns)} FROM {table}").fetchall()))
        for table, columns in first_tables()
    }


def answers(app):
    """What people are told: who sells it near them, what is sold here, what words find."""
    client = app.test_client()

    def ask(path, **asked):
        answer = client.get(f"/api/v1/{path}", query_string=asked)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        db.database.connect(reuse_if_open=True)
        return answer.get_json()

    found = ask("drugs", q="ejsg")
    code = found["items"][0]["code"]
    told = {sort: ask("offers", drug=code, sort=sort, **NEAR) for sort in ("distance", "price")}
    outlet = told["price"]["items"][0]["outlet"]["code"]
    return [found, told, ask(f"drugs/{code}"), ask("outlets", **NEAR), ask(f"outlets/{outlet}"),
            ask("lists/outlets/current"), ask("suggest", q="演示")]  # fmt: skip


@pytest.fixture(scope="module")
def told_today(town_files, tmp_path_factory, cache):
    """The answers of a house that has had every migration from the beginning."""
    folder = tmp_path_factory.mktemp("today") / "town"
    shutil.copytree(town_files, folder)
    with living(folder, cache) as app:
        return answers(app)


@contextmanager
def at_first(folder, cache, **changes):
    """A house whose database has had only its first migration."""
    app = open_house(folder, cache, **changes)
    with db.opened():
        runner().up(FIRST)
        yield app
    close_house()


@pytest.fixture
def old(engine, request, town_files, tmp_path, cache):
    """Such a house, filled with the town."""
    shutil.copy(town_files / "search.db", tmp_path)
    changes = {} if engine == "sqlite" else {"database_url": _fresh(request)}
    with at_first(tmp_path, cache, **changes) as app:
        fill(town_files / "sanjin.db")
        yield app


def _fresh(request):
    databases = request.getfixturevalue("databases")
    name = databases.make()
    request.addfinalizer(lambda: databases.drop(name))
    return databases.url_of(name)


def test_what_was_filled_at_the_first_migration_comes_forward_whole(old, told_today):
    before = kept()
    assert len(before["offer"]) > 20_000
    names = [migration.name for migration in runner().migrations()]
    assert db.migrate() == names[1:]
    assert db.pending_migrations() == []
    assert kept() == before
    assert answers(old) == told_today
    assert db.migrate() == []


def test_what_comes_later_can_be_taken_back_and_made_again_over_the_rows(old, told_today):
    before, bare = kept(), indexes()
    db.migrate()
    whole, second = indexes(), runner().migrations()[1].name
    runner().down(second)
    assert (kept(), indexes()) == (before, bare)
    db.migrate()
    assert (kept(), indexes()) == (before, whole)
    assert answers(old) == told_today


def indexes():
    """What the indexes of the first tables say of themselves."""
    listed = (
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        if db.is_postgres()
        else "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'"
    )
    first = {table for table, _ in first_tables()}
    return {tuple(row) for row in db.run(listed).fetchall() if row[0] in first}
