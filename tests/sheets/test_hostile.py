"""Files made to hurt: each is refused with a sentence, in bounded memory."""

import struct
import tracemalloc
import zipfile
from contextlib import contextmanager

import pytest

from backend.sheets import limits
from backend.sheets.reading import Unreadable, open_sheet
from tests.sheets.makers import (
    GOOD,
    HEADER,
    PRICES,
    blank_rows,
    book_file,
    csv_file,
    raw_book,
    rows_of,
    xml_row,
    xml_sheet,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
ONE_ROW = xml_sheet(xml_row(1, HEADER), xml_row(2, GOOD))
WITH_STRINGS = (
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="x/worksheet"/>'
    '<Relationship Id="rId2" Target="strings.xml" Type="x/sharedStrings"/></Relationships>'
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
)


def refused(path, name=None):
    with pytest.raises(Unreadable) as caught:
        rows_of(path, name=name)
    assert caught.value.words.endswith("。")
    return caught.value.words


@contextmanager
def within(megabytes):
    """The block must not hold more memory than this at any moment."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * limits.MB
    finally:
        tracemalloc.stop()


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", OLE, "旧版 .xls"),
        ("a.xlsx", OLE, "旧版 .xls"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("a.et", OLE, "WPS 专用格式"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("a.xlsx", b"\xef\xbb\xbf \r\n<?xml version='1.0'?><Workbook/>", "网页"),
        ("a.csv", "<table>".encode("utf-16"), "网页"),
        ("a.xlsx", ",".join(HEADER).encode(), "内容却是纯文本"),
        ("a.pdf", b"%PDF-1.7", "不是表格文件"),
        ("a.csv", b"%PDF-1.7", "不是表格文件"),
        ("a.doc", b"abc", "只接收 .xlsx 和 .csv"),
        ("a.csv", b"", "是空的"),
        ("a.csv", b" \r\n", "是空的"),
        ("a.xlsx", b"PK\3\4 and nothing more", "已损坏"),
        ("a.xlsx", b"PK\3\4" + b"PK\5\6", "已损坏"),
    ],
)
def test_what_is_no_sheet_is_refused_by_its_content(tmp_path, name, content, words):
    assert words in refused(written(tmp_path, name, content))


def test_the_name_a_person_gave_is_the_one_that_counts(tmp_path):
    path = book_file(tmp_path, HEADER, GOOD)
    assert "扩展名是 .csv，内容却是工作簿" in refused(path, name="价格.csv")
    assert "“价格.xlsm”带有宏" in refused(path, name="../某处/价格.xlsm")
    assert "二进制工作簿" in refused(path, name="价格.xlsb")
    assert len(rows_of(path.rename(tmp_path / "upload"), name="价格.XLSX")) == 1
    assert "没有找到文件" in refused(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "有宏"),
        ("xl/macrosheets/sheet1.xml", "有宏表"),
        ("xl/externalLinks/externalLink1.xml", "指向其他工作簿的链接"),
        ("XL\\ExternalLinks/externalLink1.xml", "指向其他工作簿的链接"),
        ("xl/embeddings/oleObject1.bin", "嵌有其他文件"),
        ("xl/activeX/activeX1.xml", "控件"),
        ("xl/connections.xml", "外部数据连接"),
    ],
)
def test_a_workbook_that_brings_more_than_cells_is_refused(tmp_path, part, words):
    assert words in refused(raw_book(tmp_path, ONE_ROW, extra={part: "x"}))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/zip")
    assert "不是 .xlsx 工作簿" in refused(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/strings.xml"])
def test_an_entity_bomb_is_refused_in_every_part(tmp_path, part):
    parts = {"xl/_rels/workbook.xml.rels": WITH_STRINGS, "xl/strings.xml": "<sst/>", part: BOMB}
    assert "DTD 或实体" in refused(raw_book(tmp_path, ONE_ROW, extra=parts))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "")
        package.writestr("xl/workbook.xml", "")
        with package.open("xl/worksheets/sheet1.xml", "w") as stream:
            for _ in range(48):
                stream.write(bytes(limits.MB))
    with within(megabytes=4):
        assert "压缩炸弹" in refused(path)


def test_a_package_that_lies_about_its_sizes_is_broken(tmp_path):
    path = raw_book(tmp_path, ONE_ROW)
    whole = bytearray(path.read_bytes())
    entry = whole.rindex(b"PK\1\2")
    struct.pack_into("<L", whole, entry + 24, 100)
    path.write_bytes(whole)
    assert "已损坏" in refused(path)
    struct.pack_into("<L", whole, entry + 24, limits.UNPACKED_BYTES + 1)
    struct.pack_into("<L", whole, entry + 20, limits.UNPACKED_BYTES // 2)
    path.write_bytes(whole)
    assert "已损坏" in refused(path)


def test_a_package_of_very_many_parts_is_refused_unopened(tmp_path):
    extra = {f"xl/media/{number}.png": "" for number in range(limits.ENTRIES)}
    path = raw_book(tmp_path, ONE_ROW, extra=extra)
    assert "部件太多" in refused(path)


def test_a_directory_that_swells_in_its_long_form_is_refused(tmp_path):
    path = raw_book(tmp_path, ONE_ROW)
    whole = path.read_bytes()
    at = whole.rindex(b"PK\5\6")
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 5, 5, limits.DIRECTORY_BYTES * 9, 0
    )
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    path.write_bytes(whole[:at] + record + locator + whole[at:])
    assert "部件太多" in refused(path)


def test_a_locked_part_and_a_strange_compression_are_refused(tmp_path):
    path = raw_book(tmp_path, ONE_ROW)
    whole = bytearray(path.read_bytes())
    entry = whole.rindex(b"PK\1\2")
    whole[entry + 8] |= 1
    path.write_bytes(whole)
    assert "加密的内容" in refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("xl/workbook.xml", "x")
    assert "已损坏" in refused(path)


def test_five_million_blank_rows_end_the_sheet(tmp_path):
    path = raw_book(tmp_path, blank_rows(5_000_000))
    with within(megabytes=4):
        assert [row.number for row in rows_of(path)] == [2]


def test_a_row_after_five_million_blank_ones_is_not_lost_in_silence(tmp_path):
    path = raw_book(tmp_path, blank_rows(5_000_000, after=xml_row(5_000_003, GOOD)))
    with within(megabytes=4):
        assert "第 2 行之后空了一千多行" in refused(path)


def test_a_sheet_formatted_to_its_last_row_and_column_is_read(tmp_path):
    styled = "".join(f'<c r="{letters}2" s="1"/>' for letters in ("A", "ZZ", "XFD"))
    rows = "".join(f'<row r="{n}" spans="1:8"><c r="A{n}" s="3"/></row>' for n in range(3, 5_000))
    sheet = xml_sheet(xml_row(1, HEADER), f'<row r="2">{styled}</row>', rows)
    assert rows_of(raw_book(tmp_path, sheet)) == []


@pytest.mark.parametrize(
    "sheet",
    [
        lambda: "<a>" * 200_000,
        lambda: "<worksheet " + "".join(f'a{n}="" ' for n in range(200_000)),
        lambda: "<worksheet>" + "".join(f"<a{n}/>" for n in range(200_000)),
        lambda: f'<worksheet a="{"x" * 3_000_000}"/>',
    ],
    ids=["deep", "attributes", "names", "one long tag"],
)
def test_xml_that_would_swell_the_parser_is_refused(tmp_path, sheet):
    path = raw_book(tmp_path, sheet())
    with within(megabytes=16):
        assert "已损坏" in refused(path)


def test_a_sheet_in_another_encoding_than_utf8_is_refused(tmp_path):
    sheet = f'<?xml version="1.0" encoding="UTF-16"?>{ONE_ROW}'.encode("utf-16")
    path = raw_book(tmp_path, "", extra={"xl/worksheets/sheet1.xml": sheet})
    assert "已损坏" in refused(path)


def test_too_many_and_overlapping_merges_are_refused(tmp_path):
    many = '<mergeCell ref="A9:A10"/>' * (limits.MERGES + 1)
    assert "合并的单元格太多" in refused(raw_book(tmp_path, ONE_ROW + many))
    overlapping = ONE_ROW + '<mergeCell ref="A2:A1000000"/>' * (limits.COLUMNS + 1)
    assert "已损坏" in refused(raw_book(tmp_path, overlapping))


def test_too_many_shared_strings_are_refused(tmp_path):
    strings = "<sst>" + "<si/>" * (limits.SHARED_STRINGS + 1)
    parts = {"xl/_rels/workbook.xml.rels": WITH_STRINGS, "xl/strings.xml": strings}
    assert "不同的文字太多" in refused(raw_book(tmp_path, ONE_ROW, extra=parts))


def test_a_missing_part_is_damage(tmp_path):
    rels = (
        '<Relationships><Relationship Id="rId1" Target="gone.xml" Type="x/worksheet"/>'
        "</Relationships>"
    )
    path = raw_book(tmp_path, ONE_ROW, extra={"xl/_rels/workbook.xml.rels": rels})
    assert "已损坏" in refused(path)
    rels = "<Relationships/>"
    path = raw_book(tmp_path, ONE_ROW, extra={"xl/_rels/workbook.xml.rels": rels})
    assert "没有可见的工作表" in refused(path)


def test_a_file_past_its_size_is_refused_unread(tmp_path):
    for name, most in (("a.xlsx", limits.XLSX_BYTES), ("a.csv", limits.CSV_BYTES)):
        path = written(tmp_path, name, b"PK\3\4" if name == "a.xlsx" else b"a,b\n")
        with path.open("r+b") as file:
            file.truncate(most + 1)
        with within(megabytes=1):
            assert f"超过 {most // limits.MB} MB" in refused(path)


def test_reading_a_long_csv_and_a_long_workbook_holds_little(tmp_path):
    lines = [",".join((f"K{n}", *GOOD[1:])) for n in range(15_000)]
    path = csv_file(tmp_path, HEADER, *lines)
    rows = (xml_row(number, GOOD) for number in range(2, 9_000))
    book = raw_book(tmp_path, xml_sheet(xml_row(1, HEADER), *rows))
    for file in (path, book):
        with within(megabytes=6):
            assert sum(1 for _ in open_sheet(file, PRICES).rows()) in (15_000, 8_998)
