"""A refused sheet is handed back with the wrong cells marked."""

import pytest
from openpyxl import load_workbook

from backend.sheets.reading import Problem, open_sheet
from backend.sheets.reports import write_report
from tests.sheets.makers import GOOD, HEADER, PRICES, book_file, csv_file, rows_of

BAD = ("A1", "=HYPERLINK(1)", "一块八", "3/1/2026")


@pytest.fixture(params=[csv_file, book_file])
def source(request, tmp_path):
    return request.param(tmp_path, ["价格表"], HEADER, GOOD, BAD, GOOD)


def report(source, tmp_path, problems=None, **options):
    if problems is None:
        problems = [p for row in open_sheet(source, PRICES).rows() for p in row.problems]
    out = tmp_path / "报告.xlsx"
    total = write_report(source, problems, out, PRICES, **options)
    return total, load_workbook(out)


def test_only_wrong_rows_come_back_with_their_wrong_cells_marked(source, tmp_path):
    total, book = report(source, tmp_path)
    sheet = book["需要修改的行"]
    assert total == 3
    assert sheet["A1"].value.startswith("共 3 处问题，涉及 1 行。")
    assert [cell.value for cell in sheet[2]] == ["行号", *HEADER]
    assert sheet.max_row == 3
    assert [cell.value for cell in sheet[3]][:5] == [
        4,
        "A1",
        "'=HYPERLINK(1)",
        "一块八",
        "3/1/2026",
    ]
    marked = {cell.column_letter: cell.comment.text for cell in sheet[3] if cell.comment}
    assert set(marked) == {"C", "D", "E"}
    assert marked["D"] == "'一块八' 不是金额，请填数字，例如 1.80"
    assert sheet["D3"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["B3"].fill.fill_type is None


def test_every_problem_stands_in_a_list(source, tmp_path):
    _, book = report(source, tmp_path)
    lines = list(book["问题清单"].iter_rows(values_only=True))
    assert lines[1] == ("工作表", "行号", "列", "原来的内容", "问题")
    assert lines[3][1:4] == (4, "中选价", "一块八")
    assert lines[2][3] == "'=HYPERLINK(1)"


def test_nothing_in_a_report_is_a_formula(source, tmp_path):
    _, book = report(source, tmp_path)
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types


def test_a_thousand_problems_are_shown_and_the_rest_counted(tmp_path):
    source = csv_file(tmp_path, HEADER, *[BAD] * 600)
    total, book = report(source, tmp_path)
    assert total == 1_800
    assert book["问题清单"]["A1"].value == "共 1800 处问题，这里列出前 1000 处，涉及 334 行。"
    assert book["问题清单"].max_row == 1_002
    total, book = report(source, tmp_path, [Problem("", 2, "", "", "x")], total=7)
    assert (total, book["问题清单"]["A1"].value) == (7, "共 7 处问题，这里列出前 1 处，涉及 1 行。")


def test_a_wrong_row_is_marked_at_its_number_and_a_cell_twice_wrong_says_both(source, tmp_path):
    problems = [
        Problem("", 3, "", "", "整行重复"),
        Problem("", 3, "中选价", "1.80", "太低"),
        Problem("", 3, "药品编码、中选价", "", "与第 2 行重复"),
    ]
    _, book = report(source, tmp_path, problems)
    sheet = book["需要修改的行"]
    assert sheet["A3"].comment.text == "整行重复"
    assert sheet["D3"].comment.text == "太低；与第 2 行重复"
    assert sheet["B3"].comment.text == "与第 2 行重复"


def test_an_unreadable_source_still_gives_the_list(tmp_path):
    source = tmp_path / "a.xlsx"
    source.write_bytes(b"PK\3\4")
    total, book = report(source, tmp_path, [Problem("", 0, "", "", "文件已损坏")])
    assert (total, book.sheetnames) == (1, ["问题清单"])
    assert book["问题清单"]["B3"].value == "整份文件"


def test_the_person_may_have_called_the_source_something_else(source, tmp_path):
    moved = source.rename(tmp_path / "upload.bin")
    problems = [p for row in rows_of(moved, name=source.name) for p in row.problems]
    _, book = report(moved, tmp_path, problems, name=source.name)
    assert "需要修改的行" in book.sheetnames
