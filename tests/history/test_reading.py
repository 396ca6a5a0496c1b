"""How prices went, as it is read: of an outlet by observation, of the city by day."""

import csv
import io
from datetime import timedelta

import pytest

from backend.catalog.models import Drug
from backend.history.actions import take_price_day
from backend.history.lookups import MOST, city_history, outlet_history, winning_steps
from backend.history.wording import OUTLET_COLUMNS
from backend.outside.clock import city_day
from backend.prices.models import Observation
from miniprogram_api.course_drawing import Paper, of_city, of_outlet
from tests.conftest import NOW
from tests.history.conftest import on
from tests.makers import A_DRUG, sheet, take

TODAY = city_day(NOW)
PAIR = {"outlet": "A0000", "drug": "D0000"}


@pytest.fixture
def client(house):
    """Somebody who asks the house."""
    return house.test_client()


@pytest.fixture
def ask(client):
    """`ask(path, …)` → the answer of the house."""
    return lambda path, **asked: client.get(path, query_string=asked)


def course():
    """Day and price of each observation that is remembered, the shown one marked."""
    told = outlet_history("A0000", "D0000")
    return [
        (one["observed_on"][-2:], one["price_fen"], "*" * one["current"]) for one in told["items"]
    ]


def test_every_observation_is_remembered_and_the_shown_one_marked(shop):
    shop(on(3, "3.40"))
    shop(on(9, "3.10", 凭证="单-1"))
    shop(on(5, "3.20"))
    told = outlet_history("A0000", "D0000")
    assert course() == [("03", 340, ""), ("05", 320, ""), ("09", 310, "*")]
    assert told["title"] == "3 天看到过价格，从 3.40 元降到 3.10 元"
    assert [one["has_evidence"] for one in told["items"]] == [False, False, True]
    assert "单-1" not in str(told)


def test_of_several_on_one_day_the_weightiest_counts(shop):
    shop(on(9, "3.50", 来源="现场检查"))
    shop(on(9, "3.40"))
    told = outlet_history("A0000", "D0000")
    assert [(one["price_fen"], one["counts"]) for one in told["items"]] == [
        (340, False), (350, True),
    ]  # fmt: skip
    assert told["title"] == "只看到过一天：3.50 元"


def test_a_residents_price_is_there_while_it_is_shown_and_forgotten_after(shop):
    shop(on(3, "3.40"))
    shop(on(5, "3.90", 来源="购药小票", 凭证="小票-7"))
    assert course() == [("03", 340, ""), ("05", 390, "*")]
    shop(on(7, "3.30"))
    assert course() == [("03", 340, ""), ("07", 330, "*")]


def test_a_residents_price_that_never_was_shown_leaves_no_trace(shop):
    shop(on(5, "3.40"))
    before = outlet_history("A0000", "D0000")
    shop(on(4, "3.90", 来源="居民反映"))
    assert outlet_history("A0000", "D0000") == before


def test_nothing_is_shown_of_what_is_not_sold_any_more(shop):
    shop(on(3, "3.40"))
    shop(on(5, "3.40", 状态="停售"))
    told = outlet_history("A0000", "D0000")
    assert told["title"] == "只看到过一天：3.40 元，现在不卖了"
    assert not any(one["current"] for one in told["items"])


def test_another_drug_or_outlet_is_never_mixed_in(shop):
    shop(on(3, "3.40"), on(3, "9.90", 药品编码="D0001"), on(3, "8.80", 定点编码="A0001"))
    assert course() == [("03", 340, "*")]


def test_nobody_ever_saw_it(shop):
    told = outlet_history("A0000", "D0001")
    assert (told["items"], told["winning"], told["title"]) == (
        [], [], "还没有看到过这家卖这种药的价格",
    )  # fmt: skip


def test_more_than_can_be_listed_says_so(shop):
    shop(on(20))
    drug, outlet = Drug.get(Drug.code == "D0000"), 1
    Observation.insert_many(
        {"key": n, "drug_id": drug.id, "outlet_id": outlet, "price_fen": 300, "source": 2,
         "observed_on": TODAY - timedelta(days=10 + n % 900)}
        for n in range(MOST + 5)
    ).execute()  # fmt: skip
    told = outlet_history("A0000", "D0000")
    assert (len(told["items"]), told["more"]) == (MOST, True)
    assert told["items"][-1]["current"]


def test_the_winning_price_is_the_one_that_held_on_the_day(house, tmp_path):
    rows = [
        A_DRUG | {"药品编码": "D1", "采购批次": batch, "中选价": fen, "有效期起": since,
                  "有效期止": until, "公布日期": since}
        for batch, fen, since, until in (
            ("第三批", "4.20", "2024-01-01", "2025-12-31"), ("第四批", "3.40", "2026-02-01", ""),
        )
    ]  # fmt: skip
    take("drugs", sheet(tmp_path, rows))
    drug = Drug.get(Drug.code == "D1")
    first = TODAY.replace(year=2025)
    assert winning_steps(drug.id, first, TODAY) == [
        {"day": "2025-11-24", "price_fen": 420}, {"day": "2026-01-01", "price_fen": None},
        {"day": "2026-02-01", "price_fen": 340},
    ]  # fmt: skip


