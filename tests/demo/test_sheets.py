"""The sheets the demonstration ships: 246 winning prices and the other names of their drugs."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from backend.catalog.diseases import called
from backend.catalog.naming import core
from backend.demo.sheets import shipped

DRUG_HEADER = (
    "药品编码,医保编码,通用名,剂型,规格,包装,包装数量,计量单位,包装单位,生产企业,批准文号,药品类别,特药,成分名,"
    "商品名,病种,采购批次,中选价,有效期起,有效期止,供应地区,效力,公布日期,公告网址,来源"
)
# Nobody calls these otherwise, or no page was found that says so.
NO_OTHER_NAME = {"ω-3鱼油中/长链脂肪乳", "乙胺丁醇", "替硝唑", "福多司坦"}
ALIAS_HEADER = "别名,别名类型,通用名,生产企业,病种,来源"


@pytest.fixture(scope="module")
def drugs():
    return _rows("drugs", DRUG_HEADER)


@pytest.fixture(scope="module")
def aliases():
    return _rows("aliases", ALIAS_HEADER)


def _rows(kind, header):
    with shipped(kind).open(encoding="utf-8") as file:
        assert file.readline().strip() == header
        file.seek(0)
        return list(csv.DictReader(file))


def test_the_sheet_holds_the_winners_that_supply_liaoning(drugs):
    assert len(drugs) == 246
    assert all("辽宁省" in row["供应地区"] or "沈阳市" in row["供应地区"] for row in drugs)


def test_only_what_surely_supplies_shenyang_is_assumed_to_hold(drugs):
    assert Counter(row["效力"] for row in drugs) == {"演示假定有效": 219, "归属待核": 27}
    unsure = {row["采购批次"] for row in drugs if row["效力"] == "归属待核"}
    assert unsure == {"4+7扩围(联盟地区)"}


def test_every_price_is_whole_fen(drugs):
    assert all(re.fullmatch(r"\d+\.\d\d", row["中选价"]) for row in drugs)


def test_every_price_names_its_batch_day_notice_and_origin(drugs):
    for row in drugs:
        assert row["采购批次"]
        assert date.fromisoformat(row["有效期起"]).isoformat() == row["公布日期"]
        assert row["公告网址"].startswith("http://www.smpaa.cn/")
        assert row["来源"].endswith("中选结果公告（转录）")


def test_nothing_is_told_that_the_notices_do_not_say(drugs):
    for column in ("药品编码", "医保编码", "商品名", "有效期止"):
        assert {row[column] for row in drugs} == {""}
    assert {row["药品类别"] for row in drugs} == {"中选"}
    assert {row["特药"] for row in drugs} == {"否"}


def test_one_product_wins_once_in_a_batch(drugs):
    what = [
        tuple(row[c] for c in ("通用名", "规格", "包装", "生产企业", "采购批次")) for row in drugs
    ]
    assert len(set(what)) == len(what)


def test_every_drug_says_its_substance_and_units(drugs):
    for row in drugs:
        assert row["成分名"] == core(row["通用名"])
        assert row["计量单位"] in ("片", "粒", "支", "袋", "瓶")
        assert row["包装单位"] in ("盒", "支", "瓶")


def test_most_other_names_belong_to_substances_of_the_sheet(drugs, aliases):
    substances = {row["成分名"] for row in drugs}
    ours = [row for row in aliases if core(row["通用名"]) in substances]
    assert len(ours) > 480
    assert {core(row["通用名"]) for row in ours} >= substances - NO_OTHER_NAME


def test_popular_names_are_told_beyond_the_catalogue_too(drugs, aliases):
    substances = {row["成分名"] for row in drugs}
    popular = [row for row in aliases if row["别名类型"] != "商品名"]
    assert len(popular) > 300
    assert sum(core(row["通用名"]) not in substances for row in popular) > 150


def test_what_was_checked_nowhere_says_so(aliases):
    unchecked = [row for row in aliases if row["来源"].startswith("通行")]
    assert all(row["来源"].endswith("未逐条核对）") for row in unchecked)
    assert all(not row["生产企业"] for row in unchecked)


def test_a_name_of_two_drugs_is_told_of_both(aliases):
    told = {core(row["通用名"]) for row in aliases if row["别名"] == "息斯敏"}
    assert told == {"氯雷他定", "阿司咪唑"}


def test_no_other_name_is_a_substance_or_a_disease(drugs, aliases):
    substances = {row["成分名"] for row in drugs}
    wrong = [row["别名"] for row in aliases if row["别名"] in substances or called(row["别名"])]
    assert wrong == []


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("格华止", "盐酸二甲双胍片"), ("络活喜", "苯磺酸氨氯地平片"), ("立普妥", "阿托伐他汀钙片"),
        ("拜唐苹", "阿卡波糖片"), ("波立维", "硫酸氢氯吡格雷片"), ("扑热息痛", "对乙酰氨基酚"),
        ("氟哌酸", "诺氟沙星"), ("先锋四号", "头孢氨苄"), ("先锋霉素Ⅵ", "头孢拉定"),
        ("菌必治", "头孢曲松"), ("甲福明", "二甲双胍"), ("维他命B6", "维生素B6"),
        ("病毒灵", "吗啉胍"), ("654-2", "山莨菪碱"), ("无环鸟苷", "阿昔洛韦"),
    ],
)  # fmt: skip
def test_the_names_people_ask_for_are_there(aliases, alias, name):
    assert (alias, name) in {(row["别名"], row["通用名"]) for row in aliases}


def test_every_other_name_says_where_it_is_from_and_is_told_once(aliases):
    assert all(row["来源"] and row["别名类型"] in ("商品名", "俗名", "别名") for row in aliases)
    told = [(row["别名"], row["通用名"]) for row in aliases]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("kind", ["drugs", "aliases"])
def test_no_sheet_names_a_machines_path(kind):
    text = shipped(kind).read_text(encoding="utf-8")
    assert not re.search(r"/work|/tmp|\.xlsx|\.json|@[0-9a-f]{7}", text)
