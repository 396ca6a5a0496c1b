"""CSV files as WPS, Excel and LibreOffice save them, and as nobody should."""

from datetime import date

import pytest

from backend.sheets import limits
from backend.sheets.forms import Column, Form
from backend.sheets.reading import Unreadable, open_sheet
from tests.sheets.makers import GOOD, HEADER, PRICES, csv_file, rows_of

READ = {
    "code": "XJ05AB",
    "name": "阿莫西林胶囊",
    "price": 180,
    "day": date(2026, 3, 1),
    "in_stock": True,
    "source": 4,
    "tags": ("高血压", "糖尿病"),
    "note": "窗口",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encoding_it_was_saved_in(tmp_path, encoding):
    sheet = open_sheet(csv_file(tmp_path, HEADER, GOOD, encoding=encoding), PRICES)
    assert sheet.encoding == encoding
    (row,) = sheet.rows()
    assert (row.number, row.values, row.problems) == (2, READ, ())


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_tabs_and_semicolons_part_columns_too(tmp_path, delimiter):
    path = csv_file(tmp_path, delimiter.join(HEADER), delimiter.join(GOOD))
    assert rows_of(path)[0].values == READ


def test_a_sheet_can_be_read_again_and_tells_how_far_it_is(tmp_path):
    sheet = open_sheet(csv_file(tmp_path, HEADER, *[GOOD] * 5_000), PRICES)
    assert sheet.kind == "csv"
    assert sheet.sheet_name == "价格.csv"
    assert sheet.row_count_hint == pytest.approx(5_000, rel=0.1)
    rows = sheet.rows()
    next(rows)
    assert 0 < sheet.progress() < 1
    assert len(list(rows)) == 4_999
    assert sheet.progress() == 1.0
    assert len(list(sheet.rows())) == 5_000


def test_a_problem_names_row_column_value_and_cure(tmp_path):
    path = csv_file(tmp_path, "题目", HEADER, GOOD, ("A1", "甲", "一块八"))
    row = rows_of(path)[1]
    (problem,) = row.problems
    assert problem.sentence == "第 4 行 中选价：'一块八' 不是金额，请填数字，例如 1.80。"
    assert (problem.sheet, problem.row, problem.column) == ("价格.csv", 4, "中选价")
    assert problem.value == "一块八"
    assert row.values["price"] is None
    assert row.values["name"] == "甲"


def test_blank_rows_are_skipped_and_still_counted(tmp_path):
    path = csv_file(tmp_path, HEADER, GOOD, "", ",,,,", " , ,　", GOOD)
    assert [row.number for row in rows_of(path)] == [2, 6]


def test_blank_rows_are_skipped_where_no_column_is_required(tmp_path):
    form = Form("f", "表", (Column("甲", "a"), Column("乙", "b")))
    assert [row.number for row in rows_of(csv_file(tmp_path, "甲,乙", " ,", "1,"), form)] == [3]


def test_a_cell_with_line_breaks_is_one_row(tmp_path):
    path = csv_file(tmp_path, HEADER, 'A1,"阿莫\n西林",1.80', GOOD)
    rows = rows_of(path)
    assert [row.number for row in rows] == [2, 3]
    assert rows[0].values["name"] == "阿莫 西林"


def test_a_row_with_values_but_without_the_required_ones_is_a_problem(tmp_path):
    (row,) = rows_of(csv_file(tmp_path, HEADER, ",甲,,2026-03-01"))
    assert [p.column for p in row.problems] == ["药品编码", "中选价"]


def test_a_note_under_the_list_is_one_problem_not_many(tmp_path):
    *_, note = rows_of(csv_file(tmp_path, HEADER, GOOD, ",,,,,,,填表人：某某"))
    (problem,) = note.problems
    assert "表尾说明" in problem.what
    assert problem.sentence.startswith("第 3 行：")


def test_a_comma_inside_a_text_does_not_shift_prices_unseen(tmp_path):
    path = csv_file(tmp_path, "药品编码,通用名,中选价", "A1,胶囊,0.25g,1.80", "A2,甲,1.80,,")
    shifted, fine = rows_of(path)
    assert "有 4 格，表头只有 3 格" in shifted.problems[0].what
    assert not any(shifted.values.values())
    assert not fine.problems


def test_rows_that_must_differ_are_compared(tmp_path):
    form = Form("p", "表", PRICES.columns, unique=("code", "day"))
    path = csv_file(tmp_path, HEADER, GOOD, ("B", *GOOD[1:]), GOOD)
    rows = rows_of(path, form)
    assert [len(row.problems) for row in rows] == [0, 0, 1]
    assert "与第 2 行重复" in rows[2].problems[0].what
    assert rows[2].problems[0].column == "药品编码、执行日期"


def refused(path, name=None):
    with pytest.raises(Unreadable) as caught:
        rows_of(path, name=name)
    assert caught.value.words.endswith("。")
    return caught.value.words


def test_bytes_that_do_not_decode_are_named_by_row(tmp_path):
    path = csv_file(tmp_path, HEADER, GOOD, GOOD)
    path.write_bytes(path.read_bytes() + b"A1,\xff\xfe,1.80\r\n")
    assert "第 4 行附近有认不出的字符" in refused(path)
    path.write_bytes("药品编码\n".encode("gb18030") + b"\xff\xff\n")
    assert "第 2 行附近" in refused(path)


def test_a_character_cut_off_at_the_end_is_noticed(tmp_path):
    path = csv_file(tmp_path, HEADER, GOOD)
    path.write_bytes(path.read_bytes() + "药".encode()[:2])
    assert "第 3 行附近" in refused(path)


def test_a_wide_character_may_stand_across_two_reads(tmp_path):
    path = tmp_path / "a.csv"
    start = ",".join(HEADER) + "\nA1,甲,1.80\nA2,"
    padding = "x" * (limits.READ_BYTES - len(start.encode()) - 1)
    path.write_text(f"{start}药,1.80,,,,,{padding}\n")
    assert len(rows_of(path)) == 2


def test_nul_bytes_and_utf16_are_refused(tmp_path):
    path = csv_file(tmp_path, HEADER, GOOD)
    path.write_bytes(path.read_bytes() + b"A1,\0,1\n")
    assert "第 3 行附近有空字符" in refused(path)
    path.write_bytes("药品编码\t通用名\n".encode("utf-16"))
    assert "UTF-16" in refused(path)


def test_an_endless_line_is_refused(tmp_path):
    path = csv_file(tmp_path, HEADER, "x" * (limits.CSV_LINE_BYTES + limits.READ_BYTES))
    assert "第 2 行太长" in refused(path)


@pytest.mark.parametrize("lines", [3, 500])
def test_an_open_quotation_mark_does_not_swallow_rows(tmp_path, lines):
    path = csv_file(tmp_path, HEADER, GOOD, 'A1,"甲,1.80', *[GOOD] * lines)
    assert "第 3 行的双引号没有成对" in refused(path)


def test_too_many_columns_are_refused_unless_empty(tmp_path):
    wide = [*GOOD, *[""] * limits.COLUMNS]
    assert len(rows_of(csv_file(tmp_path, HEADER, wide))) == 1
    assert "超过 200 列" in refused(csv_file(tmp_path, HEADER, [*wide, "1"]))


def test_too_many_rows_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w") as file:
        file.write("药品编码,通用名,中选价\n")
        file.writelines(["A,B,1\n"] * limits.ROWS)
    lines = open_sheet(path, PRICES).lines()
    with pytest.raises(Unreadable, match="超过 1200000 行"):
        sum(1 for _ in lines)


def test_blank_lines_at_the_end_are_no_rows_but_rows_after_them_are_not_lost(tmp_path):
    path = csv_file(tmp_path, HEADER, GOOD, *[",,,,"] * 200_000)
    assert len(rows_of(path)) == 1
    path.write_bytes(path.read_bytes() + b"A1,B,1.80\r\n")
    assert "第 2 行之后空了一千多行" in refused(path)
