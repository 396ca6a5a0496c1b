"""A basket in a small town: what is bought where, what is missing, what is never put in."""

import pytest

from backend.baskets.lookups import basket
from backend.errors import BadInput, NotFound
from tests.makers import A_DRUG, A_PRICE, AN_OUTLET, sheet, take

HERE = (41.80, 123.43)
# Some 1.1 km to the north for each hundredth of a degree.
NEAR, MIDDLE, FAR, BEYOND = "41.81", "41.83", "41.85", "42.10"


@pytest.fixture
def town(house, tmp_path):
    """`town({"D1": {"A1": "3.40"}}, A1=NEAR)`: outlets north of HERE and what they ask."""

    def settle(asked, *, stock="是", drugs=None, **lats):
        take("outlets", sheet(tmp_path, [at(code, lat) for code, lat in lats.items()]))
        known = {code: {"通用名": f"演示药{code}片"} for code in asked} | (drugs or {})
        take("drugs", sheet(tmp_path, [A_DRUG | {"药品编码": c} | facts
                                       for c, facts in known.items()]))  # fmt: skip
        take("prices", sheet(tmp_path, [
            A_PRICE | {"定点编码": outlet, "药品编码": drug, "价格": price, "有货": stock}
            for drug, prices in asked.items() for outlet, price in prices.items()
        ]))  # fmt: skip

    return settle


def at(code, lat, **more):
    return AN_OUTLET | {
        "定点编码": code, "机构名称": f"演示{code}", "纬度": lat, "经度": "123.43",
        "特药定点": "是",
    } | more  # fmt: skip


def items(*codes, **more):
    return [{"drug": code, "quantity": 1} | more for code in codes]


def plans(found):
    return [
        (one["total_fen"], [(stop["outlet"]["code"], [line["drug"] for line in stop["lines"]])
                            for stop in one["stops"]])
        for one in found["plans"]
    ]  # fmt: skip


def test_the_plans_trade_price_way_and_stops(town):
    town({"D1": {"A1": "5.00", "A2": "3.00"}, "D2": {"A1": "5.00", "A2": "6.00"}},
         A1=NEAR, A2=FAR)  # fmt: skip
    found = basket(items("D1", "D2"), origin=HERE)
    assert plans(found) == [
        (800, [("A1", ["D2"]), ("A2", ["D1"])]),
        (900, [("A2", ["D1", "D2"])]),
        (1000, [("A1", ["D1", "D2"])]),
    ]
    whole = found["plans"][0]
    assert [title["code"] for title in whole["titles"]] == ["cheapest"]
    assert whole["beside"] == "比“路最短”多走 8.9 公里，多跑 1 家，省 2.00 元。"
    assert found["looked_at"]["sellers"] == found["looked_at"]["planned"] == 2
    assert found["floor_fen"] == 800


def test_totals_are_packs_times_prices_with_the_verdict_of_each_line(town):
    town({"D1": {"A1": "3.40"}}, A1=NEAR)
    found = basket([{"drug": "D1", "quantity": 61, "unit": "unit"}], origin=HERE)
    (drug,), (plan,) = found["drugs"], found["plans"]
    assert (drug["packs"], drug["units"], drug["left_over"]) == (2, 61, 59)
    assert drug["text"] == "2 盒（要 61 片，多 59 片）"
    (line,) = plan["stops"][0]["lines"]
    assert (plan["total_fen"], line["cost_fen"], line["price_fen"]) == (680, 680, 340)
    assert line["verdict"]["label"] == "达标"
    assert [title["text"] for title in plan["titles"]] == ["最省钱", "路最短", "只跑一家"]
    assert plan["beside"] == ""


@pytest.mark.parametrize(("stock", "count"), [("是", 1), ("", 1), ("否", 0)])
def test_who_says_he_has_none_is_passed_over_who_says_nothing_is_not(town, stock, count):
    town({"D1": {"A1": "3.40"}}, stock=stock, A1=NEAR)
    assert len(basket(items("D1"), origin=HERE)["plans"]) == count


def test_what_nobody_in_reach_has_is_missing_with_its_nearest_source(town):
    town({"D1": {"A1": "3.40"}, "D2": {"A9": "5.00"}}, A1=NEAR, A9=BEYOND)
    found = basket(items("D1", "D2"), origin=HERE)
    (plan,) = found["plans"]
    assert plan["missing"] == ["D2"]
    assert found["text"].startswith("没有办法一次买齐，下面的都只缺 1 种。")
    first, second = found["drugs"]
    assert first["source"] is None
    assert second["source"]["why"]["code"] == "none_in_reach"
    assert second["source"]["nearest"]["outlet"]["code"] == "A9"
    assert second["floor_fen"] is None
    assert found["floor_fen"] == 340


