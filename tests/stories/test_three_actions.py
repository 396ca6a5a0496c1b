"""A fresh profile finds the nearest outlet at the winning price in three actions from home."""

import json
import re
import urllib.parse
import urllib.request

import pytest

pytestmark = pytest.mark.browser

DISTRICT, MIDDLE = "沈河区", {"lat": "41.796", "lon": "123.459"}


class Resident:
    """Counts what she does: one tap, one choice, or one word typed and sent is one action."""

    def __init__(self, page):
        self.page, self.actions = page, 0
        page.goto("/")

    def types_and_sends(self, words):
        self.page.get_by_label("找什么药").fill(words)
        self.page.keyboard.press("Enter")
        self._done()

    def chooses(self, district):
        self.page.get_by_label("从哪里找").select_option(label=district)
        self.actions += 1

    def taps(self, role, name):
        self.page.get_by_role(role, name=name).first.click()
        self._done()

    def _done(self):
        self.actions += 1
        self.page.wait_for_load_state()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def resident(request, chromium, site):
    context = chromium.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, locale="zh-CN",
        java_script_enabled=request.param,
    )  # fmt: skip
    yield Resident(context.new_page())
    context.close()


def first_card(page):
    """The name in the first card, and the two prices on it."""
    card = page.get_by_role("article").first
    name = card.get_by_role("heading").get_by_role("link").inner_text()
    won, asked = card.locator(".label b").all_inner_texts()
    return name, float(won), float(asked)


def nearest_at_winning(site, url):
    """What the API says is the nearest that has it at no more than it won at."""
    drug = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["drug"][0]
    asked = {
        "drug": drug,
        "at_or_below_winning": "true",
        "in_stock": "true",
        "page_size": "1",
    } | MIDDLE
    query = urllib.parse.urlencode(asked | MIDDLE)
    with urllib.request.urlopen(f"{site}/api/v1/offers?{query}", timeout=10) as answer:
        return json.load(answer)["items"][0]["outlet"]["name"]


def test_type_choose_the_drug_choose_the_district(resident, site):
    resident.types_and_sends("格华止")
    resident.taps("link", re.compile("盐酸二甲双胍片"))
    resident.taps("button", DISTRICT)

    name, won, asked = first_card(resident.page)
    assert asked <= won
    assert name == nearest_at_winning(site, resident.page.url)
    assert resident.actions == 3


def test_choose_the_district_first_type_choose_the_drug(resident, site):
    resident.chooses(DISTRICT)
    resident.types_and_sends("ejsg")
    resident.taps("link", re.compile("盐酸二甲双胍片"))

    name, won, asked = first_card(resident.page)
    assert asked <= won
    assert name == nearest_at_winning(site, resident.page.url)
    assert resident.actions == 3


def test_what_she_found_can_be_handed_on(resident, chromium, site):
    resident.types_and_sends("格华止")
    resident.taps("link", re.compile("盐酸二甲双胍片"))
    resident.taps("button", DISTRICT)
    context = chromium.new_context(base_url=site, locale="zh-CN")
    friend = context.new_page()
    friend.goto(resident.page.url)
    assert first_card(friend) == first_card(resident.page)
    assert friend.locator(".distance").all_inner_texts() == (
        resident.page.locator(".distance").all_inner_texts()
    )
    assert f"从{DISTRICT}中心量起" in friend.inner_text("main")
    context.close()
