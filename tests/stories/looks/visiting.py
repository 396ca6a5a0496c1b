"""Going to a stop of the walk as its visitor would: his place, his letters, what he opens there."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.stories.looks.site import Site
from tests.stories.looks.walk import Stop


@contextmanager
def visitor(chromium: Browser, **chosen) -> Iterator[Page]:
    """A fresh profile; what stops a page of ours from working is collected in `page.faults`."""
    context = chromium.new_context(locale="zh-CN", **chosen)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


def go(page: Page, site: Site, stop: Stop, *, elder: bool = False) -> None:
    """Be at the stop, with everything open that it says."""
    page.context.clear_cookies()
    chosen = {"place": stop.place, "mode": "elder" if elder else ""}
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": site.address}
            for name, value in chosen.items()
            if value
        ]
    )
    answer = page.goto(site.address + site.path_of(stop))
    assert answer.status == stop.status, f"{stop.name}: {answer.status}"
    if stop.types:
        page.locator("input[data-suggest]").first.focus()
        page.keyboard.type(stop.types)
        page.locator(".suggest li").first.wait_for(state="attached")
    if stop.opens:
        page.locator(stop.opens).first.click()
