"""The rows of a CSV, streamed, in whichever encoding it was saved."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import IO

from backend.sheets.errors import Unreadable
from backend.sheets.limits import (
    BLANK_ROWS,
    COLUMNS,
    CSV_LINES_IN_A_ROW,
    HEADER_WITHIN_ROWS,
    MB,
    ROWS,
)
from backend.sheets.lines import Line, rows_after_blank

_BLANK = ' \t\r\n,;"'


@dataclass
class CsvLines:
    """A CSV file; `lines()` may be called again and again."""

    path: Path
    encoding: str
    delimiter: str
    size: int
    file: IO[bytes] | None = field(default=None, init=False)

    def progress(self) -> float:
        """How much of the file has been read, 0 to 1."""
        if self.file is None:
            return 0.0
        return 1.0 if self.file.closed else min(1.0, self.file.tell() / max(1, self.size))

    def head(self) -> list[Line]:
        """The first rows."""
        return list(takewhile(lambda line: line[0] <= HEADER_WITHIN_ROWS, self.lines()))

    def lines(self) -> Iterator[Line]:
        """(row number, cells) of each row that holds anything. Raises Unreadable half way too."""
        with self.path.open("rb") as self.file:
            text = io.TextIOWrapper(self.file, self.encoding, newline="")
            yield from self._rows(text)

    def _rows(self, text: IO[str]) -> Iterator[Line]:
        guard = _LineGuard(text)
        number = last = 0
        try:
            for number, cells in enumerate(
                csv.reader(guard, delimiter=self.delimiter, strict=True), start=1
            ):
                guard.lines = 0
                if any(cells):
                    last = number
                    _refuse_bounds(number, cells)
                    yield number, cells
                elif number - last > BLANK_ROWS:
                    _refuse_more(text, last)
                    return
        except csv.Error:
            raise Unreadable(_open_quote(number + 1)) from None


class _LineGuard:
    """Hands lines to csv, which would gather any number of them for one row."""

    def __init__(self, text: IO[str]) -> None:
        self.text, self.lines = text, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.text:
            self.lines += 1
            if self.lines > CSV_LINES_IN_A_ROW:
                raise csv.Error
            yield line


def _refuse_bounds(number: int, cells: list[str]) -> None:
    if number > ROWS:
        raise Unreadable(f"超过 {ROWS} 行，请拆成几份提交。")
    if len(cells) > COLUMNS:
        if any(cells[COLUMNS:]):
            raise Unreadable(f"第 {number} 行超过 {COLUMNS} 列，请删掉多余的列再提交。")
        del cells[COLUMNS:]


def _refuse_more(text: IO[str], last: int) -> None:
    while piece := text.read(MB):
        if piece.strip(_BLANK):
            raise Unreadable(rows_after_blank(last))


def _open_quote(number: int) -> str:
    return f"第 {number} 行的双引号没有成对，后面的内容会读错，请检查这一行的引号。"
