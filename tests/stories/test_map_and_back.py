"""The map is walked by taps, going back finds the place again, and without a net one page opens."""

import re
import urllib.parse

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.long]

AROUND = "lat=41.796&lon=123.459"


def test_from_the_city_to_an_outlet_by_tapping(browser):
    browser.goto("/map")
    browser.get_by_role("link", name=re.compile("^沈河区")).first.click()
    assert "沈河区" in browser.get_by_role("heading", level=1).inner_text()
    mark = browser.locator('.map a[href^="/outlets/"]').first
    name = re.sub("^第 [0-9]+ 家，", "", mark.get_attribute("aria-label"))
    mark.click()
    assert browser.get_by_role("heading", level=1).inner_text() == name
    assert browser.faults == []


def test_a_mark_and_its_row_have_the_same_number(browser):
    browser.goto(f"/map?{AROUND}&radius_m=3000")
    mark = browser.locator('.map a[href^="/outlets/"]').first
    number = mark.text_content().strip()
    row = browser.locator(f"#r-{number} a")
    if row.count():
        assert row.get_attribute("href") == mark.get_attribute("href")


def test_a_tap_on_the_map_becomes_the_place_to_measure_from(browser):
    browser.goto("/map?district=210103")
    browser.get_by_text("在图上点一个地方").click()
    browser.get_by_role("button", name="点图上的地方").click(position={"x": 144, "y": 60})
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(browser.url).query)
    assert all(re.fullmatch(r"\d+\.\d{1,3}", asked[name][0]) for name in ("lat", "lon"))
    assert "从网址里的位置量起" in browser.inner_text("main")
    browser.get_by_role("button", name="以后都从这里量远近").click()
    browser.goto("/outlets")
    assert "从您的位置量起" in browser.inner_text("main")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", ["/map", f"/map?{AROUND}&radius_m=1000", "/about", "/offline"])
def test_no_new_page_scrolls_sideways(browser, path, width):
    browser.set_viewport_size({"width": width, "height": 800})
    browser.goto(path)
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_going_back_finds_the_place_on_the_page_again(browser):
    browser.goto("/search?q=格华止")
    browser.get_by_role("link", name=re.compile("盐酸二甲双胍片")).click()
    browser.goto(f"{browser.url}&{AROUND}")
    browser.locator("article").nth(8).scroll_into_view_if_needed()
    before = browser.evaluate("scrollY")
    assert before > 500
    browser.locator("article").nth(8).get_by_role("heading").get_by_role("link").click()
    browser.wait_for_url("**/outlets/*")
    browser.go_back()
    browser.wait_for_function(f"Math.abs(scrollY - {before}) < 5")


def test_filters_that_were_chosen_survive_going_back(browser):
    browser.goto("/search?q=格华止")
    browser.get_by_role("link", name=re.compile("盐酸二甲双胍片")).click()
    browser.goto(f"{browser.url}&{AROUND}")
    browser.locator(".sheet > summary").click()
    browser.locator(".choice", has_text="只看有货").click()
    browser.get_by_role("button", name=re.compile("看 .* 个结果")).click()
    browser.wait_for_url("**in_stock=true**")
    browser.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    browser.wait_for_url("**/outlets/*")
    browser.go_back()
    browser.wait_for_url("**in_stock=true**")
    assert browser.locator(".sheet > summary").inner_text().startswith("筛选 1")
    browser.locator(".sheet > summary").click()
    assert browser.get_by_label("只看有货").is_checked()


def test_without_a_net_one_page_opens_with_the_telephone_and_no_price(browser):
    browser.goto("/")
    browser.evaluate("navigator.serviceWorker.ready")
    browser.wait_for_function(
        "caches.keys().then(async (names) => names.length === 1"
        " && (await (await caches.open(names[0])).keys()).length === 4)"
    )
    browser.goto(f"/outlets?{AROUND}")
    browser.context.set_offline(True)
    browser.goto("/search?q=ejsg")
    assert browser.get_by_role("heading", level=1).inner_text() == "没有连上网"
    assert browser.locator('a[href="tel:12393"]').first.is_visible()
    kept = browser.evaluate(
        "caches.keys().then(async ([name]) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname))"
    )
    assert sorted(kept) == [
        "/offline", "/static/app.css", "/static/app.js", "/static/favicon.svg",
    ]  # fmt: skip
    browser.context.set_offline(False)
    browser.get_by_role("link", name="再试一次").click()
    browser.get_by_role("heading", level=1, name=re.compile("ejsg")).wait_for()


def test_the_address_is_copied_where_the_browser_cannot_share(browser):
    browser.context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser.goto(f"/outlets?{AROUND}")
    browser.get_by_text("把这一页发给别人").click()
    browser.get_by_role("button", name="复制网址").click()
    browser.get_by_text("网址已复制").wait_for()
    assert browser.evaluate("navigator.clipboard.readText()") == browser.url
