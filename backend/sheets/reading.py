"""Opening a sheet somebody handed in: which sheet, which header, then its rows one by one."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.sheets.contents import kind_of
from backend.sheets.csv_lines import CsvLines
from backend.sheets.encodings import encoding_of
from backend.sheets.errors import Unreadable
from backend.sheets.forms import Form
from backend.sheets.headers import Header, best_header
from backend.sheets.limits import HEADER_WITHIN_ROWS, READ_BYTES, ROWS
from backend.sheets.lines import Line, Lines
from backend.sheets.merges import merged_ranges
from backend.sheets.packages import check, opened
from backend.sheets.rows import Problem, Row, RowReader
from backend.sheets.shared_strings import shared_strings
from backend.sheets.workbooks import date_styles, part_opened, read_workbook
from backend.sheets.xlsx_lines import XlsxLines

__all__ = ["Problem", "Row", "Sheet", "Unreadable", "open_sheet"]

_NOT_A_LIST = ("说明", "instruction", "readme")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*ref=\"[A-Z]+\d+:[A-Z]+(\d+)\"")


@dataclass(frozen=True)
class Sheet:
    """A sheet whose header was found; `kind` is xlsx or csv, `encoding` a CSV's.

    `row_count_hint` is an estimate for progress bars only.
    """

    form: Form
    source: Lines
    header: Header
    sheet_name: str
    kind: str
    encoding: str | None
    row_count_hint: int | None

    @property
    def header_row(self) -> int:
        """The header's row number, from 1."""
        return self.header.row

    @property
    def columns_found(self) -> dict[str, str]:
        """Key → the header as it is written in the sheet."""
        return dict(self.header.written)

    @property
    def ignored_headers(self) -> tuple[str, ...]:
        """Headers that the form does not know."""
        return self.header.ignored

    def progress(self) -> float:
        """How much has been read, 0 to 1."""
        return self.source.progress()

    def lines(self) -> Iterator[Line]:
        """(row number, text of the cells) of every row, the header's and those above it too."""
        return self.source.lines()

    def rows(self) -> Iterator[Row]:
        """The rows below the header, each with what is wrong with it; blank ones are left out.

        Each call reads from the start. Raises Unreadable also half way: the sheet is then refused
        whole, and what was read before must not be kept.
        """
        reader = RowReader(
            self.form, self.header, sheet=self.sheet_name, shifts_show=self.kind == "csv"
        )
        for number, cells in self.source.lines():
            if number > self.header.row:
                row = reader.read(number, cells)
                if row is not None:
                    yield row


def open_sheet(path: Path | str, form: Form, *, name: str | None = None) -> Sheet:
    """Open a sheet by a form; `name` is what the person called the file.

    Raises Unreadable, with a Chinese sentence, for every file that cannot be read whole.
    """
    path = Path(path)
    name = Path(name or path.name).name
    return _open_csv(path, form, name) if kind_of(path, name) == "csv" else _open_xlsx(path, form)


def _open_csv(path: Path, form: Form, name: str) -> Sheet:
    encoding = encoding_of(path)
    size = path.stat().st_size
    attempts = []
    for delimiter in ",\t;":
        source = CsvLines(path, encoding, delimiter, size)
        header = best_header(source.head(), form)
        attempts.append((header, source, name))
        if header and not header.missing:
            break
    header, source, _ = _found(attempts, form)
    return Sheet(form, source, header, name, "csv", encoding, _csv_rows(path, size))


def _csv_rows(path: Path, size: int) -> int:
    with path.open("rb") as file:
        start = file.read(READ_BYTES)
    return min(ROWS, size * (start.count(b"\n") or 1) // len(start))


def _open_xlsx(path: Path, form: Form) -> Sheet:
    attempts = []
    with opened(path) as package:
        check(package, packed=path.stat().st_size)
        for name, source, hint in _sources(package, path):
            header = best_header(source.head(), form)
            attempts.append((header, source, name, hint))
            if header and not header.missing:
                break
    header, source, name, hint = _found(attempts, form)
    return Sheet(form, source, header, name, "xlsx", None, hint)


def _sources(package: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, XlsxLines, int | None]]:
    book = read_workbook(package)
    strings = shared_strings(package, book.strings)
    dates = date_styles(package, book.styles)
    for name, part in book.sheets:
        if any(word in name.casefold() for word in _NOT_A_LIST):
            continue
        with part_opened(package, part) as stream:
            dimension = _DIMENSION.search(stream.read(4096))
        with part_opened(package, part) as stream:
            merges = merged_ranges(stream)
        size = package.getinfo(part).file_size
        hint = min(ROWS, int(dimension[1][:9])) if dimension else None
        yield name, XlsxLines(path, part, strings, dates, merges, size), hint


def _found(attempts: list[tuple], form: Form) -> tuple:
    """The first attempt with a whole header, or the sentence for the one that came nearest."""
    matching = [attempt for attempt in attempts if attempt[0]]
    if not matching:
        wanted = "、".join(column.name for column in form.required or form.columns)
        raise Unreadable(
            f"前 {HEADER_WITHIN_ROWS} 行里没有找到“{form.title}”的表头，应有的列：{wanted}。"
        )
    best = max(matching, key=lambda attempt: (not attempt[0].missing, len(attempt[0].places)))
    header: Header = best[0]
    if header.missing:
        raise Unreadable(
            f"“{best[2]}”缺少必填的列：{'、'.join(header.missing)}；"
            f"第 {header.row} 行找到的列：{'、'.join(header.written.values())}。"
            "请对照模板补上表头。"
        )
    if header.repeated:
        raise Unreadable(f"表头“{'、'.join(header.repeated)}”出现了不止一次，请只留一列。")
    return best
