"""Merged cells: one value stands for a whole range, so it is filled through it."""

import re
from typing import IO

from backend.sheets.errors import Unreadable
from backend.sheets.limits import COLUMNS, MERGES
from backend.sheets.packages import BROKEN
from backend.sheets.xml_parts import pieces

_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_LONGEST_TAG = 200

Range = tuple[int, int, int, int]


def place_of(letters: str) -> int:
    """The position from 0 of a column's letters: A → 0, AA → 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def merged_ranges(stream: IO[bytes]) -> list[Range]:
    """(first row, first column from 0, last row, last column) of each merge, by first row.

    They stand after the rows they concern, so the part is searched as bytes before it is parsed;
    reading it to the end also checks the package's checksum.
    """
    found: list[Range] = []
    tail = b""
    for piece in pieces(stream):
        text = tail + piece
        end = 0
        if b"mergeCell" in text:
            for match in _MERGE.finditer(text):
                found.append(_range(*match.groups()))
                end = match.end()
            if len(found) > MERGES:
                raise Unreadable("合并的单元格太多，请取消合并后重新提交。")
        tail = text[max(end, len(text) - _LONGEST_TAG) :]
    return sorted(found)


def _range(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Range:
    return int(top), place_of(left.decode()), int(bottom), place_of(right.decode())


class Filler:
    """Fills merged values into rows that come in order."""

    def __init__(self, ranges: list[Range]) -> None:
        self.waiting = sorted((r for r in ranges if r[1] < COLUMNS), reverse=True)
        self.active: list[tuple[Range, str]] = []

    def fill(self, number: int, cells: list[str]) -> None:
        """Write the values of the merges that reach this row into its cells."""
        self.active = [(r, value) for r, value in self.active if r[2] >= number]
        while self.waiting and self.waiting[-1][0] <= number:
            merged = self.waiting.pop()
            if merged[0] == number and merged[1] < len(cells) and cells[merged[1]]:
                self.active.append((merged, cells[merged[1]]))
        if len(self.active) > COLUMNS:
            raise Unreadable(BROKEN)
        for (_, left, _, right), value in self.active:
            last = min(right, COLUMNS - 1)
            cells.extend([""] * (last + 1 - len(cells)))
            for place in range(left, last + 1):
                cells[place] = cells[place] or value
