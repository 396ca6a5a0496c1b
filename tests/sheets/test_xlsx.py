"""Workbooks as WPS, Excel and LibreOffice save them."""

import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from backend.sheets import limits
from backend.sheets.reading import Unreadable, open_sheet
from tests.sheets.makers import (
    GOOD,
    HEADER,
    PRICES,
    book_file,
    raw_book,
    rows_of,
    xml_row,
    xml_sheet,
)
from tests.sheets.test_csv import READ


def test_a_workbook_is_read_like_a_csv(tmp_path):
    sheet = open_sheet(book_file(tmp_path, HEADER, GOOD), PRICES)
    (row,) = sheet.rows()
    assert (row.number, row.values, row.problems) == (2, READ, ())
    assert (sheet.kind, sheet.encoding, sheet.sheet_name) == ("xlsx", None, "Sheet")
    assert sheet.row_count_hint == 2
    assert sheet.progress() == 1.0


def test_numbers_dates_and_truths_are_read_as_people_see_them(tmp_path):
    line = (210102000001.0, 12.5, 4.3499999999999996, datetime(2026, 3, 1, 8, 30), True, "小票")
    (row,) = rows_of(book_file(tmp_path, HEADER, line))
    assert row.problems == ()
    assert row.values["code"] == "210102000001"
    assert row.values["name"] == "12.5"
    assert row.values["price"] == 435
    assert row.values["day"] == date(2026, 3, 1)
    assert row.values["in_stock"] is True


def test_a_serial_without_a_date_format_is_a_day_in_a_date_column(tmp_path):
    rows = rows_of(
        book_file(tmp_path, HEADER, ("A", "甲", 1, 46082), ("B", "乙", 1, date(2026, 3, 1)))
    )
    assert [row.values["day"] for row in rows] == [date(2026, 3, 1)] * 2


def test_a_chinese_date_format_is_known(tmp_path):
    def mend(book):
        book.active["D2"].number_format = 'yyyy"年"m"月"d"日"'
        book.active["H2"].number_format = '0.00"day"'

    (row,) = rows_of(
        book_file(tmp_path, HEADER, ("A", "甲", 1, 46082, None, None, None, 46082), mend=mend)
    )
    assert row.values["day"] == date(2026, 3, 1)
    assert row.values["note"] == "46082"


def number_sheet(raw, style=""):
    cells = (
        f'<c r="A2"{style}><v>{raw}</v></c><c r="B2" t="str"><v>甲</v></c>'
        '<c r="C2"><v>1.8E0</v></c>'
    )
    return xml_sheet(xml_row(1, HEADER), f'<row r="2">{cells}</row>')


@pytest.mark.parametrize("raw", ["8.69E+13", "1.2345678901234501E+17"])
def test_a_code_number_in_scientific_notation_is_spoilt(tmp_path, raw):
    (row,) = rows_of(raw_book(tmp_path, number_sheet(raw)))
    assert [p.column for p in row.problems] == ["药品编码"]
    assert "被表格软件改坏" in row.problems[0].what
    assert row.values["price"] == 180


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("86904180001034", "86904180001034"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("0.29999999999999999", "0.3"),
        ("12.0", "12"),
        ("1E-3", "0.001"),
    ],
)
def test_a_number_is_written_shortest(tmp_path, raw, code):
    assert rows_of(raw_book(tmp_path, number_sheet(raw)))[0].values["code"] == code


def test_a_formula_is_a_problem_even_when_its_result_is_known(tmp_path):
    cells = (
        '<c r="A2" t="str"><v>A</v></c><c r="B2" t="str"><v>甲</v></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c>'
    )
    (row,) = rows_of(raw_book(tmp_path, xml_sheet(xml_row(1, HEADER), f'<row r="2">{cells}</row>')))
    (problem,) = row.problems
    assert (problem.column, problem.value) == ("中选价", "=1+1")
    assert "粘贴为数值" in problem.what


def test_a_shared_formula_and_an_error_value_are_problems(tmp_path):
    cells = (
        '<c r="A2" t="str"><f t="shared" si="0"/><v>A</v></c><c r="B2" t="e"><v>#N/A</v></c>'
        '<c r="C2"><v>1</v></c>'
    )
    (row,) = rows_of(raw_book(tmp_path, xml_sheet(xml_row(1, HEADER), f'<row r="2">{cells}</row>')))
    assert ["公式" in row.problems[0].what, "错误值" in row.problems[1].what] == [True, True]


def test_merged_cells_give_their_value_to_every_row(tmp_path):
    def mend(book):
        book.active.merge_cells("B2:B4")
        book.active.merge_cells("D2:D3")

    path = book_file(
        tmp_path, HEADER, ("A", "甲", 1, "2026-03-01"), ("B", None, 2),
        ("C", None, 3), ("D", "丁", 4),
        mend=mend,
    )  # fmt: skip
    rows = rows_of(path)
    assert [row.values["name"] for row in rows] == ["甲", "甲", "甲", "丁"]
    assert [row.values["day"] for row in rows] == [date(2026, 3, 1)] * 2 + [None] * 2


def test_a_header_of_two_merged_rows_is_understood(tmp_path):
    def mend(book):
        book.active.merge_cells("A1:A2")
        book.active.merge_cells("B1:B2")
        book.active.merge_cells("C1:D1")

    path = book_file(
        tmp_path, ["药品编码", "通用名", "价格", None], [None, None, "中选价", "备注"],
        ["A", "甲", 1.8, "x"],
        mend=mend,
    )  # fmt: skip
    sheet = open_sheet(path, PRICES)
    assert sheet.header_row == 2
    (row,) = sheet.rows()
    assert (row.values["price"], row.values["note"]) == (180, "x")


