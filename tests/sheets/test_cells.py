"""What a cell is read as, kind by kind."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sheets.cells import reader_for
from backend.sheets.errors import BadCell
from backend.sheets.forms import Column, Form
from backend.sheets.limits import REMEMBERED
from backend.sheets.reading import open_sheet


def read(kind, raw, **facts):
    return reader_for(Column("列", "key", kind, **facts))(raw)


def complaint(kind, raw, **facts):
    with pytest.raises(BadCell) as caught:
        read(kind, raw, **facts)
    return caught.value.what


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("1.80", 180),
        ("1.8", 180),
        ("3", 300),
        ("１２．５０", 1250),
        ("¥1,234.50", 123450),
        ("￥3.2元", 320),
        ("1.80 元/盒", 180),
        ("2.5元每支", 250),
        ("4.3499999999999996", 435),
        ("4.3499999", 435),
        ("0.01", 1),
        ("1.800", 180),
        ("999999999.99", 99999999999),
    ],
)
def test_money_becomes_whole_fen(raw, fen):
    assert read("money", raw) == fen


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("一块八", "'一块八' 不是金额，请填数字，例如 1.80"),
        ("1.234", "不能精确到分"),
        ("0", "必须大于零"),
        ("-3.50", "必须大于零"),
        ("1,23", "不是金额"),
        ("1.80万元", "不是金额"),
        ("1.80元/10片", "不是金额"),
        ("1.2E+3", "不是金额"),
        ("1" * 30, "太大"),
        ("9" * 5000, "不是金额"),
        ("=1+1", "是公式"),
        ("#REF!", "错误值"),
        ("nan", "不是金额"),
        ("١٢", "不是金额"),
    ],
)
def test_what_is_not_money_is_said_in_words(raw, words):
    assert words in complaint("money", raw)


@given(st.integers(1, 10**11 - 1))
def test_every_price_survives_being_written_and_read(fen):
    written = f"{Decimal(fen) / 100:.2f}"
    assert read("money", written) == fen
    assert read("money", f"￥{Decimal(fen) / 100:,.2f} 元") == fen


@given(st.integers(1, 10**7))
def test_a_float_that_stands_for_a_price_is_that_price(fen):
    assert read("money", repr(fen / 100 * 3 / 3)) == fen


def test_bounds_are_in_the_unit_of_the_value():
    assert "最多 100.00 元" in complaint("money", "100.01", maximum=10_000)
    assert "至少 1" in complaint("integer", "0", minimum=1)
    assert "不早于 2020-01-01" in complaint("date", "2019-12-31", minimum=date(2020, 1, 1))
    assert "不晚于 2020-01-01" in complaint("date", "2020-01-02", maximum=date(2020, 1, 1))


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "2026-03-01 00:00:00",
        "2026/3/1 0:00",
        "２０２６－０３－０１",
        "46082",
        "46082.5",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(raw):
    assert read("date", raw) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("3/1/2026", "分不清年月日"),
        ("26-3-1", "分不清年月日"),
        ("2026-02-30", "没有这一天"),
        ("0026-02-03", "年份不对"),
        ("2026-3", "不是日期"),
        ("19999", "不是日期"),
        ("80001", "不是日期"),
        ("2026-3/1", "不是日期"),
        ("下个月", "不是日期"),
    ],
)
def test_a_doubtful_day_is_refused(raw, words):
    assert words in complaint("date", raw)


@given(st.dates(date(1954, 10, 3), date(2119, 1, 10)))
def test_a_serial_and_a_spelling_are_the_same_day(day):
    assert read("date", str((day - date(1899, 12, 30)).days)) == day
    assert read("date", day.isoformat()) == read("date", f"{day:%Y%m%d}") == day


def test_a_long_term_end_is_no_day_even_where_one_is_required():
    assert read("date", "长期", required=True) is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("210102000001.0", "210102000001"),
        ("210102000001", "210102000001"),
        ("007", "007"),
        ("ＸＪ０１", "XJ01"),
        ("国药准字 H20123456", "国药准字H20123456"),
        ("1E5X", "1E5X"),
    ],
)
def test_a_code_is_text_without_what_a_spreadsheet_added(raw, code):
    assert read("code", raw) == code


@pytest.mark.parametrize("raw", ["8.69E+13", "8.69e13", "８．６９Ｅ＋１３", "2E+11"])
def test_a_code_in_scientific_notation_is_spoilt(raw):
    assert "被表格软件改坏" in complaint("code", raw)


@pytest.mark.parametrize("raw", ["是", "有", "√", "Y", "y", "1", "true", "TRUE", "Ｙ"])
def test_yes_has_many_spellings(raw):
    assert read("yes_no", raw) is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "N", "0", "false", "FALSE", " 否 "])
def test_no_has_many_spellings(raw):
    assert read("yes_no", raw) is False


def test_neither_yes_nor_no_is_refused():
    assert "请填 是 或 否" in complaint("yes_no", "可能")


def test_a_choice_gives_its_value_and_names_the_words_it_allows():
    choices = {"小票": 4, "无": 0}
    assert read("choice", "小 票", choices=choices) == 4
    assert read("choice", "无", choices=choices) == 0
    assert "请填：小票、无" in complaint("choice", "听说", choices=choices)


def test_a_list_is_parted_at_every_usual_sign():
    assert read("list", "高血压；糖尿病;高血压、哮喘,冠心病，痛风|其他") == (
        "高血压", "糖尿病", "哮喘", "冠心病", "痛风", "其他",
    )  # fmt: skip
    assert read("list", "小票、检查", choices={"小票": 4, "检查": 5}) == (4, 5)
    assert read("list", "、") is None


def test_degrees_are_decimal_and_on_the_globe():
    assert read("degree", "123.4315°") == 123.4315
    assert read("degree", "41.8", minimum=38, maximum=44) == 41.8
    assert "十进制度数" in complaint("degree", "41°48′")
    assert "十进制度数" in complaint("degree", "181")


def test_a_whole_number_may_have_separators():
    assert read("integer", "1,200") == read("integer", "1200.0") == 1200
    assert "不是整数" in complaint("integer", "30.5")
    assert "太大" in complaint("integer", "1" * 20)


def test_a_web_address_is_http():
    assert read("url", "https://ybj.shenyang.gov.cn/a?b=1") == "https://ybj.shenyang.gov.cn/a?b=1"
    assert "不是网址" in complaint("url", "javascript:alert(1)")


@pytest.mark.parametrize("raw", ["", " ", "-", "—", "/", "无", "　", "－－－－", "--"])
def test_an_empty_mark_is_nothing_or_missing(raw):
    assert read("text", raw) is None
    assert complaint("text", raw, required=True) == "必填，不能为空"


@pytest.mark.parametrize(
    "raw", ["=cmd|' /C calc'!A0", "+SUM(A1)", "-1+cmd", "@SUM(A1)", "＝1+1", "\t=1"]
)
@pytest.mark.parametrize("kind", ["text", "code", "list"])
def test_text_that_would_run_as_a_formula_is_refused(raw, kind):
    assert "公式" in complaint(kind, raw)


@pytest.mark.parametrize("raw", ["-5", "+86 24 2345-6789", "-0.5", "(+)维生素", "0.25g*24"])
def test_numbers_and_telephones_are_no_formulas(raw):
    assert read("text", raw) == raw


def test_invisible_signs_and_line_breaks_do_not_stay_in_text():
    assert read("text", "阿莫\u200b西林\n 胶囊\u202e ") == "阿莫西林 胶囊"


def test_text_may_be_as_long_as_its_column_says():
    assert read("text", "药" * 5, max_length=5) == "药药药药药"
    assert "有 6 个字，最多 5 个字" in complaint("text", "药" * 6, max_length=5)


def test_a_reader_remembers_no_more_than_it_may():
    remember = reader_for(Column("价", "price", "money"))
    for fen in range(100, 100 + 3 * REMEMBERED):
        remember(str(fen))
    assert len(remember.__self__) <= REMEMBERED


@given(
    st.sampled_from(
        ["text", "money", "integer", "date", "yes_no", "degree", "list", "code", "url"]
    ),
    st.text(),
)
def test_any_text_is_a_value_or_a_sentence(kind, raw):
    sentence = ""
    try:
        read(kind, raw)
    except BadCell as bad:
        sentence = bad.what
    assert not sentence.endswith("。")
    assert len(sentence) < 200


def test_days_do_not_drift_at_the_edge_of_serials():
    assert read("date", "20000") == date(1899, 12, 30) + timedelta(days=20_000)
    assert read("date", "80000") == date(2119, 1, 11)


def test_a_cell_the_spreadsheet_lost_is_a_doubt_where_the_column_is_optional(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("名称,企业\n甲,#NAME?\n#REF!,乙\n", encoding="utf-8")
    form = Form("x", "表", (Column("名称", "name", required=True), Column("企业", "firm")))
    one, other = open_sheet(path, form).rows()
    assert (one.values["firm"], one.problems, one.doubts[0].column) == (None, (), "企业")
    assert (other.problems[0].column, other.doubts) == ("名称", ())
