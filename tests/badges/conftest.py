"""An outlet with a badge, asked over the web, on days of the test's choosing."""

import pytest

from tests.makers import AN_OUTLET, sheet, take


@pytest.fixture
def ask(house):
    """`ask(path)` → the JSON the house answers, its status checked."""
    client = house.test_client()

    def told(path, *, status=200, **asked):
        answer = client.get(path, query_string=asked or None)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    return told


@pytest.fixture
def look(house):
    """`look(path)` → the page the house draws, its status checked."""
    client = house.test_client()

    def seen(path, *, status=200, **asked):
        answer = client.get(path, query_string=asked or None)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    return seen


@pytest.fixture
def hand_in(house, tmp_path):
    """`hand_in({…}, …)` → sheets of outlets, one row for each, changes of the usual one."""

    def published(*rows, whole=False):
        take("outlets", sheet(tmp_path, [AN_OUTLET | row for row in rows]), whole=whole)

    return published
