"""The clock goes on day by day: words and places change on the published days, and no other."""

from datetime import date, timedelta

import pytest

from backend.baskets.lookups import basket
from backend.db import run
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.prices.lookups import offers, sold_at
from tests import makers
from tests.conftest import NOW

ORIGIN = (41.7966, 123.4594)
SEEN = date(2026, 11, 20)


@pytest.fixture
def street(house, tmp_path):
    """One drug at a pharmacy next door and one across the river, and at a health centre."""
    sold = makers.drug(tmp_path)
    for code, kind, lat in (
        ("A1", "连锁药店", "41.7966"), ("A2", "单体药店", "41.8400"),
        ("A3", "社区卫生服务中心", "41.8900"),
    ):  # fmt: skip
        makers.outlet(tmp_path, 定点编码=code, 机构类别=kind, 纬度=lat, 机构名称=f"演示{code}")
    makers.price(tmp_path, sold, 定点编码="A1", 价格="3.30")
    return sold


def on(days):
    """So many days after everything was seen."""
    outside.clock = StoppedClock(NOW + (SEEN - date(2026, 11, 24)) + timedelta(days=days))


def doubt(outlet, drug, what, askers, day=SEEN):
    id_ = run("SELECT id FROM outlet WHERE code = ?", outlet).fetchone()[0]
    run(
        "INSERT INTO contradiction (outlet_id, drug_id, what, day, askers) VALUES (?, ?, ?, ?, ?)",
        id_, drug.id if drug else 0, what, day.isoformat(), askers,
    )  # fmt: skip


def found(sold, **asked):
    return offers(sold.code, **{"origin": ORIGIN} | asked)["items"]


def order(sold, **asked):
    return [one["outlet"]["code"] for one in found(sold, **asked)]


def card(sold, outlet):
    return next(one for one in found(sold) if one["outlet"]["code"] == outlet)


def test_words_and_places_change_exactly_at_the_thresholds(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40", 观测日期="2026-11-21")
    makers.price(tmp_path, street, 定点编码="A3", 价格="3.40")
    words, orders, seen = {}, {}, None
    for days in range(4, 170):
        on(days)
        now = {one["outlet"]["code"]: one["confidence"]["price"] for one in found(street)}
        places = tuple(order(street)), tuple(order(street, sort="price"))
        if (told := tuple(one["level"] for _, one in sorted(now.items()))) != seen:
            words[days], seen = told, told
        if places not in orders.values() or days in (82, 83, 84):
            orders[days] = places
    # The next day's price is a day younger; the health centre's lasts twice as long.
    assert words == {
        4: ("good", "good", "good"), 31: ("fair", "good", "good"), 32: ("fair", "fair", "good"),
        61: ("fair", "fair", "fair"), 83: ("poor", "fair", "fair"), 84: ("poor", "poor", "fair"),
        165: ("poor", "poor", "poor"),
    }  # fmt: skip
    near, cheap = ("A1", "A2", "A3"), ("A1", "A2", "A3")
    assert orders[4] == orders[82] == (near, cheap)
    assert orders[83] == (("A2", "A3", "A1"), ("A2", "A3", "A1"))
    assert orders[84] == (("A3", "A1", "A2"), ("A3", "A1", "A2"))


def test_what_has_sunk_says_why_and_how_old_it_is(street):
    on(30)
    assert card(street, "A1")["age"] == {"days": 30, "text": "30 天前", "stale": False}
    on(41)
    assert card(street, "A1")["age"] == {"days": 41, "text": "41 天前，可能已变", "stale": True}
    on(83)
    told = card(street, "A1")
    assert told["age"]["text"] == "83 天前，很可能已变"
    assert told["why"]["code"] == "outdated"
    assert "很可能已经变了" in told["why"]["text"]


def test_stock_is_said_less_and_less_surely(street):
    said = []
    for days in (4, 8, 20):
        on(days)
        said.append(card(street, "A1")["confidence"]["stock"]["text"])
    assert said == ["有货", "8 天前有货", "20 天前有货，现在要问"]


@pytest.mark.parametrize(("what", "told"), [("price", "4 人说价格不对"), ("stock", "4 人说没货")])
def test_enough_people_against_it_sink_it_and_are_told(street, tmp_path, what, told):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40")
    assert order(street) == ["A1", "A2"]
    doubt("A1", street, what, 4)
    assert order(street) == ["A2", "A1"]
    assert card(street, "A1")["confidence"]["reports"] == told
    assert sold_at("A1")["items"][0]["confidence"]["reports"] == told


def test_a_few_people_change_no_place_and_are_not_told(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40")
    doubt("A1", street, "stock", 2)
    assert order(street) == ["A1", "A2"]
    assert card(street, "A1")["confidence"]["reports"] == ""


def test_a_new_look_brings_it_up_again(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40")
    doubt("A1", street, "price", 5)
    assert order(street) == ["A2", "A1"]
    makers.price(tmp_path, street, 定点编码="A1", 价格="3.50", 观测日期="2026-11-22")
    assert order(street) == ["A1", "A2"]
    assert card(street, "A1")["confidence"]["price"]["percent"] > 80


def test_a_closed_door_speaks_against_everything_behind_it(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40")
    doubt("A1", None, "closed", 4)
    assert order(street) == ["A2", "A1"]
    doubt("A2", None, "place", 9)
    assert order(street) == ["A2", "A1"]


def test_where_somebody_else_sells_nothing_is_doubted(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40")
    other = makers.drug(tmp_path, 规格="0.25g", 包装="0.25g*60")
    doubt("A1", other, "price", 9)
    assert order(street) == ["A1", "A2"]


def test_a_shopping_list_leaves_out_what_is_believed_no_more(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40", 观测日期="2026-11-24")
    on(4)
    assert bought(street) == {"A1"}
    on(83)
    assert bought(street) == {"A2"}
    on(90)
    # Where nothing else is to be had, an old price is better than none, and says how old it is.
    assert bought(street) == {"A1"}


def test_a_shopping_list_leaves_out_what_enough_people_spoke_against(street, tmp_path):
    makers.price(tmp_path, street, 定点编码="A2", 价格="3.40")
    doubt("A1", street, "stock", 4)
    assert bought(street) == {"A2"}


def bought(sold):
    told = basket([{"drug": sold.code, "quantity": 1, "unit": "pack"}], origin=ORIGIN)
    return {stop["outlet"]["code"] for plan in told["plans"] for stop in plan["stops"]}
