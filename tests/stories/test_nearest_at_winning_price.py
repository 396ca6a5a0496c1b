"""The main job: type a drug as people type it, find the nearest outlet at its winning price."""

import json
import re
import urllib.parse
import urllib.request

import pytest

pytestmark = pytest.mark.browser

# 中街, Shenhe district, to 0.001° (GCJ-02).
LAT, LON = 41.796, 123.455


def ask(site, path, **asked):
    """The API's answer over real HTTP."""
    query = urllib.parse.urlencode(asked)
    with urllib.request.urlopen(f"{site}{path}?{query}", timeout=10) as answer:
        return json.load(answer)


@pytest.mark.parametrize("words", ["ejsg", "格华止", "双胍"])
def test_a_resident_types_what_she_knows_and_walks_to_the_winning_price(browser, site, words):
    browser.goto("/")
    browser.get_by_role("combobox", name="找什么药").fill(words)
    browser.get_by_role("button", name="查", exact=True).click()

    browser.get_by_role("link", name=re.compile("盐酸二甲双胍片")).click()
    drug = urllib.parse.parse_qs(urllib.parse.urlsplit(browser.url).query)["drug"][0]
    near = {"lat": LAT, "lon": LON, "radius_m": 3000, "at_or_below_winning": "true"}
    browser.goto(f"/offers?{urllib.parse.urlencode({'drug': drug} | near)}")
    card = browser.get_by_role("article").first
    shown = card.inner_text()
    name = card.get_by_role("heading").get_by_role("link").inner_text()

    said = ask(site, "/api/v1/offers", drug=drug, **near)
    first = said["items"][0]
    assert first["outlet"]["name"] == name
    assert first["price_fen"] <= first["winning_price_fen"]
    assert first["distance_m"] <= 3000
    assert first["verdict"]["label"] in shown
    card.get_by_text("依据").first.click()
    assert first["verdict"]["clause"] in card.inner_text()

    card.get_by_role("heading").get_by_role("link").click()
    assert browser.get_by_role("heading", level=1).inner_text() == name
    browser.get_by_label("在这家里查药").fill("二甲双胍")
    browser.keyboard.press("Enter")
    browser.locator(".sold").get_by_text("盐酸二甲双胍片").wait_for()
    assert ask(site, f"/api/v1/outlets/{first['outlet']['code']}")["outlet"]["name"] == name
    assert browser.faults == []


def test_the_same_way_works_with_the_keyboard_and_the_suggestions(browser):
    browser.goto("/")
    field = browser.get_by_role("combobox", name="找什么药")
    field.focus()
    browser.keyboard.type("ejsg")
    option = browser.get_by_role("option", name=re.compile("盐酸二甲双胍片"))
    option.wait_for()
    browser.keyboard.press("ArrowDown")
    assert browser.locator(".suggest [aria-selected=true]").inner_text().startswith("二甲双胍")
    browser.keyboard.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    browser.keyboard.press("Enter")
    browser.wait_for_url("**/offers?drug=**")
    assert "盐酸二甲双胍片" in browser.get_by_role("heading", level=1).inner_text()


def test_a_district_will_do_where_no_position_is_given(browser):
    browser.goto("/place?back=/outlets")
    browser.get_by_role("button", name="沈河区").click()
    assert urllib.parse.urlsplit(browser.url).path == "/outlets"
    assert "沈河区中心" in browser.inner_text("main")
    assert browser.locator(".distance").first.is_visible()


def test_everything_works_without_javascript(chromium, site):
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("找什么药").fill("格华止")
    page.get_by_role("button", name="查", exact=True).click()
    page.get_by_role("link", name=re.compile("盐酸二甲双胍片")).click()
    page.get_by_role("link", name="价格低").click()
    prices = page.locator(".label:not(.label-won) b").all_inner_texts()
    assert prices == sorted(prices, key=float)
    context.close()


@pytest.mark.parametrize("path", ["/", "/search?q=ejsg", "/outlets", "/rules", "/lists", "/place"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(browser, path, width):
    browser.set_viewport_size({"width": width, "height": 800})
    browser.goto(path)
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_page_asks_anybody_else_for_anything(browser, site):
    asked = []
    browser.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/search?q=ejsg", "/api/docs/"):
        browser.goto(path)
        browser.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
