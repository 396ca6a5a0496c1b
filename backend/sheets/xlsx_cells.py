"""Listening to the XML of a sheet: what stands in each cell, as text."""

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from backend.sheets.days import EPOCH
from backend.sheets.errors import Unreadable
from backend.sheets.limits import BLANK_ROWS, CELL_CHARACTERS, COLUMNS, REMEMBERED, ROWS
from backend.sheets.lines import Line, rows_after_blank
from backend.sheets.merges import place_of
from backend.sheets.packages import BROKEN
from backend.sheets.shared_strings import unescaped
from backend.sheets.xml_parts import Depth, local

_LAST_SERIAL = 2_958_465
_KNOWN = frozenset({"c", "v", "row", "f", "t", "is", "r", "rPh", "sheetData"})


class Cells(Depth):
    """Listens to a sheet's XML and gathers rows."""

    __slots__ = (
        "blanks",
        "cells",
        "column",
        "current",
        "dates",
        "formula",
        "is_over",
        "kind",
        "last",
        "length",
        "parts",
        "rows",
        "spoken",
        "strings",
        "style",
        "wanted",
    )

    def __init__(self, strings: list[str], dates: frozenset[str]) -> None:
        super().__init__()
        self.strings, self.dates = strings, dates
        self.rows: list[Line] = []
        self.cells: list[str] = []
        self.parts: list[str] = []
        self.current = self.last = self.blanks = self.length = 0
        self.column = -1
        self.kind, self.style = "n", ""
        self.wanted = self.formula = self.spoken = self.is_over = False

    @property
    def is_idle(self) -> bool:
        """Whether many rows in a run were blank, the one being read too so far."""
        return self.blanks > BLANK_ROWS and not (self.cells or self.wanted or self.formula)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.enter()
        tag = name if name in _KNOWN else local(name)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or tag == "t":
            self.wanted = not (self.formula or self.spoken)
        elif tag == "f":
            self.formula = self.wanted = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self.spoken = True

    def text(self, piece: str) -> None:
        """Characters, which count only inside a value."""
        if self.wanted:
            self.length += len(piece)
            if self.length > CELL_CHARACTERS:
                raise Unreadable(
                    f"第 {self.current} 行有一格超过 {CELL_CHARACTERS} 个字，请检查后重新提交。"
                )
            self.parts.append(piece)

    def end(self, name: str) -> None:
        """An element closes."""
        self.depth -= 1
        tag = name if name in _KNOWN else local(name)
        if tag == "c":
            if self.parts or self.formula:
                self._put(self._value())
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self.spoken = False
        elif tag == "sheetData":
            self.is_over = True
        else:
            self.wanted = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self.current += 1
        elif number.isdecimal() and len(number) < 10 and int(number) > self.current:
            self.current = int(number)
        else:
            raise Unreadable(BROKEN)
        self.column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column = self.column + 1 if reference is None else _place(reference)
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.formula = False
        self.length = 0
        self.parts.clear()

    def _end_row(self) -> None:
        self.blanks += 1
        if self.cells:
            if self.current > ROWS:
                raise Unreadable(f"超过 {ROWS} 行，请拆成几份提交。")
            if self.last and self.current - self.last > BLANK_ROWS + 1:
                raise Unreadable(rows_after_blank(self.last))
            self.blanks = 0
            self.rows.append((self.current, self.cells))
            self.last = self.current
            self.cells = []

    def _put(self, value: str) -> None:
        self.parts.clear()
        self.formula = False
        if not value:
            return
        if self.column >= COLUMNS:
            raise Unreadable(f"第 {self.current} 行超过 {COLUMNS} 列，请删掉多余的列再提交。")
        missing = self.column - len(self.cells)
        if missing >= 0:
            self.cells.extend([""] * missing)
            self.cells.append(value)
        else:
            self.cells[self.column] = value

    def _value(self) -> str:
        raw = "".join(self.parts)
        if self.formula:
            return "=" + raw.strip()
        if self.kind == "s":
            try:
                return self.strings[int(raw)]
            except (ValueError, IndexError):
                raise Unreadable(BROKEN) from None
        if self.kind == "n":
            return _written(raw.strip(), self.style in self.dates)
        if self.kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return unescaped(raw)


@lru_cache(maxsize=512)
def _letters_place(letters: str) -> int:
    return place_of(letters)


def _place(reference: str) -> int:
    letters = reference.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise Unreadable(BROKEN)
    return _letters_place(letters.upper())


@lru_cache(maxsize=REMEMBERED)
def _written(raw: str, is_date: bool) -> str:
    """A number as a person would write it; a day as 2026-03-01.

    Whole numbers of eleven digits and more in scientific notation stay so: such a code has been
    through a spreadsheet that may have dropped its digits, and its column must be able to tell.
    """
    try:
        number = float(raw)
    except ValueError:
        return raw
    if is_date and 1 <= number <= _LAST_SERIAL:
        return str(EPOCH + timedelta(days=int(number)))
    if raw.isdecimal() or ("E" in raw.upper() and not abs(number) < 1e11):
        return raw
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(Decimal(repr(number)), "f") if abs(number) < 1e15 else raw
