"""What a page costs: bytes, questions, movement; and that it keeps and asks nothing of others."""

import pytest

from tests.stories.looks.everywhere import EVERY_STOP
from tests.stories.looks.weigh import weigh

pytestmark = [pytest.mark.browser, pytest.mark.walk]

MOST_BYTES, MOST_ASKED, MOST_NODES = 100_000, 5, 1_800
# The API's description is one long page for the few who program.
LONG = {"api"}


@pytest.fixture(scope="module")
def weighed(chromium, looked_at):
    """weighed(stop) → its weight, each page visited once by a new visitor."""
    kept = {}

    def of(stop):
        if stop not in kept:
            kept[stop] = weigh(chromium, looked_at, stop)
        return kept[stop]

    return of


@EVERY_STOP
def test_a_page_is_light_and_comes_in_a_few_packed_answers(weighed, stop):
    found = weighed(stop)
    assert found.bytes <= MOST_BYTES
    assert len(found.asked) <= MOST_ASKED + (len(stop.types) if stop.types else 0), found.asked
    assert found.plain == []
    assert found.counted["nodes"] <= MOST_NODES or stop.name in LONG


@EVERY_STOP
def test_a_page_is_drawn_once_and_does_not_move(weighed, stop):
    counted = weighed(stop).counted
    # A hundredth of what counts as steady: a busy machine may draw one line a pixel late.
    assert counted["shift"] < 0.001
    assert (counted["blocking"], counted["held_up"], counted["unsized"]) == (1, 0, 0)


@EVERY_STOP
def test_a_page_asks_nobody_else_and_keeps_nothing_unasked(weighed, looked_at, stop):
    found = weighed(stop)
    assert [url for url in found.asked if not url.startswith(looked_at.address)] == []
    assert found.cookies == ({"place"} if stop.place else set())
    assert found.counted["stored"] == 0


@EVERY_STOP
def test_the_browser_has_nothing_to_complain_about(weighed, stop):
    refused = f"status of {stop.status}"
    said = [one for one in weighed(stop).complaints if refused not in one or stop.status == 200]
    assert said == []
