"""Outlet sheets: places converted once, doubts that wait, rows that add up or contradict."""

import json

import pytest

from backend.errors import NotNow
from backend.intake import actions as intake
from backend.outlets.models import BadgeSpan, Outlet
from backend.outlets.places import metres_between
from backend.outside import outside
from backend.prices.sheetkinds import sheet_kinds
from search import Query
from tests.makers import AN_OUTLET, checked, diff, outlet, problems, refused, sheet, take


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"机构类别": "超市"}, "机构类别"),
        ({"区县": "海淀区"}, "区县"),
        ({"纬度": ""}, "纬度"),
        ({"经度": ""}, "经度"),
        ({"坐标系": "北京54"}, "坐标系"),
        ({"纬度": "95"}, "纬度"),
        ({"三进起始日": ""}, "三进起始日"),
        ({"营业时间": "早上到晚上"}, "营业时间"),
        ({"定点编码": ""}, "定点编码"),
    ],
)
def test_a_cell_that_cannot_be_is_named(house, tmp_path, change, column):
    ((row, found, *_),) = problems(refused("outlets", sheet(tmp_path, [AN_OUTLET | change])))
    assert (row, found) == (2, column)


@pytest.mark.parametrize("written", ["沈河区", "沈河", "210103"])
def test_a_district_is_known_by_its_name_or_code(house, tmp_path, written):
    assert outlet(tmp_path, 区县=written).district == "210103"


def test_positions_of_every_system_come_to_the_same_place(house, tmp_path):
    """One spot of the city, as three maps give it."""
    spots = [("41.796600", "123.459400", "GCJ-02"), ("41.794565", "123.453848", "WGS-84"),
             ("41.802848", "123.465822", "BD-09")]  # fmt: skip
    rows = [
        AN_OUTLET | {"定点编码": f"A{n}", "纬度": lat, "经度": lon, "坐标系": system}
        for n, (lat, lon, system) in enumerate(spots)
    ]
    take("outlets", sheet(tmp_path, rows))
    places = [(o.lat, o.lon) for o in Outlet.select().order_by(Outlet.code)]
    assert places[0] == (41.7966, 123.4594)
    assert all(metres_between(places[0], place) < 60 for place in places)


def test_an_outlet_without_a_position_is_taken_in(house, tmp_path):
    found = outlet(tmp_path, 纬度="", 经度="")
    assert (found.lat, found.lon) == (None, None)


def test_a_position_outside_the_stated_district_waits_for_a_persons_yes(house, tmp_path):
    kind = sheet_kinds()["outlets"]
    delivery = checked("outlets", sheet(tmp_path, [AN_OUTLET | {"区县": "和平区"}]))
    (doubt,) = json.loads(delivery.diff)["doubtful"]
    assert (delivery.doubt_count, doubt["row"], doubt["code"]) == (1, 2, "A1")
    assert "和平区" in doubt["what"]
    assert "沈河区" in doubt["what"]
    with pytest.raises(NotNow, match="确认"):
        intake.publish(kind, delivery)
    assert Outlet.select().count() == 0
    intake.publish(kind, delivery, accept_doubts=True)
    assert Outlet.get().district == "210102"


def test_what_was_accepted_once_is_not_doubted_again(house, tmp_path):
    row = AN_OUTLET | {"区县": "和平区"}
    take("outlets", sheet(tmp_path, [row]))
    other = AN_OUTLET | {"定点编码": "A2"}
    assert checked("outlets", sheet(tmp_path, [row, other])).doubt_count == 0


def test_the_stretches_of_a_badge_add_up_row_by_row(house, tmp_path):
    rows = [
        AN_OUTLET | {"三进起始日": "2026-03-01", "三进有效期至": "2026-05-31"},
        AN_OUTLET | {"三进状态": "暂停", "三进起始日": "2026-06-01", "变更原因": "逾期"},
        AN_OUTLET | {"三进起始日": "2026-09-01"},
    ]
    header = dict.fromkeys(["三进有效期至", "变更原因"], "")
    take("outlets", sheet(tmp_path, [header | row for row in rows]))
    spans = BadgeSpan.select().order_by(BadgeSpan.since)
    assert [(s.state, str(s.since), s.until and str(s.until), s.reason) for s in spans] == [
        ("active", "2026-03-01", "2026-05-31", ""),
        ("suspended", "2026-06-01", None, "逾期"),
        ("active", "2026-09-01", None, ""),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"地址": "另一条街"},
        {"三进状态": "暂停"},
        {"纬度": "41.80"},
        {"状态": "撤销"},
    ],
)
def test_two_rows_that_tell_one_outlet_differently_contradict(house, tmp_path, change):
    row = AN_OUTLET | {"地址": "一条街", "状态": "在用"}
    path = sheet(tmp_path, [row, row | change])
    ((number, _, value, what),) = problems(refused("outlets", path))
    assert (number, value) == (3, "A1")
    assert "第 2 行" in what


def test_a_position_in_the_second_row_only_contradicts_too(house, tmp_path):
    rows = [AN_OUTLET | {"纬度": "", "经度": ""}, AN_OUTLET]
    assert "第 2 行" in problems(refused("outlets", sheet(tmp_path, rows)))[0][3]


def test_columns_the_sheet_lacks_keep_what_is_known(house, tmp_path):
    outlet(tmp_path, 医保定点="否", 电话="024-1")
    before = Outlet.select().dicts().get()
    few = ("定点编码", "机构名称", "机构类别", "区县")
    row = {column: AN_OUTLET[column] for column in few} | {"地址": "一条街"}
    take("outlets", sheet(tmp_path, [row]))
    assert Outlet.select().dicts().get() == before | {"address": "一条街"}
    assert BadgeSpan.select().count() == 1


def test_an_outlet_that_is_withdrawn_is_gone_from_lists_and_found_again_when_it_is_back(
    house, tmp_path
):
    outlet(tmp_path, 地址="一条街")
    found = lambda: outside.index.find(Query("演示沈河", kind="outlets")).ids  # noqa: E731
    client = house.test_client()
    assert client.get("/api/v1/outlets").get_json()["total"] == 1
    outlet(tmp_path, 状态="撤销")
    assert client.get("/api/v1/outlets").get_json()["total"] == 0
    assert found() == []
    outlet(tmp_path, 状态="在用")
    assert client.get("/api/v1/outlets").get_json()["total"] == 1
    assert found() == ["A1"]


def test_the_first_day_of_a_withdrawal_and_a_badge_told_again_change_nothing(house, tmp_path):
    row = AN_OUTLET | {"状态": "撤销"}
    take("outlets", sheet(tmp_path, [row]))
    again = sheet(tmp_path, [row], name="again.csv")
    assert diff(checked("outlets", again)) == {"unchanged": 1}
