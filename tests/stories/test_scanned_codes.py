"""Codes off boxes are scanned in a served house and in Chromium; nothing keeps which box it was."""

import json
from urllib.parse import quote

import pytest

TRACE, SERIAL, LOT = "0000007", "8123456789012", "SECRETLOT7"
WHOLE = TRACE + SERIAL
GS1 = f"(01)09520000000073(10)LOT99(21){LOT}"
PLANTED = (SERIAL, SERIAL[:8], LOT, "LOT99")
# Stands in for what a phone's browser brings along.
DETECTOR = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "%s" }]; } };
"""

pytestmark = pytest.mark.long


def test_no_file_of_a_served_house_holds_what_was_scanned(serve):
    server = serve()
    asked = [quote(code, safe="") for code in (WHOLE, GS1, WHOLE + "9", f"]C1{WHOLE}")]
    for code in asked:
        for path in ("/api/v1/scan/{}", "/api/v1/scan/{}?price_fen=480", "/scan?code={}",
                     "/search?q={}", "/api/v1/drugs?q={}", "/api/v1/suggest?q={}",
                     "/scan/{}", "/api/v1/scan//{}"):  # fmt: skip
            status, _ = server.get(path.format(code), Referer=f"http://x/scan?code={code}")
            assert status < 500
    assert server.stop() == 0
    files = [path for path in server.log.parent.rglob("*") if path.is_file()]
    assert server.log in files
    assert {path.name for path in files} >= {"sanjin.db", "search.db"}
    held = {path.name: [word for word in PLANTED if word.encode() in path.read_bytes()]
            for path in files}  # fmt: skip
    assert {name: words for name, words in held.items() if words} == {}
    assert "GET /api/v1/scan/* 200" in server.log.read_text(encoding="utf-8")


def test_the_demonstrations_codes_answer_the_same_served(serve):
    server = serve()
    told = [json.loads(server.get(f"/api/v1/scan/{code}")[1]) for code in (TRACE, WHOLE)]
    assert told[0] == told[1]
    server.stop()


@pytest.mark.browser
def test_without_a_script_a_code_is_typed_and_the_address_names_only_the_product(chromium, site):
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.get_by_role("link", name="手里有药盒").click()
    page.get_by_label("药盒上的码", exact=True).fill(WHOLE)
    page.get_by_label("卖家要多少钱").fill("12")
    page.get_by_role("button", name="查", exact=True).click()
    assert page.url == f"{site}/scan?code={TRACE}&price_fen=1200"
    assert page.get_by_text("每盒比中选价贵 7.65 元").is_visible()
    assert [url for url in asked if SERIAL in url] == []
    assert SERIAL not in page.content()
    context.close()


@pytest.mark.browser
def test_a_photograph_is_read_on_the_phone_and_goes_nowhere(browser, site):
    browser.add_init_script(DETECTOR % WHOLE)
    sent, photograph = [], browser.screenshot()
    browser.goto("/scan", wait_until="networkidle")
    browser.on("request", lambda request: sent.append(request.url))
    browser.locator("[data-photo] input").set_input_files(
        {"name": "box.png", "mimeType": "image/png", "buffer": photograph}
    )
    browser.get_by_text("认出来了").wait_for()
    assert browser.get_by_label("药盒上的码", exact=True).input_value() == WHOLE
    assert [url for url in sent if "favicon" not in url] == []
    assert browser.faults == []


@pytest.mark.browser
def test_where_the_browser_reads_no_codes_nothing_offers_a_photograph(browser):
    browser.add_init_script("delete window.BarcodeDetector")
    browser.goto("/scan")
    assert not browser.locator("[data-photo]").is_visible()
