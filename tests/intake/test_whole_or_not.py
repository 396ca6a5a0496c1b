"""One action for every kind of sheet: look at the difference, then take it whole or not at all."""

import json
import shutil

import pytest
from openpyxl import load_workbook

from backend.catalog.models import Alias, Drug, ProductCode
from backend.errors import NotNow
from backend.intake import actions as intake
from backend.intake.models import Delivery, Publication, Staged
from backend.outlets.models import Outlet
from backend.prices.models import Observation, Offer, StagedPrice
from backend.prices.sheetkinds import sheet_kinds
from backend.sheets.reading import Problem
from backend.sheets.reports import write_report
from tests import makers
from tests.makers import A_DRUG, A_PRICE, AN_OUTLET, checked, diff, problems, refused, sheet, take

AN_ALIAS = {"别名": "格华止", "通用名": "盐酸二甲双胍片", "生产企业": "甲药业有限公司"}
ROWS = {
    "drugs": [A_DRUG | {"药品编码": code} for code in ("D1", "D2", "D3")],
    "aliases": [AN_ALIAS | {"别名": name} for name in ("甲", "乙", "丙")],
    "outlets": [AN_OUTLET | {"定点编码": code} for code in ("A1", "A2", "A3")],
    "prices": [A_PRICE | {"药品编码": code} for code in ("D1", "D2", "D3")],
    "product_codes": [{"码": f"000000{n}", "药品编码": f"D{n}", "来源": "演示"} for n in (1, 2, 3)],
}
# Another content for the second row of each.
CHANGE = {
    "drugs": {"批准文号": "国药准字H1"},
    "aliases": {"病种": "糖尿病"},
    "outlets": {"电话": "024-1"},
    "prices": {"价格": "3.50", "观测日期": "2026-11-21"},
    "product_codes": {"药品编码": "D1"},
}
TABLES = {
    "drugs": Drug, "aliases": Alias, "outlets": Outlet, "prices": Offer,
    "product_codes": ProductCode,
}  # fmt: skip
KINDS = pytest.mark.parametrize("kind", list(ROWS))


@pytest.fixture
def ready(house, tmp_path):
    """A house with what prices need; the kind under test starts empty unless it is needed."""

    def prepare(kind):
        if kind in ("prices", "product_codes"):
            take("drugs", sheet(tmp_path, ROWS["drugs"]))
        if kind == "prices":
            take("outlets", sheet(tmp_path, ROWS["outlets"]))

    return prepare


def count(kind):
    """How many things of a kind a reader sees."""
    table = TABLES[kind]
    return len(makers.visible()) if kind == "prices" else table.seen().count()


@KINDS
def test_a_dry_run_shows_the_difference_and_changes_nothing(ready, tmp_path, kind):
    ready(kind)
    delivery = checked(kind, sheet(tmp_path, ROWS[kind]))
    assert (delivery.state, delivery.rows, diff(delivery)) == ("checked", 3, {"added": 3})
    assert count(kind) == 0


@KINDS
def test_the_difference_tells_added_changed_and_unchanged_apart(ready, tmp_path, kind):
    ready(kind)
    one, two, three = ROWS[kind]
    take(kind, sheet(tmp_path, [one, two]))
    delivery = checked(kind, sheet(tmp_path, [one, two | CHANGE[kind], three]))
    assert diff(delivery) == {"added": 1, "changed": 1, "unchanged": 1}
    example = json.loads(delivery.diff)["examples"][0]
    assert example["row"] == 3
    intake.publish(sheet_kinds()[kind], delivery)
    assert count(kind) == 3