def test_a_title_merged_across_the_sheet_is_no_header(tmp_path):
    path = book_file(
        tmp_path, ["中选价"], HEADER, GOOD, mend=lambda book: book.active.merge_cells("A1:H1")
    )
    assert open_sheet(path, PRICES).header_row == 2


def test_the_first_visible_matching_sheet_is_read_never_the_instructions(tmp_path):
    book = Workbook()
    book.active.title = "填写说明"
    book.active.append(HEADER)
    for title, state in (
        ("旧表", "hidden"),
        ("目录", "visible"),
        ("价格", "visible"),
        ("再一张", "visible"),
    ):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        if title != "目录":
            sheet.append(HEADER)
            sheet.append((title, *GOOD[1:]))
    book.save(tmp_path / "a.xlsx")
    sheet = open_sheet(tmp_path / "a.xlsx", PRICES)
    assert sheet.sheet_name == "价格"
    assert [row.values["code"] for row in sheet.rows()] == ["价格"]


def test_rich_text_phonetics_and_escapes_are_read_as_text(tmp_path):
    strings = (
        '<sst><si><r><t>阿莫</t></r><r><t xml:space="preserve">西林 </t></r>'
        '<rPh sb="0" eb="1"><t>amo</t></rPh></si>'
        "<si><t>第一行_x000D_\n第二行</t></si></sst>"
    )
    rels = (
        "<Relationships>"
        '<Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml" Type="x/worksheet"/>'
        '<Relationship Id="rId2" Target="strings.xml" Type="x/sharedStrings"/></Relationships>'
    )
    cells = (
        '<c t="str"><v>A</v></c><c t="s"><v>0</v></c><c><v>1</v></c><c r="H2" t="s"><v>1</v></c>'
    )
    path = raw_book(
        tmp_path,
        xml_sheet(xml_row(1, HEADER), f"<row>{cells}</row>"),
        extra={"xl/strings.xml": strings, "xl/_rels/workbook.xml.rels": rels},
    )
    (row,) = rows_of(path)
    assert (row.values["name"], row.values["note"]) == ("阿莫西林", "第一行 第二行")


def test_a_prefixed_xml_is_read_too(tmp_path):
    sheet = xml_sheet(xml_row(1, HEADER), xml_row(2, GOOD))
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        sheet = sheet.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        sheet = sheet.replace(f"</{tag}>", f"</x:{tag}>")
    assert rows_of(raw_book(tmp_path, sheet))[0].values == READ


def test_row_numbers_are_those_of_the_sheet(tmp_path):
    sheet = xml_sheet(xml_row(3, HEADER), xml_row(7, GOOD), "<row/>", xml_row(9, GOOD))
    assert [row.number for row in rows_of(raw_book(tmp_path, sheet))] == [7, 9]


def test_values_right_of_the_table_do_not_disturb_it(tmp_path):
    (row,) = rows_of(book_file(tmp_path, HEADER, (*GOOD, None, "审核：某某")))
    assert row.problems == ()


def test_what_openpyxl_reads_is_what_is_read(tmp_path):
    lines = [(f"K{n}", f"名 {n}", n + 0.25, date(2026, 1, 1 + n % 28), "是") for n in range(300)]
    path = book_file(tmp_path, HEADER, *lines)
    theirs = [
        (code, name, round(price * 100), day.date())
        for code, name, price, day, *_ in load_workbook(path).active.iter_rows(
            min_row=2, values_only=True
        )
    ]
    ours = [tuple(row.values[k] for k in ("code", "name", "price", "day")) for row in rows_of(path)]
    assert ours == theirs


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (xml_sheet(xml_row(1, HEADER), '<row r="1"/>'), "已损坏"),
        (xml_sheet(xml_row(1, HEADER), '<row r="-2"/>'), "已损坏"),
        (xml_sheet(xml_row(1, HEADER), '<row r="2"><c r="??"/></row>'), "已损坏"),
        (xml_sheet(xml_row(1, HEADER), '<row r="2"><c r="A2" t="s"><v>9</v></c></row>'), "已损坏"),
        (xml_sheet(xml_row(1, HEADER))[:-25], "已损坏"),
        (xml_sheet(xml_row(1, HEADER), '<row r="2"><c r="XFD2"><v>1</v></c></row>'), "超过 200 列"),
        (xml_sheet(xml_row(1, HEADER), xml_row(limits.ROWS + 1, GOOD)), "超过 1200000 行"),
        (xml_sheet(xml_row(1, HEADER), xml_row(2, ["x" * 40_000])), "第 2 行有一格超过 32767 个字"),
        (xml_sheet(xml_row(1, HEADER), xml_row(2, GOOD), xml_row(1500, GOOD)), "一千多行"),
    ],
)  # fmt: skip
def test_a_damaged_or_endless_sheet_is_refused(tmp_path, sheet, words):
    with pytest.raises(Unreadable, match=words):
        rows_of(raw_book(tmp_path, sheet))


def test_a_workbook_counting_days_from_1904_is_refused(tmp_path):
    book = '<workbook><workbookPr date1904="1"/></workbook>'
    with pytest.raises(Unreadable, match="1904"):
        open_sheet(raw_book(tmp_path, "", extra={"xl/workbook.xml": book}), PRICES)


def test_a_damaged_package_is_refused(tmp_path):
    path = book_file(tmp_path, HEADER, *[GOOD] * 200)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unreadable, match="已损坏"):
        rows_of(path)
    with zipfile.ZipFile(book_file(tmp_path, HEADER, *[GOOD] * 200)) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    path.write_bytes(whole[:at] + bytes(40) + whole[at + 40 :])
    with pytest.raises(Unreadable, match="已损坏"):
        rows_of(path)
