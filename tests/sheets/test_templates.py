"""The empty sheet handed out can be filled in and handed back."""

from datetime import date

import pytest
from openpyxl import load_workbook

from backend.sheets.forms import Column, Form
from backend.sheets.reading import open_sheet
from backend.sheets.templates import write_template
from tests.sheets.makers import GOOD, HEADER, PRICES, rows_of
from tests.sheets.test_csv import READ

EXAMPLE = {"code": "XJ05AB", "name": "=甲", "price": 180, "day": date(2026, 3, 1), "source": 4}


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_template(PRICES, path, [EXAMPLE])
    return path


def test_the_header_marks_what_is_required_and_stays_in_view(template):
    sheet = load_workbook(template).active
    assert [cell.value for cell in sheet[1]] == ["药品编码*", "通用名*", "中选价*", *HEADER[3:]]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet.column_dimensions["C"].number_format == "0.00"
    assert sheet.column_dimensions["D"].number_format == "yyyy-mm-dd"


def test_the_spreadsheet_itself_checks_choices_and_prices(template):
    book = load_workbook(template)
    checks = {str(c.sqref).split("2:")[0]: c for c in book.active.data_validations.dataValidation}
    assert checks["F"].formula1 == "'选项'!$F$1:$F$2"
    assert [row[5] for row in book["选项"].iter_rows(values_only=True)] == ["小票", "检查"]
    assert book["选项"].sheet_state == "hidden"
    assert checks["E"].formula1 == '"是,否"'
    assert (checks["C"].type, checks["C"].operator) == ("decimal", "greaterThan")


def test_the_guide_explains_every_column_with_an_example(template):
    lines = list(load_workbook(template)["填写说明"].iter_rows(values_only=True))
    explained = {line[0]: line for line in lines[2 : 2 + len(HEADER)]}
    assert set(explained) == set(HEADER)
    assert explained["中选价"][1:3] == ("必填", "金额，单位元，保留两位小数，例如 1.80")
    assert explained["中选价"][4:6] == ("中选价格", "1.80")
    assert explained["来源"][3] == "小票、检查"
    assert explained["通用名"][5] == "'=甲"
    assert lines[-1][:4] == ("XJ05AB", "'=甲", "1.80", "2026-03-01")


def test_an_empty_template_holds_no_rows_and_a_filled_one_is_read(template):
    assert rows_of(template) == []
    book = load_workbook(template)
    book.active.append(GOOD)
    book.save(template)
    sheet = open_sheet(template, PRICES)
    assert sheet.sheet_name == "价格表"
    assert [row.values for row in sheet.rows()] == [READ]


def test_a_title_no_sheet_may_have_is_changed(tmp_path):
    for title in ("价格[1]/说明", "a:b?"):
        path = tmp_path / "a.xlsx"
        write_template(Form("f", title, (Column("甲", "a"),)), path)
        assert open_sheet(path, Form("f", title, (Column("甲", "a"),))).header_row == 1
