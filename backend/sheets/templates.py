"""Empty sheets to fill in: the header, the checks a spreadsheet makes itself, the guide."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from backend.sheets.exports import as_csv_cell, as_written
from backend.sheets.forms import Column, Form

GUIDE = "填写说明"
CHOICES = "选项"
LAST_ROW = 1_048_576

_GUIDE_HEADER = ("列名", "是否必填", "填什么", "可填的值", "也可以写成", "示例", "说明")
_KIND_WORDS = {
    "text": "文字",
    "code": "编码，按文本填写，不要让表格软件改成科学计数",
    "url": "网址，以 http:// 或 https:// 开头",
    "list": "可填多个，用顿号分开",
    "choice": "从可填的值里选一个",
    "yes_no": "是 或 否",
    "money": "金额，单位元，保留两位小数，例如 1.80",
    "integer": "整数",
    "degree": "十进制度数，例如 41.8057",
    "date": "日期，例如 2026-03-01",
}
# Text for codes keeps leading zeros and long numbers whole.
_FORMATS = {"money": "0.00", "date": "yyyy-mm-dd", "code": "@", "text": "@", "integer": "0"}
_REQUIRED, _OPTIONAL = (PatternFill("solid", fgColor=c) for c in ("FFE8B3", "DCE9F5"))


def write_template(
    form: Form, path: Path | str | IO[bytes], examples: Sequence[dict[str, Any]] = ()
) -> None:
    """Write the .xlsx to hand out.

    `examples` (key → value as rows give them, or text) stand in 填写说明 only, so that nobody
    hands in an example as a fact.
    """
    book = Workbook()
    sheet, guide = book.active, book.create_sheet(GUIDE)
    sheet.title = _sheet_title(form.title)
    lists = book.create_sheet(CHOICES)
    lists.sheet_state = "hidden"
    for place, column in enumerate(form.columns, start=1):
        _write_header(sheet, place, column)
        _add_checks(sheet, lists, place, column)
    sheet.freeze_panes = "A2"
    _write_guide(guide, form, examples)
    book.save(path)


def _sheet_title(title: str) -> str:
    safe = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31]
    # A sheet called 说明 is taken for instructions when it is read.
    return safe if safe and "说明" not in safe else "数据"


def _write_header(sheet: Worksheet, place: int, column: Column) -> None:
    cell = sheet.cell(1, place, f"{column.name}*" if column.required else column.name)
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED if column.required else _OPTIONAL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = max(12, 2 * len(column.name) + 4)
    if column.kind in _FORMATS:
        sheet.column_dimensions[letter].number_format = _FORMATS[column.kind]


def _add_checks(sheet: Worksheet, lists: Worksheet, place: int, column: Column) -> None:
    check = _check(column)
    if column.kind == "choice" and column.choices:
        letter = get_column_letter(place)
        for row, word in enumerate(column.choices, start=1):
            lists.cell(row, place, word)
        check = DataValidation(
            "list", formula1=f"'{CHOICES}'!${letter}$1:${letter}${len(column.choices)}"
        )
    if check is None:
        return
    check.allow_blank = not column.required
    check.showErrorMessage = True
    check.errorTitle, check.error = column.name[:32], f"请填{_KIND_WORDS[column.kind]}"[:255]
    letter = get_column_letter(place)
    check.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(check)


def _check(column: Column) -> DataValidation | None:
    if column.kind == "yes_no":
        return DataValidation("list", formula1='"是,否"')
    if column.kind == "money":
        return DataValidation("decimal", operator="greaterThan", formula1="0")
    return None


def _write_guide(guide: Worksheet, form: Form, examples: Sequence[dict[str, Any]]) -> None:
    guide.append([f"{form.title}：填写说明（第一行表头不要改；带 * 的列必须填）"])
    guide.append(_GUIDE_HEADER)
    for column in form.columns:
        guide.append([as_csv_cell(value) for value in _explained(column, examples)])
    if examples:
        guide.append([])
        guide.append(["完整示例（只作参考，请填在第一张表里）"])
        guide.append([column.name for column in form.columns])
        for example in examples:
            guide.append([as_csv_cell(as_written(c, example.get(c.key))) for c in form.columns])
    for row in (1, 2):
        for cell in guide[row]:
            cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", (16, 10, 36, 30, 30, 20, 50), strict=True):
        guide.column_dimensions[letter].width = width
    guide.freeze_panes = "A3"


def _explained(column: Column, examples: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    given = (as_written(column, example.get(column.key)) for example in examples)
    return (
        column.name,
        "必填" if column.required else "选填",
        _KIND_WORDS[column.kind],
        "、".join(column.choices or ()),
        "、".join(column.synonyms),
        next((text for text in given if text), ""),
        column.help,
    )
