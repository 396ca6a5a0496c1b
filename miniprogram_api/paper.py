"""Paper: how large what we print is, in millimetres, and how much fits on a sheet.

These sizes are ours: the plan asks for signs and dual price labels, its annex with their look was
not published. static/print.css draws the same millimetres; a test holds both together.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from miniprogram_api.formats import yuan
from miniprogram_api.wording import NO_PRICE

A4 = (210, 297)


class LabelSize(NamedTuple):
    """A shelf label: its width and height in millimetres, and how many stand in a row and a column
    of an A4 sheet within margins of 10 mm."""

    width: int
    height: int
    across: int
    down: int

    @property
    def on_a_sheet(self) -> int:
        """How many labels a sheet holds."""
        return self.across * self.down


LABELS = {"90x50": LabelSize(90, 50, 2, 5), "62x38": LabelSize(62, 38, 3, 7)}
SIGNS = {"a4": A4, "a5": (148, 210)}
# Read at 1.5 m: letters of 7.5 mm and more (1/200 of the distance), so eight drugs a sheet.
BOARD_ROWS = 8

# From so many characters on a text is set smaller, so that it stays inside its label.
_STEPS = (11, 16, 24, 40)
# A price of more letters is set narrower.
LONG = 6


@lru_cache(maxsize=10_000)
def fit(text: str) -> int:
    """The step of smallness of a name, 0 to 4; wide characters count one, others half."""
    wide = sum(1 if ord(sign) > 0x2E80 else 0.55 for sign in text)
    return sum(1 for step in _STEPS if wide > step)


@lru_cache(maxsize=10_000)
def priced(fen: int | None, unit: str) -> Markup:
    """A price in 分 as it is printed, its unit in smaller letters; hundreds of them to a board."""
    if fen is None:
        return Markup('<span class="no-price">{}</span>').format(NO_PRICE)
    written = yuan(fen)
    long = Markup(' class="long"') if len(written) > LONG else ""
    return Markup("<b{}>{}</b><small>元/{}</small>").format(long, written, unit or "盒")


def sheets(things: Sequence, size: int) -> list[Sequence]:
    """The things in sheets of so many; no sheet where there is nothing."""
    return [things[start : start + size] for start in range(0, len(things), size)]
