"""Which winning price holds here on a day, and what is said when none does."""

from datetime import UTC, datetime

import pytest

from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.makers import A_DRUG, drug, outlet, price, sheet, take

IN_FORCE = {"效力": "执行中", "有效期起": "2025-01-01", "有效期止": "2026-11-24"}


@pytest.fixture
def ask(house, tmp_path):
    """Takes rows of one drug in; `ask(row, …)` → its card as the API shows it."""
    client = house.test_client()

    def card(*rows):
        take("drugs", sheet(tmp_path, [A_DRUG | row for row in rows]))
        found = client.get("/api/v1/drugs", query_string={"q": "盐酸二甲双胍片"}).get_json()
        return found["items"][0]

    return card


def at(hour, minute, *, day=24):
    """Stop the clock at an hour of UTC."""
    outside.clock = StoppedClock(datetime(2026, 11, day, hour, minute, tzinfo=UTC))


def test_of_two_batches_that_hold_the_later_one_supersedes(ask):
    old = IN_FORCE | {"采购批次": "第三批", "公布日期": "2020-08-24", "中选价": "3.40"}
    new = IN_FORCE | {"采购批次": "第十批", "公布日期": "2025-08-24", "中选价": "2.10"}
    for rows in ((old, new), (new, old)):
        card = ask(*rows)
        assert (card["winning_price_fen"], card["batch"]) == (210, "第十批")


def test_a_later_batch_that_does_not_apply_here_supersedes_nothing(ask):
    old = IN_FORCE | {"采购批次": "第三批", "公布日期": "2020-08-24"}
    new = {"采购批次": "第十批", "公布日期": "2025-08-24", "中选价": "2.10", "效力": "外省中选"}
    assert ask(old, new)["winning_price_fen"] == 340


def test_a_later_batch_supersedes_only_from_the_day_it_begins(ask):
    old = IN_FORCE | {"采购批次": "第三批", "有效期止": "2027-12-31"}
    new = IN_FORCE | {
        "采购批次": "第十批", "公布日期": "2026-10-01", "中选价": "2.10", "有效期起": "2026-11-25",
        "有效期止": "2027-12-31",
    }  # fmt: skip
    assert ask(old, new)["winning_price_fen"] == 340
    at(16, 1)
    assert ask(old, new)["winning_price_fen"] == 210


def test_batches_of_one_day_stand_in_the_order_of_their_names_not_of_their_ids(ask):
    one = IN_FORCE | {"采购批次": "甲批", "中选价": "3.10"}
    two = IN_FORCE | {"采购批次": "乙批", "中选价": "3.20"}
    assert ask(one, two)["batch"] == ask(two, one)["batch"]


@pytest.mark.parametrize(
    ("day", "hour", "minute", "holds"),
    [
        (24, 15, 59, True),  # 23:59 in the city, the last day
        (24, 16, 1, False),  # 00:01, the day after
        (24, 23, 30, False),  # 07:30 the day after, in UTC still the last day
        (23, 23, 30, True),  # 07:30 of the last day
    ],
)
def test_a_price_ends_at_the_citys_midnight(ask, day, hour, minute, holds):
    at(hour, minute, day=day)
    card = ask(IN_FORCE)
    assert (card["in_force"], card["winning_price_fen"]) == (holds, 340 if holds else None)
    assert card["standing"]["code"] == ("in_force" if holds else "expired")


@pytest.mark.parametrize(
    ("day", "hour", "minute", "code"),
    [(24, 15, 59, "not_yet"), (24, 16, 1, "in_force"), (24, 23, 30, "in_force")],
)
def test_a_price_begins_at_the_citys_midnight(ask, day, hour, minute, code):
    at(hour, minute, day=day)
    card = ask(IN_FORCE | {"有效期起": "2026-11-25", "有效期止": "2027-11-24"})
    assert card["standing"]["code"] == code


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        ("历史", "expired", "历史中选价"),
        ("归属待核", "unsure", "归属待核"),
        ("外省中选", "elsewhere", "外省中选"),
    ],
)
def test_what_held_once_or_elsewhere_is_never_a_price_here(ask, told, code, words):
    card = ask({"效力": told, "有效期起": "2026-01-01", "有效期止": "2027-01-01"})
    assert (card["winning_price_fen"], card["unit_price_fen"]) == (None, None)
    assert card["in_force"] is False
    assert card["standing"]["code"] == code
    assert words in card["standing"]["text"]


def test_an_assumed_price_says_that_it_is_assumed(ask):
    card = ask({"效力": "演示假定有效", "有效期止": ""})
    assert (card["winning_price_fen"], card["in_force"]) == (340, True)
    assert "演示" in card["standing"]["text"]


def test_what_never_won_says_so(ask):
    card = ask({"中选价": "", "效力": "", "药品类别": "非中选"})
    assert (card["winning_price_fen"], card["standing"]["code"]) == (None, "none")


@pytest.fixture
def offer(house, tmp_path):
    """The one offer of a drug at the one outlet, as the API shows it."""
    client = house.test_client()

    def shown(product):
        outlet(tmp_path)
        price(tmp_path, product)
        return client.get(f"/api/v1/offers?drug={product.code}").get_json()["items"][0]

    return shown


def test_another_pack_of_a_winner_is_not_judged_by_the_winners_price(offer, tmp_path):
    drug(tmp_path)
    other = drug(tmp_path, 规格="0.85g", 包装="0.85g*30", 中选价="", 效力="", 药品类别="非中选")
    shown = offer(other)
    assert shown["drug"]["standing"]["code"] == "unlisted_pack"
    assert shown["winning_price_fen"] is None
    assert shown["verdict"]["code"] == "undetermined"


def test_another_firms_pack_is_simply_no_winner(offer, tmp_path):
    drug(tmp_path)
    other = drug(tmp_path, 生产企业="乙药业有限公司", 中选价="", 效力="", 药品类别="非中选")
    shown = offer(other)
    assert shown["drug"]["standing"]["code"] == "none"
    assert shown["verdict"]["code"] == "not_applicable"


def test_a_price_that_ran_out_is_no_measure_any_more(offer, tmp_path):
    shown = offer(drug(tmp_path, **IN_FORCE))
    assert (shown["winning_price_fen"], shown["delta_fen"]) == (340, 0)
    assert shown["at_or_below_winning"] is True
    at(16, 1)
    shown = offer(drug(tmp_path, **IN_FORCE))
    assert (shown["winning_price_fen"], shown["delta_fen"]) == (None, None)
    assert shown["at_or_below_winning"] is False


def test_history_tells_every_price_and_where_it_held(house, tmp_path):
    code = drug(tmp_path, **IN_FORCE).code
    drug(tmp_path, 采购批次="第二批", 公布日期="2019-12-01", 中选价="5.00", 效力="历史")
    told = house.test_client().get(f"/api/v1/drugs/{code}").get_json()["history"]
    assert [(w["batch"], w["price_fen"], w["standing"]["code"]) for w in told] == [
        ("第三批", 340, "official"),
        ("第二批", 500, "historical"),
    ]
