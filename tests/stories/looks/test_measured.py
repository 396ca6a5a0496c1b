"""Measured in the browser: letters, contrast, targets, zoom; on every page, in both versions."""

from pathlib import Path

import pytest

from tests.stories.looks.everywhere import EVERY_STOP
from tests.stories.looks.visiting import go, visitor

pytestmark = [pytest.mark.browser, pytest.mark.walk]

MEASURE = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
PHONE = {"width": 390, "height": 844}
# 1280 px at 200 % zoom is laid out as 640; 320 px is the narrowest that must do.
SIZES = {"390": PHONE, "320": {"width": 320, "height": 640}, "zoom": {"width": 640, "height": 400},
         "1280": {"width": 1280, "height": 800}}  # fmt: skip
BOTH_VERSIONS = pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])


@pytest.fixture(scope="module")
def measured(chromium, looked_at):
    """measured(stop, elder) → {size or scheme: what measures.js found}, each page visited once."""
    kept = {}
    with visitor(chromium, viewport=PHONE) as page:

        def measure(stop, elder):
            if (stop, elder) not in kept:
                kept[stop, elder] = _measured(page, looked_at, stop, elder)
            return kept[stop, elder]

        yield measure


def _measured(page, site, stop, elder):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    go(page, site, stop, elder=elder)
    found = {"dark": page.evaluate(MEASURE)}
    page.emulate_media(color_scheme="light")
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        found[name] = page.evaluate(MEASURE)
    return found


@EVERY_STOP
@BOTH_VERSIONS
def test_every_text_stands_out_from_what_is_behind_it(measured, stop, elder):
    for scheme in ("390", "dark"):
        faint = [
            (scheme, round(text["contrast"], 2), text["where"], text["words"])
            for text in measured(stop, elder)[scheme]["texts"]
            if text["contrast"] < (3 if text["size"] >= 24 else 4.5)
        ]
        assert faint == []


@EVERY_STOP
def test_no_letter_of_the_larger_version_is_small(measured, stop):
    """The seal is a picture of two characters; its words stand beside it."""
    small = {
        (size, round(text["size"], 1), text["where"], text["words"])
        for size in SIZES
        for text in measured(stop, elder=True)[size]["texts"]
        if text["size"] < 17.9 and "svg.seal" not in text["where"]
    }
    assert small == set()


@EVERY_STOP
@BOTH_VERSIONS
def test_everything_that_is_pressed_is_large_enough(measured, stop, elder):
    """A link inside a sentence is as tall, but no wider than its words."""
    wanted = 60 if elder else 44
    small = {
        (size, round(it["width"]), round(it["height"]), it["where"], it["words"])
        for size in SIZES
        for it in measured(stop, elder)[size]["targets"]
        if it["height"] < wanted - 0.5 or (it["width"] < wanted - 0.5 and not it["inline"])
    }
    assert small == set()


@EVERY_STOP
@BOTH_VERSIONS
def test_nothing_is_cut_or_scrolls_sideways_or_lies_on_something_else(measured, stop, elder):
    for size in SIZES:
        found = measured(stop, elder)[size]
        assert found["wide"] <= 0, size
        assert found["cut"] == [], size
        if not (stop.opens or stop.types):
            assert found["overlaps"] == [], size


@EVERY_STOP
@BOTH_VERSIONS
def test_lines_have_room_between_them(measured, stop, elder):
    tight = {
        (text["where"], text["words"], round(text["line"], 2))
        for size in SIZES
        for text in measured(stop, elder)[size]["texts"]
        if text["lines"] > 1 and text["line"] < 1.29
    }
    assert tight == set()
