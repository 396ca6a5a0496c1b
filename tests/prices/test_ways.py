"""The way on where no drug is in reach: why, who has it beyond, who can have it bought."""

import tomllib
from datetime import date

import pytest

from backend.policy import packs
from backend.policy.packs import pack_on, read_pack
from backend.policy.reading import BadPack
from backend.prices.ways import offers_with_way
from tests.makers import A_PRICE, AN_OUTLET, drug, sheet, take

HERE = (41.7966, 123.4594)
FAR = {"纬度": "41.9966", "经度": "123.4594", "区县": "沈北新区"}
STATION = {
    "定点编码": "S1", "机构名称": "演示沈河社区卫生服务站01", "机构类别": "社区卫生服务站",
    "代采机构编码": "A1", "纬度": "41.80", "经度": "123.46",
}  # fmt: skip


@pytest.fixture
def two(house, tmp_path):
    """An outlet here with its station, one 20 km away; `two(A1="是")` has them sell a drug."""
    rows = [AN_OUTLET, AN_OUTLET | STATION, AN_OUTLET | FAR | {"定点编码": "A2", "机构名称": "远"}]
    take("outlets", sheet(tmp_path, [{"代采机构编码": ""} | row for row in rows]))
    product = drug(tmp_path)

    def sells(**stocks):
        prices = [
            A_PRICE | {"定点编码": code, "药品编码": product.code, "有货": stock}
            for code, stock in stocks.items()
        ]
        if prices:
            take("prices", sheet(tmp_path, prices))
        return product.code

    return sells


def way(code, **asked):
    return offers_with_way(code, **{"origin": HERE} | asked)["way_on"]


def test_where_it_is_there_is_no_need_of_a_way(two):
    assert way(two(A1="是")) is None


def test_beyond_reach_the_nearest_in_stock_is_named_though_another_is_nearer(two):
    code = two(A1="否", A2="是")
    told = way(code, radius_m=1000)
    assert told["why"] == {"code": "none_in_stock", "text": "卖的机构都说没有货"}
    assert told["nearest"]["outlet"]["code"] == "A2"
    told = way(code, radius_m=1000, in_stock=True)
    assert (told["why"]["code"], told["nearest"]["outlet"]["code"]) == ("none_in_reach", "A2")


def test_where_nobody_has_it_in_stock_the_nearest_who_sells_it_is_named(two):
    told = way(two(A2="否"), radius_m=1000)
    assert (told["why"]["code"], told["nearest"]["outlet"]["code"]) == ("none_in_stock", "A2")


def test_an_outlet_more_than_ten_kilometres_away_is_out_of_reach(two):
    code = two(A2="是")
    assert way(code)["why"]["code"] == "none_in_reach"
    assert way(code, origin=(41.99, 123.4594)) is None
    assert way(code, origin=None) is None
    assert way(code, sort="price") is None


def test_where_nobody_sells_it_others_can_buy_it_for_the_nearest_grassroots_outlet(two):
    told = way(two())
    assert (told["why"]["code"], told["nearest"], told["phone"]) == ("nobody_sells", None, "12393")
    assert (told["proxy"]["outlet"]["code"], told["proxy"]["buyer"]) == ("A1", "")
    assert told["proxy"]["clause"] == "三（四）"
    assert "代采购模式" in told["proxy"]["citation"]
    assert told["proxy"]["channels"] == []


def test_an_outlet_others_buy_for_is_told_with_who_buys(two):
    proxy = way(two(), origin=(41.80, 123.46))["proxy"]
    assert (proxy["outlet"]["code"], proxy["buyer"]) == ("S1", "演示沈河社区卫生服务中心01")


def test_whoever_said_no_place_is_told_of_no_outlet(two):
    assert way(two(), origin=None)["proxy"]["outlet"] is None
    assert way(two(), origin=None, district="210103")["proxy"]["outlet"]["code"]


def test_the_later_pages_have_no_way_on(two):
    assert way(two(A2="是"), radius_m=1000, page=2) is None


RAW = tomllib.loads((packs.FOLDER / "shenyang.toml").read_text(encoding="utf-8"))
# As 宝鸡 wrote it (宝医保发〔2022〕86号，六（二）).
CHANNELS = [
    {"name": "自取", "plain": "日常药品由村卫生室自己到卫生院领", "source": "宝医保发〔2022〕86号"},
    {"name": "专取", "plain": "紧急药品由医保经办人员专门取送", "source": "宝医保发〔2022〕86号"},
]


def test_a_pack_may_name_the_channels_and_shenyangs_names_none():
    pack = read_pack(
        RAW | {"proxy_buying": RAW["proxy_buying"] | {"channels": CHANNELS}}, name="试验"
    )
    assert [one.name for one in pack.proxy_buying.channels] == ["自取", "专取"]
    assert pack_on("shenyang", date(2026, 11, 24)).proxy_buying.channels == ()


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("demand", "small_count", 1),
        ("demand", "small_days", 0),
        ("demand", "keep_days", 3),
        ("demand", "reach_m", -1),
        ("proxy_buying", "kinds", ["palace"]),
    ],
)
def test_numbers_that_would_hide_nobody_and_kinds_nobody_has_are_refused(table, key, value):
    with pytest.raises(BadPack, match=f"{table}.{key}"):
        read_pack(RAW | {table: RAW[table] | {key: value}}, name="试验")
