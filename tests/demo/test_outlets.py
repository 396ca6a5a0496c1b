"""Synthetic outlets: how many of what, where, and that nobody takes them for real."""

from collections import Counter
from datetime import date

import pytest

from backend.demo.kinds import BUYER, PHARMACIES, PRIVATE, PUBLIC, SHARES, VILLAGE, shared_out
from backend.demo.outlets import HEADER, make_outlets
from backend.outlets.hours import parse
from backend.outlets.places import district_of

TODAY = date(2026, 11, 21)
TOWN_ONLY = {"和平区", "沈河区", "大东区", "皇姑区", "铁西区"}


@pytest.fixture(scope="module")
def outlets():
    return list(make_outlets(400, today=TODAY))


def share(rows, **where):
    return sum(all(row[k] == v for k, v in where.items()) for row in rows) / len(rows)


def test_the_same_seed_makes_the_same_outlets(outlets):
    assert list(make_outlets(400, today=TODAY)) == outlets
    assert list(make_outlets(400, seed=1, today=TODAY)) != outlets


def test_rows_have_the_columns_of_the_sheet_in_order(outlets):
    assert ",".join(HEADER) == (
        "定点编码,机构名称,机构类别,连锁名称,区县,地址,纬度,经度,坐标系,营业时间,电话,医保定点,特药定点,"
        "代采机构编码,价格约定,三进状态,三进起始日,三进有效期至,三进批次,变更原因,演示,来源"
    )
    assert {tuple(row) for row in outlets} == {HEADER}


def test_kinds_stand_in_their_shares(outlets):
    counted = Counter(row["机构类别"] for row in outlets)
    assert counted == {kind: round(400 * part) for kind, part in SHARES.items()}


def test_every_outlet_lies_inside_its_district(outlets):
    for row in outlets:
        place = district_of(float(row["纬度"]), float(row["经度"]))
        assert place.name == row["区县"]
        assert row["定点编码"].startswith(f"DEMO{place.code}-")


def test_every_district_has_outlets_and_village_clinics_stand_in_the_country(outlets):
    assert len({row["区县"] for row in outlets}) == 13
    assert not TOWN_ONLY & {row["区县"] for row in outlets if row["机构类别"] == VILLAGE}


def test_nobody_takes_an_outlet_for_a_real_one(outlets):
    for row in outlets:
        assert row["演示"] == "是"
        assert row["机构名称"].startswith("演示")
        assert "演示" in row["地址"]
        assert "演示" in row["来源"]
        assert row["电话"] == ""


def test_codes_and_names_are_told_once(outlets):
    assert len({row["定点编码"] for row in outlets}) == 400
    assert len({row["机构名称"] for row in outlets}) == 400


def test_hours_can_be_read(outlets):
    read = [parse(row["营业时间"]) for row in outlets]
    assert 0 < read.count(None) < 40


def test_most_public_outlets_and_about_half_of_the_pharmacies_have_joined(outlets):
    public = [row for row in outlets if row["机构类别"] in PUBLIC]
    shops = [row for row in outlets if row["机构类别"] in PHARMACIES]
    assert 0.85 < share(public, 三进状态="在名单") < 0.98
    assert 0.38 < share(shops, 三进状态="在名单") < 0.52
    assert 0.02 < share(shops, 医保定点="否") < 0.09
    assert {row["三进状态"] for row in shops} == {"在名单", "暂停", "退出", "未参加"}


def test_who_is_not_designated_cannot_have_joined(outlets):
    refused = [row for row in outlets if row["医保定点"] == "否"]
    assert {row["三进状态"] for row in refused} == {"未参加"}
    assert {row["特药定点"] for row in refused} == {"否"}


def test_badges_have_dates_and_a_lost_one_its_reason(outlets):
    for row in outlets:
        joined = row["三进状态"] != "未参加"
        assert bool(row["三进起始日"]) == joined
        assert not joined or date.fromisoformat(row["三进起始日"]) <= TODAY
        assert not row["三进有效期至"] or date.fromisoformat(row["三进有效期至"]) >= TODAY
        assert bool(row["变更原因"]) == (row["三进状态"] in ("暂停", "退出"))


def test_only_private_outlets_have_an_agreement_on_prices(outlets):
    told = {row["机构类别"] for row in outlets if row["价格约定"]}
    assert told == {PRIVATE}
    assert {row["价格约定"] for row in outlets} == {"", "按中选价", "未知"}


def test_stations_and_village_clinics_are_bought_for_by_their_own_district(outlets):
    kinds = {row["定点编码"]: (row["机构类别"], row["区县"]) for row in outlets}
    for row in outlets:
        if row["代采机构编码"]:
            buyer = (BUYER[row["机构类别"]], row["区县"])
            assert kinds[row["代采机构编码"]] == buyer
    assert sum(bool(row["代采机构编码"]) for row in outlets) > 70


@pytest.mark.parametrize(
    ("count", "weights", "parts"),
    [
        (10, [1, 1], [5, 5]),
        (3, [1, 1], [2, 1]),
        (0, [2, 1], [0, 0]),
        (7, [0.5, 0.3, 0.2], [4, 2, 1]),
    ],
)
def test_things_are_shared_out_whole(count, weights, parts):
    assert shared_out(count, weights) == parts
