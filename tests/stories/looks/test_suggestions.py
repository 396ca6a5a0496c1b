"""The list under the search field: a combobox for keys, for fingers, and for who listens."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.stories.looks.visiting import visitor

pytestmark = [pytest.mark.browser, pytest.mark.walk]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
TYPED = ("ejsg", "格华", "高血压", "佐匹")


@pytest.fixture
def page(chromium, looked_at):
    with visitor(chromium, viewport=PHONE, base_url=looked_at.address) as page:
        page.asked = []
        page.on("request", lambda one: "/suggest?" in one.url and page.asked.append(one.url))
        page.goto("/")
        yield page
        assert page.faults == []


def options_for(page, words):
    """The open list for what is typed."""
    field = page.get_by_role("combobox", name="找什么药")
    field.fill("")
    field.press_sequentially(words)
    page.wait_for_function(
        "words => performance.getEntriesByType('resource')"
        ".some(one => one.name.endsWith('q=' + encodeURIComponent(words)))",
        arg=words,
    )
    entries(page).first.wait_for()
    return entries(page)


def entries(page):
    """The entries of the open list, not those of other fields."""
    return page.locator(".suggest").get_by_role("option")


def active(page):
    """What a screen reader stands on while the focus stays in the field."""
    return page.evaluate(
        "() => { const id = document.activeElement.getAttribute('aria-activedescendant');"
        " return id && document.getElementById(id).getAttribute('aria-label'); }"
    )


def test_the_arrows_go_round_and_the_focus_never_leaves_the_field(page):
    options = options_for(page, "ejsg")
    field = page.get_by_role("combobox", name="找什么药")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-autocomplete") == "list"
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == (
        "listbox"
    )
    labels = [option.get_attribute("aria-label") for option in options.all()]
    assert active(page) is None
    for label in [*labels, labels[0]]:
        page.keyboard.press("ArrowDown")
        assert active(page) == label
        assert page.locator(".suggest [aria-selected=true]").count() == 1
    page.keyboard.press("ArrowUp")
    assert active(page) == labels[-1]
    assert page.evaluate("document.activeElement.type") == "search"


def test_an_entry_is_read_as_one_thing_with_its_note(page):
    options_for(page, "ejsg")
    assert page.get_by_role("option", name="二甲双胍，2 个品规", exact=True).count() == 1
    options_for(page, "格华止")
    assert (
        page.get_by_role("option", name="格华止，就是二甲双胍，2 个品规", exact=True).count() == 1
    )
    options_for(page, "佐匹克隆")
    assert page.get_by_role("option", name="佐匹克隆，目录里没有", exact=True).count() == 1


def test_what_answers_is_marked_with_more_than_a_colour(page):
    option = options_for(page, "格华").first
    assert option.inner_text().split("\n")[0] == "格华止 → 二甲双胍"
    marks = option.locator("mark")
    assert marks.all_inner_texts() == ["格华"]
    look = marks.first.evaluate(
        "one => { const s = getComputedStyle(one); return [s.fontWeight, s.textDecorationLine]; }"
    )
    assert look == ["700", "underline"]


@pytest.mark.parametrize(
    ("words", "downs", "leads_to"),
    [
        ("ejsg", 1, "/search?q=%E4%BA%8C%E7%94%B2%E5%8F%8C%E8%83%8D"),
        ("ejsg", 2, "/offers?drug="),
        ("降压药", 1, "/search?category=hypertension"),
        ("沈河", -1, "/outlets/"),
    ],
)
def test_enter_leads_where_the_entry_says(page, words, downs, leads_to):
    options_for(page, words)
    for _ in range(abs(downs)):
        page.keyboard.press("ArrowDown" if downs > 0 else "ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: leads_to in url)


def test_who_chooses_what_is_not_here_is_told_so_and_led_to_nothing_else(page):
    options_for(page, "佐匹克隆")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    assert "目录里没有“佐匹克隆”" in page.locator("main").inner_text()


def test_a_finger_chooses_too(page):
    options_for(page, "ejsg").nth(1).click()
    page.wait_for_url("**/offers?drug=**")


def test_escape_closes_the_list_and_keeps_what_was_typed(page):
    options_for(page, "ejsg")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    field = page.get_by_role("combobox", name="找什么药")
    assert not page.locator(".suggest").is_visible()
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-activedescendant") is None
    assert (field.input_value(), active(page)) == ("ejsg", None)


def test_nothing_is_asked_while_an_input_method_is_still_composing(page):
    page.get_by_role("combobox", name="找什么药").focus()
    keys = page.context.new_cdp_session(page)
    for letters in ("a", "am", "amo", "amo'x", "amo'xi"):
        keys.send("Input.imeSetComposition", {
            "text": letters, "selectionStart": len(letters), "selectionEnd": len(letters),
        })  # fmt: skip
        page.wait_for_timeout(60)
    page.wait_for_timeout(400)
    assert page.asked == []
    keys.send("Input.insertText", {"text": "阿莫西"})
    entries(page).first.wait_for()
    assert len(page.asked) == 1
    assert entries(page).first.inner_text().startswith("阿莫西林")


def test_names_with_signs_in_them_stay_text(page):
    told = {
        "kind": "drug", "what": "substance", "code": "", "category": "", "words": "x",
        "text": "<img src=x onerror=alert(1)>", "note": "<b>",
        "parts": [{"text": "<img src=x ", "hit": True},
                  {"text": "onerror=alert(1)>", "hit": False}],
    }  # fmt: skip
    page.route("**/api/v1/suggest?**", lambda route: route.fulfill(json={"items": [told]}))
    option = options_for(page, "x").first
    assert option.locator("img").count() == 0
    assert option.inner_text().startswith("<img src=x onerror=alert(1)>")


@pytest.mark.parametrize("words", TYPED)
def test_in_the_larger_version_every_entry_is_large(chromium, looked_at, words):
    with visitor(chromium, viewport=PHONE, base_url=looked_at.address) as page:
        page.context.add_cookies([{"name": "mode", "value": "elder", "url": looked_at.address}])
        page.goto("/")
        for option in options_for(page, words).all():
            box = option.bounding_box()
            assert (box["width"] >= 60, box["height"] >= 60) == (True, True)
            sizes = option.evaluate(
                "one => [one, ...one.querySelectorAll('*')]"
                ".map(each => parseFloat(getComputedStyle(each).fontSize))"
            )
            assert min(sizes) >= 18


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_axe_finds_nothing_in_the_open_list(chromium, looked_at, elder, scheme):
    chosen = {"viewport": PHONE, "color_scheme": scheme, "bypass_csp": True}
    with visitor(chromium, base_url=looked_at.address, **chosen) as page:
        if elder:
            page.context.add_cookies([{"name": "mode", "value": "elder", "url": looked_at.address}])
        page.goto("/")
        page.evaluate(AXE_SCRIPT)
        for words in TYPED:
            options_for(page, words)
            page.keyboard.press("ArrowDown")
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                told = page.evaluate("axe.run({resultTypes: ['violations']})")
                assert [one["id"] for one in told["violations"]] == []
            page.set_viewport_size(PHONE)
