"""Colours: each has a name with a light and a dark value; nothing else writes one."""

import re

import pytest

from tests.house.project import ROOT

CSS = (ROOT / "miniprogram_api/static/app.css").read_text(encoding="utf-8")
COLOUR = r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)|hsla?\([^)]*\)"
NAMED = re.compile(rf"--([a-z-]+): ({COLOUR})")
LIGHT, DARK = (
    dict(NAMED.findall(re.search(pattern, CSS, re.DOTALL)[1]))
    for pattern in (
        r":root \{(.*?)\n\}",
        r"prefers-color-scheme: dark\) \{\n  :root[^{]*\{(.*?)\n  \}",
    )
)
# Text or sign on what is behind it, and how much it must stand out: 4.5 to be read, 3 to be seen.
READ = [
    (ink, ground)
    for grounds, inks in {
        ("ground", "paper", "tint", "proof"): ("ink", "quiet", "brand"),
        ("track",): ("ink", "brand"),
        ("good-bg",): ("good", "ink"), ("fair-bg",): ("fair", "ink", "quiet"),
        ("bad-bg",): ("bad", "ink"), ("unknown-bg",): ("unknown", "ink"),
        ("brand",): ("on-brand",), ("seal",): ("seal-ink",), ("demo-bg",): ("demo",),
        ("paper",): ("brand-deep", "bad"),
    }.items()
    for ground in grounds
    for ink in inks
]  # fmt: skip
SEEN = [
    (sign, ground)
    for sign in ("edge", "seal", "bar-in", "bar-above", "bar-high", "bar-none")
    for ground in ("paper",)
]


def contrast(one, two):
    """The ratio of WCAG between two colours written #rgb or #rrggbb."""
    high, low = sorted((_light(one), _light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _light(written):
    digits = written.lstrip("#")
    full = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_colour_has_a_name():
    rest = re.sub(rf"--[a-z-]+: (?:{COLOUR});", "", CSS)
    assert re.findall(COLOUR, re.sub(r"/\*.*?\*/", "", rest, flags=re.DOTALL)) == []


def test_no_page_writes_a_colour_of_its_own():
    """A QR code is black on white for the scanner; the bar of a phone's browser takes no names."""
    astray = [
        (path.name, colour)
        for path in sorted((ROOT / "miniprogram_api/templates").glob("*.html"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for colour in re.findall(r'(?:fill|stroke|content|color)="(#[0-9a-fA-F]{3,8})"', line)
        if 'class="qr"' not in line and "theme-color" not in line
    ]
    assert astray == []


def test_what_is_dark_has_a_light_value_too():
    assert set(DARK) <= set(LIGHT)


@pytest.mark.parametrize("values", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("wanted", "pairs"), [(4.5, READ), (3, SEEN)], ids=["read", "seen"])
def test_what_is_read_and_what_is_seen_stand_out(values, wanted, pairs):
    faint = {pair: round(contrast(*(values[name] for name in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < wanted} == {}


def test_the_bar_of_the_browser_has_the_colours_of_the_page():
    base = (ROOT / "miniprogram_api/templates/base.html").read_text(encoding="utf-8")
    bars = dict(
        re.findall(r'theme-color" content="(\S+)" media="\(prefers-color-scheme: (\w+)', base)
    )
    assert bars == {LIGHT["brand"]: "light", DARK["paper"]: "dark"}