@pytest.mark.parametrize("kind", ["drugs", "aliases", "outlets", "product_codes"])
def test_what_a_whole_list_lacks_is_withdrawn_and_comes_back_with_the_next(ready, tmp_path, kind):
    ready(kind)
    one, two, three = ROWS[kind]
    take(kind, sheet(tmp_path, [one, two, three]))
    shorter = sheet(tmp_path, [one, three], name="shorter.csv")
    assert diff(checked(kind, shorter)) == {"unchanged": 2}
    assert diff(checked(kind, shorter, whole=True)) == {"unchanged": 2, "withdrawn": 1}
    take(kind, shorter, whole=True)
    in_force = sheet_kinds()[kind].codes_in_force
    assert len(list(in_force())) == 2
    take(kind, sheet(tmp_path, [one, two, three]), whole=True)
    assert len(list(in_force())) == 3


@KINDS
def test_the_same_file_twice_changes_nothing(ready, tmp_path, kind):
    ready(kind)
    path = sheet(tmp_path, ROWS[kind])
    take(kind, path)
    before = Publication.current()
    again = checked(kind, path)
    assert diff(again) == {"unchanged": 3}
    assert intake.publish(sheet_kinds()[kind], again).state == "cleared"
    assert (Publication.current(), count(kind)) == (before, 3)


@KINDS
def test_the_same_rows_in_another_file_change_nothing_either(ready, tmp_path, kind):
    ready(kind)
    take(kind, sheet(tmp_path, ROWS[kind]))
    take(kind, sheet(tmp_path, ROWS[kind][:1], name="between.csv"))
    backwards = sheet(tmp_path, ROWS[kind][::-1], name="backwards.csv")
    assert diff(checked(kind, backwards)) == {"unchanged": 3}


def test_a_file_that_was_superseded_is_not_taken_for_the_last_one(house, tmp_path):
    first = sheet(tmp_path, [AN_OUTLET | {"电话": "024-1"}], name="first.csv")
    second = sheet(tmp_path, [AN_OUTLET | {"电话": "024-2"}], name="second.csv")
    for path in (first, second, first):
        take("outlets", path)
    assert Outlet.get().phone == "024-1"


WRONG = {
    "drugs": ({"中选价": "一块八"}, "中选价", "一块八"),
    "aliases": ({"通用名": ""}, "通用名", ""),
    "outlets": ({"区县": "浑南县"}, "区县", "浑南县"),
    "prices": ({"药品编码": "D9"}, "药品编码", "D9"),
    "product_codes": ({"药品编码": "D9"}, "药品编码", "D9"),
}


@KINDS
def test_one_bad_row_refuses_the_whole_sheet_and_names_the_cell(ready, tmp_path, kind):
    ready(kind)
    change, column, value = WRONG[kind]
    one, two, three = ROWS[kind]
    path = sheet(tmp_path, [one, two | change, three], name="坏.csv")
    delivery = refused(kind, path)
    (found,) = json.loads(delivery.problems)
    assert (found["row"], found["column"], found["value"]) == (3, column, value)
    assert found["sheet"] == "坏.csv"
    assert found["what"]
    assert count(kind) == 0
    assert Staged.select().count() + StagedPrice.select().count() == 0


@KINDS
def test_the_report_is_the_persons_own_sheet_with_the_wrong_cell_marked(ready, tmp_path, kind):
    ready(kind)
    change, column, value = WRONG[kind]
    path = sheet(tmp_path, [ROWS[kind][0], ROWS[kind][1] | change])
    delivery = refused(kind, path)
    found = [Problem(**facts) for facts in json.loads(delivery.problems)]
    write_report(path, found, tmp_path / "report.xlsx", sheet_kinds()[kind].form)
    rows, listed = load_workbook(tmp_path / "report.xlsx").worksheets
    header = [cell.value for cell in rows[2]]
    cell = rows.cell(3, header.index(column) + 1)
    assert found[0].what in cell.comment.text
    assert [c.value or "" for c in listed[3]] == ["sheet.csv", 3, column, value, found[0].what]


