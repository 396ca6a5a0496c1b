"""Sheets to read: honest ones made with openpyxl, dishonest ones made by hand."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from backend.sheets.forms import Column, Form
from backend.sheets.reading import Row, open_sheet

PRICES = Form(
    key="prices",
    title="价格表",
    columns=(
        Column("药品编码", "code", "code", synonyms=("医保编码",), required=True, max_length=40),
        Column("通用名", "name", synonyms=("药品名称",), required=True, max_length=30),
        Column("中选价", "price", "money", synonyms=("中选价格",), required=True),
        Column("执行日期", "day", "date", synonyms=("日期",)),
        Column("有货", "in_stock", "yes_no"),
        Column("来源", "source", "choice", choices={"小票": 4, "检查": 5}),
        Column("病种", "tags", "list"),
        Column("备注", "note"),
    ),
)
HEADER = tuple(column.name for column in PRICES.columns)
GOOD = ("XJ05AB", "阿莫西林胶囊", "1.80", "2026-03-01", "是", "小票", "高血压、糖尿病", "窗口")

_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": (
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="价格" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    ),
}


def csv_file(folder: Path, *lines: Sequence[str] | str, encoding="utf-8", name="价格.csv") -> Path:
    """A CSV with the header row given first, or the usual one when lines are tuples only."""
    text = "\r\n".join(line if isinstance(line, str) else ",".join(line) for line in lines)
    path = folder / name
    path.write_bytes((text + "\r\n").encode(encoding))
    return path


def book_file(folder: Path, *lines: Sequence, name="价格.xlsx", mend=None) -> Path:
    """A workbook of one sheet; `mend(book)` changes it before it is saved."""
    book = Workbook()
    for line in lines:
        book.active.append(list(line))
    if mend:
        mend(book)
    path = folder / name
    book.save(path)
    return path


def raw_book(folder: Path, sheet: Iterable[str] | str, *, extra=None, name="价格.xlsx") -> Path:
    """A workbook whose sheet is this XML, streamed in; `extra` adds or replaces parts."""
    path = folder / name
    parts = {**_PARTS, **(extra or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, text in parts.items():
            package.writestr(part, text)
        if "xl/worksheets/sheet1.xml" not in parts:
            with package.open("xl/worksheets/sheet1.xml", "w") as stream:
                for piece in [sheet] if isinstance(sheet, str) else sheet:
                    stream.write(piece.encode())
    return path


def xml_row(number: int, cells: Sequence[str]) -> str:
    """A row of inline strings."""
    inside = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


def xml_sheet(*rows: str) -> str:
    """A whole sheet of these rows."""
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def blank_rows(count: int, before: str = "", after: str = "") -> Iterator[str]:
    """The XML of a sheet with a header, a row, then `count` empty rows."""
    yield f"<worksheet><sheetData>{xml_row(1, HEADER)}{xml_row(2, GOOD)}{before}"
    for _ in range(count // 10_000):
        yield "<row/>" * 10_000
    yield f"{after}</sheetData></worksheet>"


def rows_of(path: Path, form: Form = PRICES, **options) -> list[Row]:
    """All rows of a file."""
    return list(open_sheet(path, form, **options).rows())
