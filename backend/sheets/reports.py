"""Handing a sheet back: the rows to mend with the wrong cells marked, and the list of problems."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from backend.sheets.errors import Unreadable
from backend.sheets.exports import as_csv_cell
from backend.sheets.forms import Form
from backend.sheets.limits import PROBLEMS_REPORTED
from backend.sheets.lines import Line
from backend.sheets.reading import Sheet, open_sheet
from backend.sheets.rows import Problem

ROWS_SHEET, LIST_SHEET = "需要修改的行", "问题清单"
_WRONG = PatternFill("solid", fgColor="FFC7CE")
_BOLD = Font(bold=True)


def write_report(
    source_path: Path | str,
    problems: Iterable[Problem],
    out_path: Path | str,
    form: Form,
    *,
    name: str | None = None,
    total: int | None = None,
) -> int:
    """Write the annotated .xlsx; returns how many problems there are.

    The first 1,000 are shown. `total` is given when `problems` is already cut short; `name` is
    what the person called the source. A source that cannot be read leaves only the list.
    """
    rest = iter(problems)
    shown = list(islice(rest, PROBLEMS_REPORTED))
    total = max(total or 0, len(shown) + sum(1 for _ in rest))
    book = Workbook(write_only=True)
    try:
        sheet = open_sheet(source_path, form, name=name)
        _write_rows(book, sheet, shown, _summary(shown, total))
    except Unreadable:
        pass
    _write_list(book, shown, _summary(shown, total))
    book.save(out_path)
    return total


def _summary(shown: Sequence[Problem], total: int) -> str:
    rows = len({problem.row for problem in shown})
    if total > len(shown):
        return f"共 {total} 处问题，这里列出前 {len(shown)} 处，涉及 {rows} 行。"
    return f"共 {total} 处问题，涉及 {rows} 行。"


def _write_rows(book: Workbook, sheet: Sheet, problems: Sequence[Problem], summary: str) -> None:
    wanted: dict[int, list[Problem]] = {}
    for problem in problems:
        wanted.setdefault(problem.row, []).append(problem)
    header, lines = _lines_of(sheet, wanted)
    page = book.create_sheet(ROWS_SHEET)
    page.append([_bold(page, summary + "请在原表里改好，再提交原表。")])
    page.append([_bold(page, text) for text in ("行号", *header)])
    for number, cells in lines:
        page.append(_marked(page, sheet, number, cells, wanted[number]))


def _lines_of(sheet: Sheet, wanted: dict[int, list[Problem]]) -> tuple[list[str], list[Line]]:
    """The header's cells, and the wanted rows as far as the source can be read."""
    header: list[str] = []
    found: list[Line] = []
    last = max(wanted, default=0)
    try:
        for number, cells in sheet.lines():
            if number == sheet.header_row:
                header = cells
            elif number in wanted:
                found.append((number, cells))
            if number >= max(last, sheet.header_row):
                break
    except Unreadable:
        pass
    return header, found


def _marked(page, sheet: Sheet, number: int, cells: list[str], problems: list[Problem]) -> list:
    places = sheet.header.places
    width = max(len(cells), 1 + max(places.values()))
    line = [WriteOnlyCell(page, number)]
    line += [WriteOnlyCell(page, as_csv_cell(text)) for text in cells]
    line += [WriteOnlyCell(page, "") for _ in range(width - len(cells))]
    by_name = {column.name: places.get(column.key, -1) for column in sheet.form.columns}
    for problem in problems:
        # A wrong row, or a column the sheet lacks, is marked at the row's number.
        for name in problem.column.split("、"):
            _mark(line[1 + by_name.get(name, -1)], problem.what)
    return line


def _mark(cell, what: str) -> None:
    before = f"{cell.comment.text}；" if cell.comment else ""
    cell.fill = _WRONG
    cell.comment = Comment(before + what, "核对")


def _write_list(book: Workbook, problems: Sequence[Problem], summary: str) -> None:
    page = book.create_sheet(LIST_SHEET)
    page.append([_bold(page, summary)])
    page.append([_bold(page, text) for text in ("工作表", "行号", "列", "原来的内容", "问题")])
    for p in problems:
        row = (p.sheet, p.row or "整份文件", p.column, p.value, p.what)
        page.append([as_csv_cell(value) for value in row])


def _bold(page, text: str):
    cell = WriteOnlyCell(page, as_csv_cell(text))
    cell.font = _BOLD
    return cell