def test_the_city_is_told_by_day_with_the_share_at_the_winning_price(shop):
    shop(*(on(20, yuan, 定点编码=f"A000{n}") for n, yuan in enumerate(("3.30", "3.40", "3.90"))))
    for ago in (2, 1, 0):
        assert take_price_day(TODAY - timedelta(days=ago)) == 1
    told = city_history("D0000")
    assert [one["day"] for one in told["items"]] == ["2026-11-22", "2026-11-23", "2026-11-24"]
    assert {k: told["items"][-1][k] for k in ("count", "low_fen", "median_fen", "high_fen")} == {
        "count": 3, "low_fen": 330, "median_fen": 340, "high_fen": 390,
    }  # fmt: skip
    assert told["items"][-1]["at_or_below_winning"] == 2
    assert told["title"] == "中间价一直是 3.40 元；现在 66% 的机构不高于中选价"
    assert city_history("D0000", days=1)["items"] == told["items"][-2:]
    assert city_history("D0001")["title"].startswith("还没有记下过")


def rows_of(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_both_can_be_had_as_a_sheet(shop, ask, client):
    shop(on(20, "3.30"))
    take_price_day(TODAY)
    head, row = rows_of(ask("/api/v1/offers/history", **PAIR, format="csv"))
    assert head == list(OUTLET_COLUMNS)
    assert row == ["2026-11-20", "330", "是", "机构申报", "否", "是", "是", "是", "340"]
    head, row = rows_of(ask("/api/v1/drugs/D0000/history", format="csv"))
    assert row[:8] == ["2026-11-24", "全部机构", "1", "330", "330", "330", "340", "1"]
    liked = {"Accept": "text/csv"}
    assert client.get("/api/v1/drugs/D0000/history", headers=liked).mimetype == "text/csv"


def test_facts_are_open_data_page_by_page(shop, ask):
    shop(on(1, "3.40"), on(1, "3.40", 定点编码="A0001"))
    shop(on(2, "3.10"))
    shop(on(3, "3.90", 来源="居民反映"))
    page = ask("/api/v1/facts", page_size=2).get_json()
    assert ([one["kind"]["code"] for one in page["items"]], page["more"]) == (
        ["first_sold"] * 2, True,
    )  # fmt: skip
    then = ask("/api/v1/facts", cursor=page["next"]).get_json()
    assert [(one["text"], one["outlet"]["code"], one["drug"]["code"]) for one in then["items"]] == [
        ("降价：3.40 元降到 3.10 元", "A0000", "D0000"),
    ]  # fmt: skip
    assert ask("/api/v1/facts", cursor=then["next"]).get_json()["items"] == []
    assert len(ask("/api/v1/facts", outlet="A0001").get_json()["items"]) == 1
    assert ask("/api/v1/facts", cursor="nonsense").status_code == 422
    assert ask("/api/v1/facts", drug="nowhere").status_code == 404


def test_an_outlets_page_draws_both_prices_and_has_a_table(shop, ask):
    shop(on(1, "3.40"))
    shop(on(9, "3.10"))
    page = ask("/offers/history", **PAIR).get_data(as_text=True)
    for words in ("2 天看到过价格，从 3.40 元降到 3.10 元", "chart-winning", "chart-price",
                  "看成表格", "正在显示", "机构申报"):  # fmt: skip
        assert words in page, words
    assert ask("/offers/history", outlet="A0000").status_code == 422
    assert "还没有看到过" in ask("/offers/history", outlet="A0001", drug="D0001").text


def test_a_drugs_page_draws_the_city_once_there_are_two_days(shop, ask):
    shop(on(20, "3.30"))
    take_price_day(TODAY - timedelta(days=1))
    assert "记满两天就画成图" in ask("/drugs/D0000").text
    take_price_day(TODAY)
    page = ask("/drugs/D0000").text
    assert "chart-ribbon" in page
    assert "中间价一直是 3.30 元；现在 100% 的机构不高于中选价" in page


def test_a_step_holds_until_the_next_and_a_gap_lifts_the_pen():
    paper = Paper("2026-11-01", "2026-11-11", [300, 400])
    steps = [("2026-11-01", 300), ("2026-11-06", 400), ("2026-11-08", None), ("2026-11-10", 300)]
    assert paper.steps(steps) == "M6.0 150.0H180.0L180.0 16.0H249.6M319.2 150.0H354.0"


def test_what_never_moved_lies_in_the_middle_and_too_little_draws_nothing():
    assert Paper("2026-11-01", "2026-11-01", [300]).y(300) == 83
    assert of_outlet({"items": [], "winning": [], "until": "2026-11-24"}) is None
    assert of_city([]) is None
