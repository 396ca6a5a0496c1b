"""The queue in front of every engine: the built-in one, and the server where one is named."""

import pytest

from backend.outside import outside
from tests.search.meili_server import MEILI, opened


@pytest.fixture(params=["sqlite", "meilisearch"] if MEILI else ["sqlite"], autouse=True)
def words(request, house, tmp_path):
    """Which engine the house finds words with."""
    if request.param == "sqlite":
        yield
        return
    outside.index.close()
    with opened(MEILI, fallback=f"sqlite:///{tmp_path}/fallback.db") as index:
        outside.index = index
        yield
