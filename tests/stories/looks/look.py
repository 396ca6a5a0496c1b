"""`make look`: pictures of the whole walk in every size and way of showing it, to be looked at.

They are written to var/look, one folder for each way, with an index.html of them all.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.house.project import ROOT
from tests.stories.conftest import CHROMIUM
from tests.stories.looks.site import running
from tests.stories.looks.visiting import go, visitor
from tests.stories.looks.walk import STOPS

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# Each way: what the browser is, and how the page is asked for.
WAYS = {
    "320": ({"viewport": {"width": 320, "height": 640}}, {}),
    "390": ({"viewport": PHONE}, {}),
    "390-dark": ({"viewport": PHONE, "color_scheme": "dark"}, {}),
    "390-elder": ({"viewport": PHONE}, {"elder": True}),
    "390-elder-dark": ({"viewport": PHONE, "color_scheme": "dark"}, {"elder": True}),
    "320-elder": ({"viewport": {"width": 320, "height": 640}}, {"elder": True}),
    "1280": ({"viewport": DESK}, {}),
    "1280-dark": ({"viewport": DESK, "color_scheme": "dark"}, {}),
    "1280-elder": ({"viewport": DESK}, {"elder": True}),
    "1280-zoom": ({"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}, {}),
    "1920": ({"viewport": {"width": 1920, "height": 1080}}, {}),
    "print": ({"viewport": {"width": 680, "height": 960}}, {}),
    "forced": ({"viewport": PHONE, "forced_colors": "active", "color_scheme": "dark"}, {}),
}
PICTURE = (
    '<figure><img src="{way}/{name}.png" loading="lazy" alt=""><figcaption>{name}</figcaption>'
)
INDEX = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>div{{display:flex;flex-wrap:wrap;gap:12px;align-items:start}}figure{{margin:0}}
img{{width:300px;border:1px solid #999}}</style>
"""


def main(wanted: str = "") -> None:
    """Take the pictures of the stops whose name fits, of all without a name."""
    folder = ROOT / "var/look"
    stops = [stop for stop in STOPS if re.search(wanted, stop.name)]
    with (
        tempfile.TemporaryDirectory() as house,
        running(Path(house)) as site,
        sync_playwright() as driver,
    ):
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for way, (browser, asked) in WAYS.items():
            with visitor(chromium, **browser) as page:
                page.emulate_media(media="print" if way == "print" else "screen")
                for stop in stops:
                    go(page, site, stop, **asked)
                    page.screenshot(path=folder / way / f"{stop.name}.png", full_page=True)
        chromium.close()
    _write_index(folder, stops)
    sys.stdout.write(f"{folder}/index.html\n")


def _write_index(folder, stops):
    parts = [INDEX.format(title="look")]
    for way in WAYS:
        parts += [f"<h2>{way}</h2><div>"]
        parts += [PICTURE.format(way=way, name=stop.name) for stop in stops]
        parts += ["</div>"]
    (folder / "index.html").write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