def test_every_problem_is_counted_and_the_first_thousand_are_kept_in_order(house, tmp_path):
    rows = [AN_OUTLET | {"定点编码": f"A{n}", "区县": "无"} for n in range(1_200)]
    rows[5] |= {"纬度": "九十"}
    delivery = refused("outlets", sheet(tmp_path, rows))
    listed = [row for row, *_ in problems(delivery)]
    assert (delivery.problem_count, len(listed)) == (1_201, 1_000)
    assert listed == sorted(listed)


def test_a_file_that_breaks_off_half_way_is_refused_whole(house, tmp_path):
    path = tmp_path / "broken.csv"
    rows = sheet(tmp_path, [AN_OUTLET | {"定点编码": f"A{n}"} for n in range(6_000)])
    path.write_bytes(rows.read_bytes() + b'"A,\n\xff\xfe\x00')
    delivery = refused("outlets", path)
    assert delivery.state == "refused"
    assert Outlet.select().count() == Staged.select().count() == 0


def test_a_refused_sheet_cannot_be_published(house, tmp_path):
    delivery = refused("outlets", sheet(tmp_path, [AN_OUTLET | {"区县": "无"}]))
    with pytest.raises(NotNow):
        intake.publish(sheet_kinds()["outlets"], delivery)


def test_a_sheet_is_published_once(house, tmp_path):
    kind = sheet_kinds()["outlets"]
    delivery = checked("outlets", sheet(tmp_path, [AN_OUTLET]))
    intake.publish(kind, delivery)
    with pytest.raises(NotNow):
        intake.publish(kind, delivery)
    assert Delivery.get().state == "published"


def test_a_difference_that_is_out_of_date_must_be_looked_at_again(house, tmp_path):
    kind = sheet_kinds()["outlets"]
    slow = checked("outlets", sheet(tmp_path, [AN_OUTLET], name="slow.csv"))
    take("outlets", sheet(tmp_path, [AN_OUTLET | {"电话": "024-1"}]))
    with pytest.raises(NotNow, match="重新核对"):
        intake.publish(kind, slow)
    intake.publish(kind, slow)
    assert Outlet.get().phone == "024-1"


def test_a_change_elsewhere_does_not_ask_for_another_look(house, tmp_path):
    slow = checked("outlets", sheet(tmp_path, [AN_OUTLET], name="slow.csv"))
    take("drugs", sheet(tmp_path, [A_DRUG]))
    assert intake.publish(sheet_kinds()["outlets"], slow).state == "published"


def test_two_sheets_read_at_the_same_time_do_not_mix(ready, tmp_path):
    """Their staged rows lie interleaved; publishing one shows nothing of the other."""
    ready("prices")
    kind = sheet_kinds()["prices"]
    other = sheet(tmp_path, ROWS["prices"][1:2], name="other.csv")

    def in_between(step, share):
        if step == "读取" and not StagedPrice.select().where(StagedPrice.delivery_id > 3).exists():
            take_in.append(intake.receive(kind, other))

    take_in = []
    first, third = ROWS["prices"][0], ROWS["prices"][2]
    rows = [first] + [first | {"观测日期": f"2026-{m:02d}-{d:02d}"}
                      for m in range(1, 11) for d in range(1, 28)]  # fmt: skip
    path = sheet(tmp_path, [third] + rows * 20)
    delivery = intake.receive(kind, path, progress=in_between)
    assert len(take_in) == 1
    intake.publish(kind, delivery)
    assert [code for code, *_ in makers.visible()] == ["D1", "D3"]
    assert Observation.select().where(Observation.delivery == take_in[0].id).count() == 0


def test_a_sheet_handed_in_again_takes_the_place_of_its_dry_run(ready, tmp_path):
    ready("prices")
    path = sheet(tmp_path, ROWS["prices"])
    shutil.copy(path, tmp_path / "copy.csv")
    first = checked("prices", path)
    checked("prices", tmp_path / "copy.csv")
    assert Delivery.get_by_id(first.id).state == "cleared"
    assert StagedPrice.select().count() == 3
