"""The houses a story is told in: everything embedded, on PostgreSQL, and as production stands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import pytest

import search
from tests.postgres import Databases
from tests.search.meili_server import KEY, MEILI
from tests.servers import redis_server

EMBEDDED, POSTGRES, PRODUCTION = "sqlite", "postgresql", "production"
HOUSES = (EMBEDDED, POSTGRES, PRODUCTION)
NO_MEILI = "没有 TEST_MEILI_URL：PostgreSQL、Meilisearch、Redis 合在一起的故事没有讲"

# What these look at is drawn by the browser, and no engine changes it.
_DRAWN = (
    "test_no_page_scrolls_sideways",
    "test_no_new_page_scrolls_sideways",
    "test_no_page_asks_anybody_else_for_anything",
)


def houses_of(test: str, module: str) -> tuple[str, ...]:
    """The houses a test is run in."""
    # test_demand looks into the files of a house.
    alone = module.endswith(("test_behind_nginx", "test_clients", "test_demand"))
    return (EMBEDDED,) if alone or test in _DRAWN else HOUSES


def environment(folder: Path) -> dict[str, str]:
    """The environment of a house that lives in a folder."""
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/sanjin.db",
        "SEARCH_URL": f"sqlite:///{folder}/search.db",
        "SEARCH_FALLBACK_URL": f"sqlite:///{folder}/search.db",
        "QUEUE_URL": f"sqlite:///{folder}/queue.db",
        "LIMITS_URL": f"sqlite:///{folder}/limits.db",
        # One address asks for everybody here.
        "RATE_LIMIT": "100000/minute",
        "CACHE_DIR": f"{folder}/cache",
        "OPEN_DATA_DIR": f"{folder}/open-data",
        "SECRET_KEY": "only for tests",
        "SIGNING_KEY": "0f" * 32,
        "PERSONAL_KEY": "1e" * 32,
    }


@contextmanager
def on_postgres(databases: Databases, template: str) -> Iterator[dict[str, str]]:
    """The plug of a database of its own, a copy of another; dropped after."""
    name = databases.make(template)
    try:
        yield {"DATABASE_URL": databases.url_of(name)}
    finally:
        databases.drop(name)


@contextmanager
def with_servers(folder: Path) -> Iterator[dict[str, str]]:
    """The plugs of a real Meilisearch, in indexes of its own, and of a real Redis."""
    if not MEILI:
        pytest.skip(NO_MEILI)
    url = f"{MEILI}?prefix=story_{token_hex(4)}_"
    with redis_server(folder) as redis:
        try:
            yield {
                "SEARCH_URL": url, "SEARCH_KEY": KEY, "QUEUE_URL": redis,
                "LIMITS_URL": f"{redis.removesuffix('/0')}/1",
            }  # fmt: skip
        finally:
            index = search.connect(url, key=KEY)
            index.admin.drop_everything()
            index.close()
