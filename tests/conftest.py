"""Fixtures: an empty house, a town with the demonstration loaded, a phone to ask it with."""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from backend import db
from backend.app import create_app
from backend.demo.load import load_demo
from backend.intake.kinds import in_silence
from backend.outside import outside
from backend.outside.clock import StoppedClock, city_day
from backend.settings import Settings
from tests import postgres

# A busy machine is no fault of what is tested: how fast it is, is measured elsewhere.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A Tuesday, ten in the morning in the city.
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def settings_in(folder: Path, **changes) -> Settings:
    """Settings of a house that lives in a folder."""
    plugs = {
        "database_url": f"sqlite:///{folder}/sanjin.db",
        "search_url": f"sqlite:///{folder}/search.db",
        "queue_url": f"sqlite:///{folder}/queue.db",
        "limits_url": f"sqlite:///{folder}/limits.db",
        "open_data_dir": f"{folder}/open-data",
        "rate_limit": "off",
        "secret_key": "only for tests",
        "signing_key": "0f" * 32,
        "personal_key": "1e" * 32,
    }
    return Settings(**(plugs | changes))


# What reads and writes tables is tested on every engine, the rest on the one that is always there.
ON_EVERY_ENGINE = frozenset(
    (
        "badges",
        "baskets",
        "catalog",
        "citizens",
        "checking",
        "contract",
        "demand",
        "engines",
        "history",
        "indexing",
        "intake",
        "miniprogram",
        "monitoring",
        "notices",
        "opendata",
        "outlets",
        "prices",
        "pushes",
        "reports",
        "scanning",
    )
)


# On PostgreSQL these wait for `make long`; what is tried there at once is the engine itself and
# prices, on which the others stand.
LONG_ON_POSTGRES = frozenset(
    (
        "badges", "baskets", "catalog", "checking", "citizens", "contract", "demand", "history",
        "indexing", "intake", "miniprogram", "monitoring", "notices", "opendata", "outlets",
        "pushes", "reports", "scanning", "test_after",
    )
)  # fmt: skip


def pytest_generate_tests(metafunc):
    """A test whose house stands on tables runs once on each engine."""
    if "engine" in metafunc.fixturenames:
        path = metafunc.definition.path
        folder = path.parent.name
        marks = pytest.mark.long if {folder, path.stem} & LONG_ON_POSTGRES else ()
        other = [pytest.param("postgresql", marks=marks)] if folder in ON_EVERY_ENGINE else []
        metafunc.parametrize("engine", ["sqlite", *other])


def open_house(folder: Path, cache: Path, **changes):
    """A house in a folder, its clock stopped at NOW."""
    app = create_app(settings_in(folder, cache_dir=str(cache), **changes))
    outside.clock = StoppedClock(NOW)
    return app


def close_house():
    """Let go of everything a house holds open."""
    db.database.close_all()
    outside.let_go()


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """District outlines are read from the package once a session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def databases():
    """The PostgreSQL server of the session; skips where there is none."""
    with postgres.databases() as made:
        yield made


@pytest.fixture(scope="session")
def empty_database(databases, tmp_path_factory, cache):
    """The name of a database with its tables made, to be copied."""
    name = databases.make()
    open_house(tmp_path_factory.mktemp("empty"), cache, database_url=databases.url_of(name))
    with db.opened():
        db.migrate()
    close_house()
    return name


@pytest.fixture(scope="session")
def town_database(empty_database, databases, town_files, tmp_path_factory, cache):
    """The name of a database with the demonstration loaded, to be copied."""
    name = databases.make(empty_database)
    open_house(tmp_path_factory.mktemp("town"), cache, database_url=databases.url_of(name))
    with db.opened():
        load_demo(city_day(NOW), scale="demo", progress=in_silence)
        if db.is_postgres():
            db.run("ANALYZE")
    close_house()
    return name


@pytest.fixture
def copied(request, databases):
    """`copied("empty_database")` → what DATABASE_URL says of a fresh copy."""
    names = []

    def copy(template):
        names.append(databases.make(request.getfixturevalue(template)))
        return databases.url_of(names[-1])

    yield copy
    for name in names:
        databases.drop(name)


@contextmanager
def living(folder, cache, **changes):
    """A house open for the length of a test."""
    app = open_house(folder, cache, **changes)
    with db.opened():
        db.migrate()
        yield app
    close_house()


def _of(engine, request, template):
    """Which database a house of this engine has: SQLite's lies in its folder."""
    if engine == "sqlite":
        return {}
    return {"database_url": request.getfixturevalue("copied")(template)}


@pytest.fixture
def house(engine, request, tmp_path, cache):
    """An empty house with its tables made, open for the length of a test."""
    with living(tmp_path, cache, **_of(engine, request, "empty_database")) as app:
        yield app


@pytest.fixture(scope="session")
def town_files(tmp_path_factory, cache):
    """The files of a house with the demonstration loaded, made once."""
    folder = tmp_path_factory.mktemp("town")
    open_house(folder, cache)
    with db.opened():
        db.migrate()
        load_demo(city_day(NOW), scale="demo", progress=in_silence)
    close_house()
    return folder


@pytest.fixture
def town(engine, request, town_files, tmp_path, cache):
    """A house with the demonstration loaded; a test may change it."""
    folder = tmp_path / "town"
    shutil.copytree(town_files, folder)
    with living(folder, cache, **_of(engine, request, "town_database")) as app:
        yield app


@pytest.fixture
def phone(town):
    """A resident's phone: get(path) → the answer's JSON, with its status checked."""
    client = town.test_client()

    class Phone:
        def get(self, path, *, status=200, **asked):
            answer = client.get(path, query_string=asked or None)
            assert answer.status_code == status, answer.get_data(as_text=True)
            return answer.get_json()

        def page(self, path, *, status=200, **asked):
            answer = client.get(path, query_string=asked or None)
            assert answer.status_code == status, answer.get_data(as_text=True)
            return answer.get_data(as_text=True)

    return Phone()
