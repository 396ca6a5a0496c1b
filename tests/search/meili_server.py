"""The Meilisearch server tests may use: where TEST_MEILI_URL says, in indexes of their own."""

import os
from contextlib import contextmanager
from secrets import token_hex

import search

MEILI = os.environ.get("TEST_MEILI_URL", "")
KEY = os.environ.get("TEST_MEILI_KEY", "")


@contextmanager
def opened(url, **how):
    """An index while a test lasts; on the server it has a prefix of its own and is deleted."""
    if not url.startswith("http"):
        index = search.connect(url, **how)
        yield index
        index.close()
        return
    index = search.connect(f"{url}?prefix=test_{token_hex(4)}_", key=KEY, **how)
    try:
        yield index
    finally:
        getattr(index, "server", index).admin.drop_everything()
        index.close()
