"""Letters twice as large by the browser's own setting: they grow, and nothing is cut or covered."""

from pathlib import Path

import pytest

from tests.stories.conftest import CHROMIUM
from tests.stories.looks.everywhere import EVERY_STOP
from tests.stories.looks.visiting import go, visitor

pytestmark = [pytest.mark.browser, pytest.mark.walk]

MEASURE = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def page(chromium):
    """A browser whose owner set letters of 32 px instead of 16."""
    twice = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    )
    with visitor(twice, viewport=DESK) as page:
        yield page
    twice.close()


@EVERY_STOP
def test_letters_grow_and_everything_stays_where_it_can_be_read(page, looked_at, stop):
    go(page, looked_at, stop)
    found = page.evaluate(MEASURE)
    small = {
        (text["where"], text["size"])
        for text in found["texts"]
        if text["size"] < 27 and not text["scrolls"]
    }
    assert small == set()
    assert found["wide"] <= 0
    assert found["cut"] == []
    if not (stop.opens or stop.types):
        assert found["overlaps"] == []
