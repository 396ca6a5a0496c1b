"""A queue of each engine: SQLite always, Redis where Debian's server is installed."""

import pytest

from tests.servers import redis_server


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """The URL of a running Redis."""
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=["sqlite", "redis"])
def url(request, tmp_path):
    """Where a fresh queue lies."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/queue.db"
    address = request.getfixturevalue("redis_url").removesuffix("/0")
    number = request.getfixturevalue("unused_number")
    return f"{address}/{number}"


@pytest.fixture
def unused_number(request, _numbers):
    """A Redis of a test has sixteen rooms; each test is given the next, emptied."""
    from redis import Redis

    number = next(_numbers) % 16
    address = request.getfixturevalue("redis_url").removesuffix("/0")
    Redis.from_url(f"{address}/{number}").flushdb()
    return number


@pytest.fixture(scope="session")
def _numbers():
    return iter(range(10_000))
