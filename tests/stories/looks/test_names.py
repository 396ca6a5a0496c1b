"""What a screen reader is told: titles, headings, names, prices with their units, live regions."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.stories.looks.visiting import go, visitor
from tests.stories.looks.walk import STOPS

pytestmark = [pytest.mark.browser, pytest.mark.walk]

TOLD = Path(__file__).with_name("told.js").read_text(encoding="utf-8")


# A page that is not found is one page, wherever it is looked for.
FOUND = {stop.name for stop in STOPS if stop.status == 200}


@pytest.fixture(scope="module")
def told(chromium, looked_at):
    """What every stop tells, each visited once: {name: told}."""
    with visitor(chromium, viewport={"width": 390, "height": 844}) as page:
        found = {}
        for stop in STOPS:
            go(page, looked_at, stop)
            found[stop.name] = page.evaluate(TOLD)
    return found


@pytest.fixture
def page(chromium, looked_at):
    with visitor(chromium, viewport={"width": 390, "height": 844}) as page:
        page.at = lambda name: go(page, looked_at, next(s for s in STOPS if s.name == name))
        yield page


def test_every_page_has_one_first_heading_and_jumps_over_no_level(told):
    for name, one in told.items():
        heads = one["heads"]
        assert heads.count(1) == 1, name
        assert all(after - before <= 1 for before, after in zip(heads, heads[1:], strict=False)), (
            name, heads,
        )  # fmt: skip


def test_every_page_is_chinese_has_its_landmarks_and_lets_people_zoom(told):
    for name, one in told.items():
        assert one["lang"] == "zh-CN", name
        assert one["marks"] == [1, 1, 1], name
        assert one["zoom"] == "width=device-width, initial-scale=1", name


def test_pages_that_differ_have_titles_that_differ(told):
    paths = defaultdict(set)
    for name, one in told.items():
        if name in FOUND and not name.startswith(("error", "offers", "sign")):
            paths[one["title"]].add(one["path"].split("?")[0])
    assert {title: found for title, found in paths.items() if len(found) > 1} == {}
    assert all(title.endswith("三进通") for title in paths)


def test_the_seal_never_stands_without_its_words(told):
    assert any(one["seals"] for one in told.values())
    assert all(all(one["seals"]) for one in told.values())


def test_prices_are_read_with_their_unit(page):
    page.at("offers")
    card = page.get_by_role("article").first.aria_snapshot()
    assert "4.35" in card
    assert "元每盒" in card.replace('"', "").replace("\n", "") or "每盒" in card
    assert "中选价" in card


def test_every_control_of_the_results_says_which_outlet_it_is_for(page):
    page.at("offers")
    first = page.get_by_role("article").first
    name = first.locator("h2 a").inner_text().strip()
    for element in first.locator(".act-why > summary, .act-go").all():
        assert name in element.text_content()


def test_the_chart_is_a_picture_with_a_name_and_the_same_figures_as_a_table(page):
    page.at("drug-table")
    picture = page.get_by_role("img", name="家药店卖多少钱")
    assert "多数在" in picture.aria_snapshot()
    assert page.get_by_role("table").get_by_role("row").count() > 5


def test_suggestions_and_counts_are_announced(page):
    page.at("home-suggests")
    assert "条建议" in page.locator(".find [role=status]").inner_text()
    field = page.get_by_role("combobox", name="找什么药")
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')} [role=option]").count() > 0
    page.at("offers-sheet")
    assert page.locator(".sheet [role=status]").count() == 1
