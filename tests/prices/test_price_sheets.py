"""Price sheets: one price for an outlet, a drug, a day and a source; the newest is the offer."""

from itertools import permutations

import pytest

from backend.catalog.models import Drug
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.prices.models import Observation
from tests.conftest import NOW
from tests.makers import (
    A_DRUG,
    A_PRICE,
    AN_OUTLET,
    checked,
    diff,
    many_drugs,
    many_outlets,
    outlet,
    problems,
    refused,
    sheet,
    take,
    visible,
)


@pytest.fixture
def shop(house, tmp_path):
    """Two outlets, two drugs; `shop(row, …)` takes rows of prices in and tells what is shown."""
    take("drugs", sheet(tmp_path, many_drugs(2)))
    take("outlets", sheet(tmp_path, many_outlets(2)))

    def bring(*rows):
        take("prices", sheet(tmp_path, [asked(**row) for row in rows]))
        return shown()

    return bring


def asked(**changes):
    every = {"状态": "", "凭证": ""} | A_PRICE
    return every | {"定点编码": "A0000", "药品编码": "D0000"} | changes


def shown():
    """Price and day of the one offer, None where there is none."""
    found = [(fen, day) for _, _, fen, day in visible()]
    assert len(found) <= 1
    return found[0] if found else None


def on(day, yuan, **more):
    return {"观测日期": f"2026-11-{day:02d}", "价格": yuan} | more


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"定点编码": "A9"}, "定点编码", "机构"),
        ({"药品编码": "D9"}, "药品编码", "药品"),
        ({"观测日期": "2026-11-25"}, "观测日期", ""),
        ({"观测日期": "2021-01-01"}, "观测日期", ""),
        ({"价格": "0"}, "价格", ""),
        ({"来源": "听说"}, "来源", ""),
    ],
)
def test_a_cell_that_cannot_be_refuses_the_sheet(shop, tmp_path, change, column, said):
    rows = [asked(), asked(药品编码="D0001") | change]
    ((row, found, value, what),) = problems(refused("prices", sheet(tmp_path, rows)))
    assert (row, found, value) == (3, column, change[column])
    assert said in what
    assert visible() == []


def test_today_is_the_citys_today(shop, tmp_path):
    """At half past seven in the city it is still yesterday in UTC."""
    outside.clock = StoppedClock(NOW.replace(hour=23, minute=30))
    assert shop(on(25, "3.40")) == (340, "2026-11-25")
    refused("prices", sheet(tmp_path, [asked(**on(26, "3.40"))]))


def test_a_withdrawn_outlet_or_drug_is_as_unknown(shop, tmp_path):
    take("outlets", sheet(tmp_path, [many_outlets(1)[0] | {"状态": "撤销"}]))
    take("drugs", sheet(tmp_path, [many_drugs(1)[0] | {"状态": "撤销"}]))
    columns = {column for _, column, *_ in problems(refused("prices", sheet(tmp_path, [asked()])))}
    assert columns == {"定点编码", "药品编码"}


@pytest.mark.parametrize(
    ("change", "accepted"),
    [
        ({"特药定点": "是"}, True),
        ({"特药定点": "否"}, False),
        ({"特药定点": "是", "三进状态": "暂停"}, False),
        ({"特药定点": "是", "三进有效期至": "2026-11-23"}, False),
    ],
)
def test_a_special_drug_needs_an_outlet_that_is_joined_and_special(
    house, tmp_path, change, accepted
):
    take("drugs", sheet(tmp_path, [A_DRUG | {"药品编码": "D0000", "特药": "是"}]))
    outlet(tmp_path, 定点编码="A0000", **change)
    path = sheet(tmp_path, [asked()])
    if accepted:
        take("prices", path)
    else:
        ((_, column, *_),) = problems(refused("prices", path))
        assert column == "药品编码"
    assert bool(visible()) is accepted


def test_a_special_drug_is_hidden_once_its_outlet_leaves(house, tmp_path):
    take("drugs", sheet(tmp_path, [A_DRUG | {"药品编码": "D0000", "特药": "是"}]))
    outlet(tmp_path, 定点编码="A0000", 特药定点="是")
    take("prices", sheet(tmp_path, [asked()]))
    client = house.test_client()

    def totals():
        paths = ("offers?drug=D0000", "outlets/A0000")
        return [client.get(f"/api/v1/{path}").get_json()["total"] for path in paths]

    assert totals() == [1, 1]
    outlet(tmp_path, 定点编码="A0000", 特药定点="是", 三进状态="退出", 三进起始日="2026-11-01")
    assert totals() == [0, 0]


@pytest.mark.parametrize("change", [{"价格": "3.50"}, {"有货": "否"}, {"状态": "停售"}])
def test_two_prices_of_one_day_and_source_contradict_and_both_rows_are_named(
    shop, tmp_path, change
):
    path = sheet(tmp_path, [asked(药品编码="D0001"), asked(), asked() | change])
    ((row, column, _, what),) = problems(refused("prices", path))
    assert (row, column) == (4, "价格")
    assert "第 3 行" in what


def test_the_same_row_twice_is_harmless(shop, tmp_path):
    delivery = checked("prices", sheet(tmp_path, [asked(), asked(), asked(凭证="照片 1")]))
    assert diff(delivery) == {"added": 1}
    assert shop(on(20, "3.40"), on(20, "3.40")) == (340, "2026-11-20")
    assert Observation.select().count() == 1


THREE_DAYS = (on(18, "3.20"), on(20, "3.40"), on(19, "3.30"))


