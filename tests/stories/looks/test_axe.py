"""axe-core finds nothing on any page: two widths, both versions, light and dark, things open."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.stories.looks.everywhere import EVERY_STOP
from tests.stories.looks.visiting import go, visitor

pytestmark = [pytest.mark.browser, pytest.mark.walk]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
EVERYTHING = {"resultTypes": ["violations"]}
# Dark is the same page with other colours: only what looks at colours can find something new.
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
LOOKS = ((PHONE, "light", EVERYTHING), (DESK, "light", EVERYTHING), (PHONE, "dark", COLOURS),
         (DESK, "dark", COLOURS))  # fmt: skip


@pytest.fixture(scope="module")
def page(chromium, looked_at):
    """One tab for all; axe is put into the page from outside, which our own policy forbids."""
    with visitor(chromium, viewport=PHONE, bypass_csp=True) as page:
        yield page


def found(page, options):
    """What axe has to say, a line for each place."""
    answer = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']} {node['target']} {node['failureSummary']}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@EVERY_STOP
def test_axe_finds_nothing(page, looked_at, stop, elder):
    go(page, looked_at, stop, elder=elder)
    page.evaluate(AXE_SCRIPT)
    for width, scheme, options in LOOKS:
        page.set_viewport_size(width)
        page.emulate_media(color_scheme=scheme)
        assert found(page, options) == [], (scheme, width)
