"""The table of staff: sorted, filtered, paged without a gap, read on a terminal and as a sheet."""

import csv
from datetime import UTC, date, datetime

import pytest

from backend.errors import BadCursor, BadInput, NotFound
from backend.monitoring import wording
from backend.monitoring.lookups import outlet_page, public_example
from backend.monitoring.models import OfficialIndex
from backend.monitoring.rows import SORTS
from backend.monitoring.table import every_row, table
from backend.outlets.models import Outlet
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.makers import sheet, take
from tests.monitoring.streets import TODAY, ask, street, take_on


def codes(told):
    return [item["outlet"]["code"] for item in told["items"]]


@pytest.fixture
def shops(house, tmp_path):
    """Twelve pharmacies: A0000 a fifth above, A0001 a tenth, A0002 a tenth below, one unknown."""
    dear = {(0, d): "4.08" for d in range(11)} | {(1, d): "3.74" for d in range(11)}
    dear |= {(2, d): "3.06" for d in range(11)} | {(11, d): None for d in range(5)}
    street(tmp_path, asked=dear)
    take_on(TODAY)
    return house


def officially(code, permille, period="2026-11"):
    OfficialIndex.create(
        outlet_id=Outlet.coded(code).id, period=period, born=1, permille=permille,
        document="演示通报", published_on=TODAY,
    )  # fmt: skip


def test_the_highest_index_stands_first_and_the_unknown_last(shops):
    told = table()
    assert codes(told)[:2] == ["A0000", "A0001"]
    assert codes(told)[-2:] == ["A0002", "A0011"]
    assert [item["permille"] for item in told["items"]][:2] == [1200, 1100]
    assert told["items"][-1]["permille"] is None
    assert (told["period"], told["total"], told["method"]) == ("2026-11", 12, "vpi-1")
    assert "无法判定" in wording.line(told["items"][-1])


def test_an_official_figure_takes_its_place_in_the_order(shops):
    officially("A0005", 1150)
    assert codes(table())[:3] == ["A0000", "A0005", "A0001"]
    assert codes(table(sort="official"))[0] == "A0005"


def test_it_is_sorted_as_asked(shops):
    assert codes(table(sort="code")) == [f"A{n:04d}" for n in range(12)]
    assert codes(table(sort="drugs"))[-1] == "A0011"
    with pytest.raises(BadInput, match="没有这种排法"):
        table(sort="name")


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 5, 12])
def test_page_after_page_gives_the_whole_table_in_its_order(shops, sort, size):
    officially("A0005", 1150)
    whole, found, cursor = codes(table(sort=sort)), [], ""
    while cursor is not None:
        told = table(sort=sort, page_size=size, cursor=cursor)
        found += codes(told)
        cursor = told["next"]
    assert found == whole
    assert len(whole) == 12


def test_a_cursor_belongs_to_its_question(shops):
    cursor = table(page_size=3)["next"]
    with pytest.raises(BadCursor):
        table(page_size=3, sort="code", cursor=cursor)


def test_districts_and_kinds_are_filters_and_unknown_ones_are_refused(shops):
    assert table(district="210103")["total"] == 12
    assert table(district="210104")["total"] == 0
    assert table(kind="single_pharmacy")["total"] == 12
    assert table(kind="chain_pharmacy")["total"] == 0
    for asked in ({"district": "999999"}, {"kind": "kiosk"}, {"period": "某月"}):
        with pytest.raises(BadInput):
            table(**asked)


def test_a_month_nobody_computed_is_said_in_words(shops):
    with pytest.raises(NotFound, match="2026-08 没有算过"):
        table(period="2026-08")


def test_before_the_first_night_it_says_so(house):
    with pytest.raises(NotFound, match="第一个夜里"):
        table()


def test_the_trend_compares_ours_with_ours_and_official_with_official(shops, tmp_path):
    outside.clock = StoppedClock(datetime(2026, 12, 1, 2, tzinfo=UTC))
    ask(tmp_path, range(12), asked={(0, d): "3.74" for d in range(11)}, day=date(2026, 12, 1))
    take_on(date(2026, 12, 1))
    told = {item["outlet"]["code"]: item for item in table()["items"]}
    assert (told["A0000"]["permille"], told["A0000"]["trend"]) == (1100, -100)
    assert told["A0002"]["trend"] == 100
    assert told["A0011"]["trend"] is None
    officially("A0000", 1300, "2026-12")
    assert table()["items"][0]["trend"] is None
    officially("A0000", 1310)
    assert table()["items"][0]["trend"] == -10
    assert codes(table(sort="trend"))[0] == "A0002"


def test_one_outlet_is_shown_with_every_price_it_stands_on(shops):
    told = outlet_page("A0000")
    assert len(told["observations"]) == 11
    first = told["observations"][0]
    assert (first["price_fen"], first["reference_fen"], first["permille"]) == (408, 340, 1200)
    # A0011 does not sell five of them.
    assert {line["pharmacies"] for line in told["observations"]} == {11, 12}
    assert first["offer"].startswith("P")


def test_an_outlet_without_an_index_says_why(shops, tmp_path):
    take("outlets", sheet(tmp_path, [{"定点编码": "C1", "机构名称": "演示站", "区县": "沈河区",
                                      "机构类别": "社区卫生服务站"}]))  # fmt: skip
    with pytest.raises(NotFound, match="只有医保定点零售药店才算"):
        outlet_page("C1")
    with pytest.raises(NotFound):
        outlet_page("NOBODY")


def test_the_command_writes_the_whole_table_as_a_sheet(shops, tmp_path):
    officially("A0005", 1150)
    out, run = tmp_path / "指数.csv", shops.test_cli_runner().invoke
    answer = run(args=["monitoring", "table", "--csv", str(out), "--period", "2026-11"])
    assert (answer.exit_code, "12 行已写到" in answer.output) == (0, True), answer.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == wording.COLUMNS
    assert (rows[0]["定点编码"], rows[0]["指数"], rows[0]["出自"]) == (
        "A0000",
        "1.200",
        "本系统计算",
    )
    fifth = next(row for row in rows if row["定点编码"] == "A0005")
    assert (fifth["指数"], fifth["本系统计算"], fifth["官方减本系统"], fifth["来源文件"]) == (
        "1.150", "1.000", "0.15", "演示通报",
    )  # fmt: skip
    assert rows[-1]["指数"] == "无法判定"
    assert len(list(every_row())) == 12


def test_the_commands_read_on_a_terminal(shops):
    run = shops.test_cli_runner().invoke
    told = run(args=["monitoring", "table", "--most", "2"]).output
    assert told.splitlines()[0] == "2026-11 量价比较指数，12 家药店，算于 2026-11-24，算法 vpi-1"
    assert len(told.splitlines()) == 3
    shown = run(args=["monitoring", "show", "A0000"]).output
    assert "1.200" in shown.splitlines()[0]
    assert "4.08 元，对照 3.40 元" in shown
    assert run(args=["monitoring", "take"]).output == "11 家药店有指数。\n"
    refused = run(args=["monitoring", "show", "NOBODY"])
    assert (refused.exit_code, "没有这个机构编码" in refused.output) == (1, True)


def test_the_example_for_everybody_adds_up_and_names_no_outlet(shops):
    told = public_example()
    assert sum(line["permille"] for line in told["lines"]) == told["sum"]
    assert (2 * told["sum"] + len(told["lines"])) // (2 * len(told["lines"])) == told["permille"]
    assert told["day"] == "2026-11-24"
    assert "A0" not in str(told)
