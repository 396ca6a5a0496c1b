"""A house where something is asked in vain; nothing waits from another test."""

import pytest

from backend.demand.actions import waiting


@pytest.fixture(autouse=True)
def nothing_waits():
    """The notes of a process are one list: each test begins and ends with an empty one."""
    waiting.forget()
    yield
    waiting.forget()