def test_a_drug_that_would_take_a_fourth_outlet_is_missing_though_it_is_sold_near(town):
    asked = {f"D{n}": {f"A{n}": "3.40"} for n in range(1, 5)}
    town(asked, A1=NEAR, A2=NEAR, A3=MIDDLE, A4=FAR)
    found = basket(items(*asked), origin=HERE)
    assert [one["missing"] for one in found["plans"]] == [["D4"]]
    source = found["drugs"][3]["source"]
    assert (source["why"]["code"], source["nearest"]["outlet"]["code"]) == ("beyond_stops", "A4")


def test_where_nobody_has_anything_the_sources_are_all_there_is(town):
    town({"D1": {"A9": "3.40"}}, A9=BEYOND)
    found = basket(items("D1"), origin=HERE)
    assert (found["plans"], found["found"], found["floor_text"]) == ([], 0, "")
    assert found["drugs"][0]["source"]["nearest"]["outlet"]["code"] == "A9"


def test_an_outlet_that_withdrew_is_in_no_plan(town, tmp_path):
    town({"D1": {"A1": "3.00", "A2": "3.40"}}, A1=NEAR, A2=MIDDLE)
    take("outlets", sheet(tmp_path, [at("A2", MIDDLE)]), whole=True)
    assert plans(basket(items("D1"), origin=HERE)) == [(340, [("A2", ["D1"])])]


def test_a_special_drug_is_bought_only_where_it_may_be_shown(town, tmp_path):
    town({"D1": {"A1": "3.00", "A2": "3.40"}}, drugs={"D1": {"特药": "是"}}, A1=NEAR, A2=MIDDLE)
    assert plans(basket(items("D1"), origin=HERE)) == [(300, [("A1", ["D1"])])]
    left = at("A1", NEAR, 三进状态="退出", 三进起始日="2026-11-01")
    take("outlets", sheet(tmp_path, [left]))
    assert plans(basket(items("D1"), origin=HERE)) == [(340, [("A2", ["D1"])])]


def test_others_of_the_same_substance_strength_and_form_are_shown_and_never_put_in(town):
    same = {"通用名": "演示药甲片"}
    town(
        {"D1": {"A1": "9.00"}, "D2": {"A1": "1.00"}},
        drugs={
            "D1": same, "D2": same | {"生产企业": "乙药业有限公司", "中选价": "1.20"},
            "D3": same | {"规格": "0.25g", "包装": "0.25g*60", "生产企业": "丙药业有限公司"},
            "D4": {"通用名": "演示药甲胶囊", "剂型": "胶囊剂"},
        },
        A1=NEAR,
    )  # fmt: skip
    found = basket(items("D1"), origin=HERE)
    assert [one["code"] for one in found["drugs"][0]["substitutes"]["items"]] == ["D2"]
    assert plans(found) == [(900, [("A1", ["D1"])])]


def test_what_is_wrong_names_the_drug_by_its_place(town):
    town({"D1": {"A1": "3.40"}}, A1=NEAR)
    with pytest.raises(NotFound) as unknown:
        basket(items("D1", "D9"), origin=HERE)
    assert unknown.value.errors == {"drugs": ["第 2 种药：没有这个编码的药，请核对。"]}
    with pytest.raises(BadInput) as twice:
        basket(items("D1", "D1"), origin=HERE)
    assert twice.value.errors == {"drugs": ["第 2 种药：和前面的一种药相同，请把数量合在一起。"]}
    with pytest.raises(BadInput, match="请填从哪里出发"):
        basket(items("D1"))
    with pytest.raises(BadInput, match="至少填一种"):
        basket([], origin=HERE)


def test_a_pack_of_unknown_count_cannot_be_asked_for_by_the_tablet(town):
    town({"D1": {"A1": "3.40"}}, drugs={"D1": {"通用名": "演示药膏", "包装": "", "规格": "5g"}},
         A1=NEAR)  # fmt: skip
    with pytest.raises(BadInput) as refused:
        basket(items("D1", unit="unit"), origin=HERE)
    assert refused.value.errors == {"drugs": ["第 1 种药的数量：不知道一盒有多少，请按盒填。"]}


def test_a_district_stands_in_for_a_place(town):
    town({"D1": {"A1": "3.40"}}, A1=NEAR)
    assert basket(items("D1"), district="210103")["found"] == 1
