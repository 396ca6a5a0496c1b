"""By keys alone: from home to an outlet and back, always seeing where one is, never trapped."""

import re
from pathlib import Path

import pytest

from tests.stories.looks.visiting import go, visitor
from tests.stories.looks.walk import STOPS

pytestmark = [pytest.mark.browser, pytest.mark.walk]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
FOCUS = Path(__file__).with_name("focus.js").read_text(encoding="utf-8")


@pytest.fixture
def page(chromium, looked_at):
    with visitor(chromium, viewport=DESK, base_url=looked_at.address) as page:
        yield page
        assert page.faults == []


def tab_to(page, selector, *, most=80):
    """Press Tab until what the selector names has the focus; every step must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUS)
        assert seen, f"the focus left the page before {selector}"
        assert (seen["ringed"], seen["inside"], seen["covered"]) == (True, True, False), seen
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")


def test_from_home_to_an_outlet_and_back_by_keys_alone(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate(FOCUS)["top"] >= 0
    page.keyboard.press("Enter")
    tab_to(page, "main input[type=search]", most=1)

    page.keyboard.type("ejsg")
    page.locator(".suggest li").first.wait_for()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    # The substance stands first, its products after it.
    assert page.locator(".suggest li").nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/offers?drug=**")

    tab_to(page, ".sheet > summary")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=in_stock]")
    before = page.locator("[data-total]").inner_text()
    page.keyboard.press("Space")
    page.wait_for_function(
        "was => document.querySelector('[data-total]').innerText !== was", arg=before
    )
    said = page.locator(".sheet [role=status]").inner_text()
    assert said == page.locator("[data-total]").inner_text() + " 个结果"
    tab_to(page, ".sheet-foot button")
    page.keyboard.press("Enter")
    page.wait_for_url("**in_stock=true**")

    tab_to(page, ".act-why > summary")
    page.keyboard.press("Enter")
    assert page.locator(".proof").first.is_visible()
    assert "依据" in page.locator(".proof").first.inner_text()
    name = page.locator("article h2 a").nth(1).inner_text()
    tab_to(page, "article h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outlets/**")
    assert page.get_by_role("heading", level=1).inner_text() == name
    # The key for "back" is the browser's own, and without a window it has none.
    page.go_back()
    assert "in_stock=true" in page.url


def test_escape_closes_what_is_open_and_gives_the_focus_back(page):
    page.goto("/outlets")
    tab_to(page, ".sheet > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".sheet select")
    page.keyboard.press("Escape")
    assert not page.locator(".sheet-panel").is_visible()
    assert page.evaluate("document.activeElement.matches('.sheet > summary')")

    page.goto("/")
    page.locator("main input[type=search]").focus()
    page.keyboard.type("ejsg")
    page.locator(".suggest li").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".suggest li").count() == 0 or not page.locator(".suggest").is_visible()
    assert page.evaluate("document.activeElement.type") == "search"


def test_a_choice_of_one_is_made_with_the_arrows(page, looked_at):
    stop = next(stop for stop in STOPS if stop.name == "offers-sheet")
    go(page, looked_at, stop)
    tab_to(page, ".choice input[type=radio]")
    page.keyboard.press("ArrowLeft")
    assert page.locator("input[name=radius_m]:checked").input_value() == "5000"


def ways(page):
    """Where the focus goes from the top of the page until it leaves it, at most 400 steps."""
    for _ in range(400):
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUS)
        if seen is None:
            return
        yield seen
    raise AssertionError("the focus never leaves the page")


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@pytest.mark.parametrize(
    "name", ["home-placed", "search-found", "offers-filtered", "drug", "outlet-active", "outlets",
             "place-chosen", "rules", "badge", "map-district", "error-404"],
)  # fmt: skip
def test_the_focus_is_always_seen_and_goes_down_the_page_as_the_eye_does(
    page, looked_at, name, elder
):
    page.set_viewport_size(PHONE)
    go(page, looked_at, next(stop for stop in STOPS if stop.name == name), elder=elder)
    steps = list(ways(page))
    assert len(steps) > 5
    bad = [step["name"] for step in steps
           if not step["ringed"] or not step["inside"] or step["covered"]]  # fmt: skip
    assert bad == []
    drawn = re.compile(r"^a\.|circle|map-(in|out)")
    back = [
        (one["name"], two["name"])
        for one, two in zip(steps[1:], steps[2:], strict=False)
        if two["bottom"] <= one["place"] and not drawn.search(one["name"])
    ]
    assert back == []