@pytest.mark.parametrize("rows", list(permutations(THREE_DAYS)))
def test_of_several_days_the_newest_is_the_offer_and_the_rest_is_history(shop, rows):
    assert shop(*rows) == (340, "2026-11-20")
    assert Observation.select().count() == 3


def test_days_may_arrive_in_any_order(shop, tmp_path):
    assert shop(on(19, "3.30")) == (330, "2026-11-19")
    assert diff(checked("prices", sheet(tmp_path, [asked(**on(18, "3.20"))]))) == {"older": 1}
    assert shop(on(18, "3.20")) == (330, "2026-11-19")
    assert shop(on(20, "3.40")) == (340, "2026-11-20")
    assert Observation.select().count() == 3


WEIGHTS = ["居民反映", "机构申报", "价格监测", "小票", "检查"]


@pytest.mark.parametrize("lighter", range(4))
def test_of_one_day_the_weightier_source_is_shown_whichever_comes_first(shop, lighter):
    one = on(20, "3.20", 来源=WEIGHTS[lighter])
    other = on(20, "3.40", 来源=WEIGHTS[lighter + 1])
    assert shop(one, other) == (340, "2026-11-20")
    assert shop(one | {"定点编码": "A0000", "观测日期": "2026-11-21"}) == (320, "2026-11-21")
    assert shop(other | {"观测日期": "2026-11-21"}) == (340, "2026-11-21")
    assert shop(one | {"观测日期": "2026-11-21", "价格": "3.10"}) == (340, "2026-11-21")


def test_a_newer_day_counts_before_a_weightier_source(shop):
    assert shop(on(20, "3.40", 来源="检查")) == (340, "2026-11-20")
    assert shop(on(21, "3.20", 来源="居民反映")) == (320, "2026-11-21")


def test_a_correction_of_the_same_day_and_source_replaces(shop):
    assert shop(on(20, "3.40")) == (340, "2026-11-20")
    assert shop(on(20, "3.50")) == (350, "2026-11-20")
    assert Observation.select().count() == 2


def test_what_is_no_longer_sold_is_no_longer_shown(shop, tmp_path):
    shop(on(19, "3.30"))
    ends = asked(**on(20, "3.30", 状态="停售"))
    assert diff(checked("prices", sheet(tmp_path, [ends]))) == {"withdrawn": 1}
    assert shop(on(20, "3.30", 状态="停售")) is None
    assert Observation.select().count() == 2


def test_an_older_price_does_not_bring_back_what_is_no_longer_sold(shop):
    shop(on(19, "3.30"))
    shop(on(20, "3.30", 状态="停售"))
    assert shop(on(18, "3.20")) is None
    assert shop(on(20, "3.10", 来源="居民反映")) is None
    assert shop(on(21, "3.40")) == (340, "2026-11-21")


def test_an_older_end_of_sale_ends_nothing(shop):
    shop(on(19, "3.30"))
    assert shop(on(18, "3.30", 状态="停售")) == (330, "2026-11-19")


def test_an_end_of_sale_is_remembered_even_where_nothing_was_shown(shop):
    assert shop(on(20, "3.30", 状态="停售")) is None
    assert shop(on(19, "3.30")) is None


def test_every_pair_goes_its_own_way(shop, tmp_path):
    shop(on(19, "3.30"))
    rows = [
        asked(**on(20, "3.30", 状态="停售")),
        asked(定点编码="A0001", **on(20, "3.10")),
        asked(药品编码="D0001", **on(20, "3.20")),
    ]
    delivery = take("prices", sheet(tmp_path, rows))
    assert diff(delivery) == {"added": 2, "withdrawn": 1}
    assert visible() == [
        ("D0000", "A0001", 310, "2026-11-20"),
        ("D0001", "A0000", 320, "2026-11-20"),
    ]


def test_the_insurance_code_names_the_same_drug(shop, tmp_path):
    take("drugs", sheet(tmp_path, [many_drugs(1)[0] | {"医保编码": "XA01"}]))
    rows = [asked(药品编码="XA01"), asked(药品编码="D0000", 价格="3.50")]
    assert "第 2 行" in problems(refused("prices", sheet(tmp_path, rows)))[0][3]
    take("prices", sheet(tmp_path, [asked(药品编码="XA01")]))
    assert visible() == [("D0000", "A0000", 340, "2026-11-20")]


def test_an_offer_follows_its_outlet_to_another_district_and_place(shop, house, tmp_path):
    shop(on(20, "3.40"))
    moved = AN_OUTLET | {
        "区县": "和平区",
        "纬度": "41.79",
        "经度": "123.41",
        "机构类别": "村卫生室",
    }
    take("outlets", sheet(tmp_path, [moved | {"定点编码": "A0000"}]))
    client = house.test_client()

    def found(**where):
        answer = client.get("/api/v1/offers", query_string={"drug": "D0000"} | where).get_json()
        return answer["total"]

    assert found(district="210102") == 1
    assert found(district="210103") == 0
    assert found(lat=41.79, lon=123.41, radius_m=10) == 1
    assert found(lat=41.7966, lon=123.4594, radius_m=1_000) == 0


def test_an_offer_of_an_outlet_that_lost_its_position_is_still_listed(shop, house, tmp_path):
    shop(on(20, "3.40"))
    take("outlets", sheet(tmp_path, [many_outlets(1)[0] | {"纬度": "", "经度": ""}]))
    client = house.test_client()
    answer = client.get("/api/v1/offers?drug=D0000&lat=41.8&lon=123.4").get_json()
    assert [item["distance_m"] for item in answer["items"]] == [None]
    assert Drug.select().count() == 2
