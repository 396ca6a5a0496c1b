"""The policy in the browser: our scripts run, also from the browser's store; nobody else's do."""

import pytest

from tests.stories.looks.visiting import visitor

pytestmark = [pytest.mark.browser, pytest.mark.walk]


@pytest.fixture
def page(chromium, looked_at):
    # The worker that stands by for a phone without a net would answer in the network's place.
    asked = {"viewport": {"width": 390, "height": 844}, "service_workers": "block"}
    with visitor(chromium, base_url=looked_at.address, **asked) as page:
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text)
                if "blocked by Playwright" not in said.text else None)  # fmt: skip
        yield page


def statuses(page):
    """The statuses that came over the wire from now on, as the browser's network part saw them."""
    seen = []
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.responseReceivedExtraInfo", lambda it: seen.append(it["statusCode"]))
    return seen


def runs(page):
    """Whether our script made the search field a combobox."""
    return page.locator("input[role=combobox]").count() == 1


def test_a_page_that_did_not_change_still_runs_its_script(page):
    page.goto("/")
    seen = statuses(page)
    for _ in range(2):
        page.goto("/rules")
        page.goto("/")
        assert runs(page)
    assert 304 in seen
    page.goto("/rules")
    page.go_back()
    assert runs(page)
    assert page.complaints == []


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.innerHTML = '<img src=x onerror=\"window.stranger = 1\">'",
        "document.body.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.stranger = 1' }))",
        "document.body.append(Object.assign(document.createElement('script'),"
        " { src: '/static/app.js' }))",
        "document.body.setAttribute('onclick', 'window.stranger = 1'), document.body.click()",
        "setTimeout(() => eval('window.stranger = 1'))",
        "document.head.append(Object.assign(document.createElement('base'),"
        " { href: 'https://example.com/' })), fetch('https://example.com/')",
    ],
)
def test_nothing_that_got_into_a_page_runs(page, attempt):
    """As a hole in our templates would let it in: by a script of the page, not of the test."""
    page.goto("/")
    page.evaluate(f"() => {{ try {{ {attempt}; }} catch (error) {{ return; }} }}")
    page.wait_for_timeout(100)
    assert page.evaluate("window.stranger") is None
    assert page.evaluate("document.baseURI").startswith("http://127.0.0.1")


def test_a_script_written_into_the_page_has_no_nonce_and_does_not_run(page):
    def with_stranger(route):
        answer = route.fetch()
        stranger = "<script>window.stranger = 1</script><style>body { display: none }</style>"
        route.fulfill(response=answer, body=answer.text().replace("</body>", stranger + "</body>"))

    page.route("**/rules", with_stranger)
    page.goto("/rules")
    assert page.evaluate("window.stranger") is None
    assert page.locator("h1").is_visible()
    assert any("Content Security Policy" in said for said in page.complaints)


def test_no_other_site_can_show_us_inside_itself(page, looked_at):
    frame = f'<iframe src="{looked_at.address}/rules" id="us"></iframe>'
    page.route("https://example.com/", lambda route: route.fulfill(
        body=frame, content_type="text/html"))  # fmt: skip
    page.goto("https://example.com/")
    page.wait_for_timeout(300)
    assert len(page.frames) == 2
    assert not page.frames[1].url.startswith(looked_at.address)


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/outlets/{active}?q=二甲双胍", "a[href*='amap.com']"),
        ("/drugs/{noticed}", "main a[href^='http']"),
    ],
)
def test_another_site_does_not_learn_what_was_looked_up(page, looked_at, path, link):
    told = []

    def strangers(route):
        told.append((route.request.url, route.request.all_headers()))
        route.fulfill(body="<p id=there>there</p>", content_type="text/html; charset=utf-8")

    page.route(lambda url: not url.startswith(looked_at.address), strangers)
    page.goto(path.format(**looked_at.codes))
    # The header alone must do, without the rel of the link and without the meta of the page.
    page.evaluate("document.querySelectorAll('a').forEach((a) => a.removeAttribute('rel'))")
    page.evaluate("document.querySelector('meta[name=referrer]').remove()")
    page.locator(link).first.click()
    page.locator("#there").wait_for()
    ((url, headers),) = told
    assert "referer" not in headers
    assert page.evaluate("document.referrer") == ""
    assert "二甲双胍" not in url
    assert looked_at.codes["noticed"] not in url
