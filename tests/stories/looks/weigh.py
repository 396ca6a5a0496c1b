"""What a page costs its visitor: `python -m tests.stories.looks.weigh` prints the whole walk."""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.stories.conftest import CHROMIUM
from tests.stories.looks.site import Site, running
from tests.stories.looks.visiting import go, visitor
from tests.stories.looks.walk import STOPS, Stop

PHONE = {"width": 390, "height": 844}
# How far the page moved after it was first drawn, how large it is, what would hold up its drawing.
COUNTED = """() => new Promise((done) => {
  let shift = 0;
  const unasked = (list) => list.getEntries().filter((one) => !one.hadRecentInput);
  new PerformanceObserver((list) => unasked(list).forEach((one) => { shift += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(async () => done({
    shift,
    nodes: document.querySelectorAll("*").length,
    blocking: document.querySelectorAll("link[rel=stylesheet]").length,
    held_up: document.querySelectorAll("script:not([defer])").length,
    unsized: [...document.images, ...document.querySelectorAll("input[type=image]")]
      .filter((one) => !one.hasAttribute("width") || !one.hasAttribute("height")).length,
    stored: localStorage.length + sessionStorage.length + (await indexedDB.databases()).length,
  }), 60);
})"""


class Weight(NamedTuple):
    """One page with an empty cache: bytes over the wire, and what the browser counted."""

    bytes: int
    asked: list[str]
    plain: list[str]  # large texts that came unpacked
    complaints: list[str]  # errors and warnings of the console
    cookies: set[str]
    counted: dict


def weigh(chromium: Browser, site: Site, stop: Stop, *, elder: bool = False) -> Weight:
    """Visit a stop as somebody who was never here."""
    with visitor(chromium, viewport=PHONE) as page:
        asked, kept, plain, complaints, total = [], [], [], [], [0]
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", lambda it: total.append(it["encodedDataLength"]))
        line.on("Network.responseReceived", lambda it: kept.extend(_from_cache(it["response"])))
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda answer: plain.extend(_unpacked(answer)))
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        go(page, site, stop, elder=elder)
        page.wait_for_load_state("networkidle")
        counted = page.evaluate(COUNTED)
        cookies = {cookie["name"] for cookie in page.context.cookies()}
    for url in kept:
        # A picture in a fold is asked for once more when the fold opens: the first answer was
        # kept, so the second question never leaves the browser.
        if asked.count(url) > 1:
            asked.remove(url)
    return Weight(int(sum(total)), asked, plain, complaints, cookies, counted)


def _from_cache(response):
    if response.get("fromDiskCache"):
        yield response["url"]


def _unpacked(answer):
    length = int(answer.headers.get("content-length", 0))
    if answer.ok and length > 1500 and answer.headers.get("content-encoding") != "gzip":
        yield answer.url


def main() -> None:
    """Print a row of Markdown for each page of the walk."""
    with (
        tempfile.TemporaryDirectory() as house,
        running(Path(house)) as site,
        sync_playwright() as driver,
    ):
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for stop in STOPS:
            found = weigh(chromium, site, stop)
            row = (stop.name, f"{found.bytes / 1000:.1f}", len(found.asked),
                   found.counted["nodes"], f"{found.counted['shift']:.3f}")  # fmt: skip
            sys.stdout.write("| " + " | ".join(map(str, row)) + " |\n")
        chromium.close()


if __name__ == "__main__":
    main()
