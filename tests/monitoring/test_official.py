"""Official figures: taken in whole or not at all, corrected by a later sheet, shown first."""

from datetime import date

import pytest
from openpyxl import Workbook

from backend.intake.models import Publication
from backend.monitoring import wording
from backend.monitoring.arrivals import OfficialKind
from backend.monitoring.lookups import outlet_page
from backend.monitoring.models import OfficialIndex
from backend.monitoring.table import table
from tests.makers import checked, diff, problems, refused, sheet, take
from tests.monitoring.streets import TODAY, street, take_on

ROW = {
    "定点编码": "A0001", "期间": "2026-11", "指数": "1.085", "来源文件": "演示通报一号",
    "发布日期": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def shops(house, tmp_path):
    """Twelve pharmacies with an index, the first a tenth above the others."""
    street(tmp_path, asked={(0, d): "3.74" for d in range(11)})
    take_on(TODAY)
    return house


def bring(folder, *rows, **how):
    return take("official_index", sheet(folder, list(rows)), **how)


def item(code="A0001", **asked):
    return next(one for one in table(**asked)["items"] if one["outlet"]["code"] == code)


def test_an_official_figure_stands_first_with_ours_beside_it(shops, tmp_path):
    assert item()["official"] is None
    assert diff(bring(tmp_path, ROW)) == {"added": 1}
    told = item()
    assert told["permille"] == 1085
    assert told["official"] == {
        "permille": 1085, "document": "演示通报一号", "published_on": "2026-11-20",
    }  # fmt: skip
    assert (told["computed"], told["difference"]) == (1000, 85)
    assert wording.line(told).startswith("A0001  演示0001")
    assert "1.085 官方公布，本系统计算 1.000（差 +0.085）" in wording.line(told)


def test_a_figure_of_another_month_changes_nothing_of_this_one(shops, tmp_path):
    bring(tmp_path, ROW | {"期间": "2026-10"})
    assert item()["official"] is None
    only = table(period="2026-10")
    assert (only["total"], only["computed_on"], only["method"]) == (1, None, "")
    assert only["items"][0]["permille"] == 1085
    assert only["items"][0]["computed"] is None


def test_a_later_sheet_corrects_it_and_the_earlier_figure_stays_readable(shops, tmp_path):
    bring(tmp_path, ROW, ROW | {"定点编码": "A0002"})
    corrected = ROW | {"指数": "1.020", "来源文件": "演示更正"}
    assert diff(bring(tmp_path, corrected, ROW | {"定点编码": "A0002"})) == {
        "changed": 1, "unchanged": 1,
    }  # fmt: skip
    assert item()["permille"] == 1020
    figures = outlet_page("A0001")["figures"]
    assert [(one["permille"], one["document"]) for one in figures] == [
        (1020, "演示更正"), (1085, "演示通报一号"),
    ]  # fmt: skip
    assert diff(checked("official_index", sheet(tmp_path, [corrected]))) == {"unchanged": 1}


def test_the_whole_list_withdraws_what_it_lacks_and_a_later_one_brings_it_back(shops, tmp_path):
    bring(tmp_path, ROW, ROW | {"定点编码": "A0002"})
    assert diff(bring(tmp_path, ROW, whole=True)) == {"withdrawn": 1, "unchanged": 1}
    assert item("A0002")["official"] is None
    assert item("A0002")["permille"] == 1000
    assert item()["permille"] == 1085
    bring(tmp_path, ROW | {"定点编码": "A0002", "指数": "0.950"})
    assert item("A0002")["permille"] == 950


def test_a_sheet_with_anything_wrong_is_refused_whole_naming_rows_and_cells(shops, tmp_path):
    rows = [
        ROW,
        ROW | {"定点编码": "A9999"},
        ROW | {"定点编码": "A0002", "期间": "去年"},
        ROW | {"定点编码": "A0003", "期间": "2026-12"},
        ROW | {"定点编码": "A0004", "指数": "108.5"},
        ROW | {"定点编码": "A0005", "发布日期": "2026-11-25"},
        ROW | {"指数": "1.1"},
        ROW | {"定点编码": "A0006", "来源文件": ""},
    ]
    found = problems(refused("official_index", sheet(tmp_path, rows)))
    assert [(row, column, value) for row, column, value, _ in found] == [
        (3, "定点编码", "A9999"), (4, "期间", "去年"), (5, "期间", "2026-12"),
        (6, "指数", "108.5"), (7, "发布日期", "2026-11-25"), (8, "定点编码", "A0001"),
        (9, "来源文件", ""),
    ]  # fmt: skip
    assert found[5][3] == wording.twice(2)
    assert OfficialIndex.select().count() == 0


def test_a_figure_far_from_one_waits_for_a_persons_yes(shops, tmp_path):
    delivery = checked("official_index", sheet(tmp_path, [ROW | {"指数": "2.500"}]))
    assert delivery.doubt_count == 1
    assert "以 1 为基数" in delivery.diff


def test_the_same_row_twice_is_one_figure(shops, tmp_path):
    assert diff(bring(tmp_path, ROW, ROW)) == {"added": 1}


def test_figures_of_a_publication_to_come_are_not_seen(shops, tmp_path):
    OfficialKind(tell=lambda progress: None).insert(
        [("A0001:2026-11", {"permille": 1900, "document": "x", "published_on": "2026-11-20"})],
        Publication.current() + 1,
    )
    assert item()["official"] is None
    assert outlet_page("A0001")["figures"] == []


def test_it_comes_in_by_the_command_and_by_the_template_for_it(shops, tmp_path):
    run = shops.test_cli_runner().invoke
    path = tmp_path / "模板.xlsx"
    assert run(args=["sheets", "template", "official_index", str(path)]).exit_code == 0
    assert path.stat().st_size > 5_000
    assert shops.test_client().get("/sheets/official_index.xlsx").status_code == 200
    rows = str(sheet(tmp_path, [ROW]))
    answer = run(args=["sheets", "take", "official_index", rows, "--apply"])
    assert (answer.exit_code, "新增 1" in answer.output) == (0, True), answer.output
    assert item()["permille"] == 1085


def test_a_spreadsheet_that_made_a_day_of_the_month_and_a_number_of_the_figure_is_read(
    shops, tmp_path
):
    book = Workbook()
    book.active.append(list(ROW))
    book.active.append(["A0001", date(2026, 10, 1), 1.085, "演示通报", date(2026, 11, 20)])
    book.active.append(["A0002", "2026年11月", 1, "演示通报", "2026-11-20"])
    book.save(tmp_path / "表.xlsx")
    take("official_index", tmp_path / "表.xlsx")
    assert [(row.period, row.permille) for row in OfficialIndex.select()] == [
        ("2026-10", 1085), ("2026-11", 1000),
    ]  # fmt: skip


def test_the_form_has_the_columns_people_are_told_of():
    assert [column.name for column in OfficialKind.form.columns] == list(ROW)
