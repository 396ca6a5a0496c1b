"""The header is found wherever it stands and however it is written."""

import pytest

from backend.sheets.forms import Column, Form
from backend.sheets.headers import best_header, normal
from backend.sheets.reading import Unreadable, open_sheet
from tests.sheets.makers import GOOD, HEADER, PRICES, book_file, csv_file, rows_of


@pytest.mark.parametrize(
    "written",
    [
        "中选价",
        "中选价（元）",
        " 中 选\n价 *",
        "＊中选价（元/盒）",
        "中选价（必填）",
        "\ufeff中选价",
        "中选价(单位：元)",
    ],
)
def test_units_marks_and_spaces_do_not_hide_a_header(written):
    assert normal(written) == "中选价"


@pytest.mark.parametrize("written", ["中选价（万元）", "中选价（分）", "中选价（旧）"])
def test_a_note_that_changes_the_value_makes_another_header(written):
    assert normal(written) != "中选价"


def test_a_header_is_found_under_title_rows(tmp_path):
    path = book_file(tmp_path, ["2026 年价格表"], [], ["制表：某某", "中选价"], HEADER, GOOD)
    sheet = open_sheet(path, PRICES)
    assert sheet.header_row == 4
    assert [row.number for row in sheet.rows()] == [5]


def test_synonyms_and_unknown_headers_are_told_apart(tmp_path):
    path = csv_file(tmp_path, "医保编码,药品名称,厂家,中选价格（元）", "A1,甲,某厂,1.80")
    sheet = open_sheet(path, PRICES)
    assert sheet.columns_found == {
        "code": "医保编码",
        "name": "药品名称",
        "price": "中选价格（元）",
    }
    assert sheet.ignored_headers == ("厂家",)
    (row,) = sheet.rows()
    assert row.values["price"] == 180
    assert row.values["note"] is None
    assert set(row.values) == {column.key for column in PRICES.columns}


def test_a_columns_own_name_comes_before_its_synonyms(tmp_path):
    path = csv_file(tmp_path, "药品编码,药品名称,通用名,中选价", "A1,别名,甲,1.80")
    assert rows_of(path)[0].values["name"] == "甲"


def test_a_missing_header_is_named_with_those_found(tmp_path):
    path = csv_file(tmp_path, "药品编码,通用名,备注", "A1,甲,")
    with pytest.raises(
        Unreadable, match="缺少必填的列：中选价；第 1 行找到的列：药品编码、通用名、备注"
    ):
        open_sheet(path, PRICES)


def test_a_sheet_without_any_header_says_which_it_wants(tmp_path):
    with pytest.raises(
        Unreadable, match="没有找到“价格表”的表头，应有的列：药品编码、通用名、中选价"
    ):
        open_sheet(csv_file(tmp_path, "A,B", "1,2"), PRICES)


def test_a_header_below_the_twentieth_row_is_not_looked_for(tmp_path):
    with pytest.raises(Unreadable, match="前 20 行"):
        open_sheet(csv_file(tmp_path, *["说明"] * 20, HEADER, GOOD), PRICES)


def test_a_header_that_stands_twice_is_not_guessed_at(tmp_path):
    with pytest.raises(Unreadable, match="“中选价”出现了不止一次"):
        open_sheet(csv_file(tmp_path, "药品编码,通用名,中选价,中选价", "A1,甲,1,2"), PRICES)


def test_the_row_with_every_required_header_wins_over_a_longer_one():
    form = Form("f", "表", (Column("甲", "a", required=True), *(Column(c, c) for c in "乙丙丁")))
    assert best_header([(1, ["乙", "丙", "丁"]), (2, ["甲", "乙"])], form).row == 2
    assert best_header([(1, ["x"]), (2, [])], form) is None


def test_a_form_whose_columns_cannot_be_told_apart_is_a_mistake():
    clash = Form("f", "表", (Column("甲", "a", synonyms=("乙",)), Column("乙", "b")))
    with pytest.raises(ValueError, match="known as"):
        best_header([(1, ["甲"])], clash)
    with pytest.raises(ValueError, match="share a key"):
        Form("f", "表", (Column("甲", "a"), Column("乙", "a")))
    with pytest.raises(ValueError, match="no column has the key"):
        Form("f", "表", (Column("甲", "a"),), unique=("b",))
    with pytest.raises(ValueError, match="needs its words"):
        Column("甲", "a", "choice")
    with pytest.raises(ValueError, match="no kind"):
        Column("甲", "a", "price")
