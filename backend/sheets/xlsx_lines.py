"""The rows of one sheet of a workbook, streamed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import IO

from backend.sheets.errors import Unreadable
from backend.sheets.limits import HEADER_WITHIN_ROWS
from backend.sheets.lines import Line, rows_after_blank
from backend.sheets.merges import Filler, Range
from backend.sheets.packages import opened
from backend.sheets.xlsx_cells import Cells
from backend.sheets.xml_parts import Parser, pieces

_CONTENT = re.compile(rb"[<:](?:v|f|t|is)[\s>/]")
_SHEET_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_TAG_OVERLAP = 64
_NEVER = 10**9


@dataclass
class XlsxLines:
    """One sheet of a workbook; `lines()` may be called again and again."""

    path: Path
    part: str
    strings: list[str]
    dates: frozenset[str]
    merges: list[Range]
    size: int
    read: int = field(default=0, init=False)

    def progress(self) -> float:
        """How much of the sheet has been read, 0 to 1."""
        return min(1.0, self.read / self.size) if self.size else 1.0

    def head(self) -> list[Line]:
        """The first rows; a header merged across columns still names only the first of them."""
        filler = Filler([(top, left, bottom, left) for top, left, bottom, _ in self.merges])
        return list(
            takewhile(
                lambda line: line[0] <= HEADER_WITHIN_ROWS,
                self._filled_lines(filler, HEADER_WITHIN_ROWS),
            )
        )

    def lines(self) -> Iterator[Line]:
        """(row number, cells) of each row that holds anything, merged values filled in.

        Raises Unreadable, also half way: for damage, bounds passed, rows after a long blank run.
        """
        return self._filled_lines(Filler(self.merges)) if self.merges else self._bare_lines()

    def _filled_lines(self, filler: Filler, until: int = _NEVER) -> Iterator[Line]:
        for number, cells in self._bare_lines(until):
            filler.fill(number, cells)
            yield number, cells

    def _bare_lines(self, until: int = _NEVER) -> Iterator[Line]:
        self.read = 0
        listener = Cells(self.strings, self.dates)
        parser = Parser(start=listener.start, end=listener.end, text=listener.text)
        with opened(self.path) as package, package.open(self.part) as stream:
            tail = b""
            for piece in pieces(stream):
                parser.feed(piece)
                self.read = parser.fed
                yield from listener.rows
                listener.rows.clear()
                if listener.is_over or listener.current > until:
                    break
                tail = piece[-_TAG_OVERLAP:]
                if listener.is_idle:
                    _refuse_more(stream, tail, listener.last)
                    break
            else:
                parser.feed(b"")
        self.read = self.size


def _refuse_more(stream: IO[bytes], tail: bytes, last: int) -> None:
    """Past a long blank run only look for anything written, at the speed of a byte search."""
    for piece in pieces(stream):
        text = tail + piece
        end = _SHEET_END.search(text) if b"sheetData" in text else None
        if _CONTENT.search(text, 0, end.start() if end else len(text)):
            raise Unreadable(rows_after_blank(last))
        if end:
            return
        tail = text[-_TAG_OVERLAP:]
