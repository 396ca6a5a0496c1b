"""The order of outlets: three published formulas, the same for everybody, with a reason."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.prices import wording
from backend.prices.ranking import ORDERS, rank, sort_key, why


class Shop(NamedTuple):
    outlet_code: str
    price_fen: int
    distance_m: float | None
    in_stock: bool | None = True
    sunk: bool = False


NEAR, FAR = Shop("A", 500, 400.0), Shop("B", 435, 1500.0)
GONE, LOST = Shop("C", 400, 100.0, False), Shop("D", 300, None)

shops = st.lists(
    st.builds(
        Shop,
        st.text("ABCDEF", min_size=1, max_size=4),
        st.integers(1, 2000),
        st.none() | st.floats(0, 20_000),
        st.sampled_from([True, False, None]),
        st.booleans(),
    ),
    unique_by=lambda shop: shop.outlet_code,
    max_size=12,
)


def ordered(records, order, fen_per_km=100):
    return "".join(shop.outlet_code for shop in rank(records, order, fen_per_km=fen_per_km))


@pytest.mark.parametrize(
    ("order", "expected"), [("distance", "CABD"), ("price", "DCBA"), ("balanced", "ABDC")]
)
def test_each_order_follows_its_formula(order, expected):
    assert ordered([NEAR, FAR, GONE, LOST], order) == expected


def test_one_yuan_of_price_weighs_as_much_as_a_kilometre():
    assert ordered([Shop("A", 500, 0.0), Shop("B", 400, 999.0)], "balanced") == "BA"
    assert ordered([Shop("A", 500, 0.0), Shop("B", 400, 1001.0)], "balanced") == "AB"


def test_what_a_kilometre_weighs_is_a_parameter():
    assert ordered([NEAR, FAR], "balanced", fen_per_km=0) == "BA"


def test_equal_outlets_stand_by_their_public_code():
    twins = [Shop("B", 400, 100.0), Shop("A", 400, 100.0)]
    assert {ordered(twins, order) for order in ORDERS} == {"AB"}


def test_equal_prices_stand_by_distance_and_equal_distances_by_price():
    assert ordered([Shop("A", 400, 200.0), Shop("B", 400, 100.0)], "price") == "BA"
    assert ordered([Shop("A", 500, 100.0), Shop("B", 400, 100.0)], "distance") == "BA"
    assert ordered([Shop("A", 400, 100.0), Shop("B", 300, 1100.0)], "balanced") == "BA"


def test_an_unknown_stock_is_not_held_against_an_outlet():
    assert ordered([Shop("A", 500, 0.0), Shop("B", 400, 0.0, None)], "balanced") == "BA"


@given(shops, st.randoms(use_true_random=False))
def test_permuting_outlets_changes_no_order(some, random):
    shuffled = random.sample(some, len(some))
    for order in ORDERS:
        assert ordered(shuffled, order) == ordered(some, order)


@given(shops, st.sampled_from(ORDERS))
def test_the_keys_of_different_outlets_differ(some, order):
    keys = {sort_key(shop, order, fen_per_km=100) for shop in some}
    assert len(keys) == len(some)


@given(shops)
def test_missing_positions_known_out_of_stock_and_what_has_sunk_stand_last_in_turn(some):
    near = rank(some, "distance", fen_per_km=100)
    missing = [(shop.sunk, shop.distance_m is None) for shop in near]
    assert missing == sorted(missing)
    groups = [
        (shop.sunk, shop.in_stock is False, shop.distance_m is None)
        for shop in rank(some, "balanced", fen_per_km=100)
    ]
    assert groups == sorted(groups)


def test_an_unknown_order_is_refused():
    for ask in (sort_key, why):
        with pytest.raises(ValueError, match="no order 'paid'"):
            ask(NEAR, "paid", fen_per_km=100)


@given(st.integers(1, 10**6), st.floats(0, 50_000))
def test_the_parts_of_a_balanced_reason_add_up_to_its_score(price, metres):
    numbers = why(Shop("A", price, metres), "balanced", fen_per_km=100).numbers
    assert numbers["price_fen"] + numbers["way_fen"] == numbers["score_fen"]
    assert abs(numbers["way_fen"] - metres / 10) <= 0.5


@pytest.mark.parametrize(
    ("shop", "order", "code", "words"),
    [
        (NEAR, "distance", "by_distance", "按距离排：离您 400 米。"),
        (LOST, "distance", "no_position", "不知道这家机构离您多远，排在知道距离的后面。"),
        (FAR, "price", "by_price", "按价格排：4.35 元；价格一样的，近的在前。"),
        (GONE, "balanced", "out_of_stock", "这家机构说没有货，排在后面。"),
        (LOST, "balanced", "no_position", "不知道这家机构离您多远，排在知道距离的后面。"),
        (
            FAR,
            "balanced",
            "by_balance",
            "综合排：价格 4.35 元，路程 1.5 公里折 1.50 元（每公里 1.00 元），"
            "合计 5.85 元，小的在前。",
        ),
    ],
)
def test_every_place_has_a_reason_in_words(shop, order, code, words):
    reason = why(shop, order, fen_per_km=100)
    assert reason.code == code
    assert wording.why(reason.code, reason.numbers) == words
