"""The night's figures: whoever counts again, offer by offer, comes to the same."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from backend import db
from backend.errors import NotFound
from backend.outside import outside
from backend.outside.clock import StoppedClock, city_day
from backend.prices import bands, tasks
from backend.prices.figures import figures_if_any, latest_figures, take_figures
from backend.prices.lookups import offers
from backend.prices.models import NightFigures
from tests.conftest import NOW
from tests.makers import A_PRICE, many_drugs, many_outlets, sheet, take

TODAY = city_day(NOW)
JOINED = {"机构类别": "零售药店（单体）", "三进状态": "在名单"}
OUTLETS = (
    *[JOINED] * 11, JOINED | {"三进状态": "未参加"}, {}, {},
    {"机构类别": "民营医疗机构"},
)  # fmt: skip
ASKED = (*["3.40"] * 6, *["3.60"] * 3, "5.20", "9.90", "3.40", "3.40", "3.80", "3.40")


@pytest.fixture
def street(house, tmp_path):
    """Eleven pharmacies in 三进, one that is not, two clinics, one private; one drug."""
    take("drugs", sheet(tmp_path, many_drugs(2)))
    rows = [r | c for r, c in zip(many_outlets(len(OUTLETS)), OUTLETS, strict=True)]
    take("outlets", sheet(tmp_path, rows))
    priced = [
        A_PRICE | {"定点编码": row["定点编码"], "药品编码": "D0000", "价格": price}
        for row, price in zip(rows, ASKED, strict=True)
    ]
    take("prices", sheet(tmp_path, priced))
    return take_figures(TODAY)


def counted(figures):
    return {one["code"]: one["count"] for one in figures["verdicts"] if one["count"]}


def test_counting_the_offers_one_by_one_gives_the_same(street):
    items = offers("D0000", page_size=100)["items"]
    again = Counter(
        "comparison" if one["verdict"]["comparison"] else one["verdict"]["code"] for one in items
    )
    assert counted(street) == dict(again)
    assert street["offers"] == len(items) == len(OUTLETS)


def test_the_title_states_the_finding(street):
    count = counted(street)
    bad = count.get("clearly_high", 0) + count.get("off_winning", 0)
    assert bad == 3
    assert f"{bad} 个越线" in street["title"]


def test_the_verdicts_are_told_by_class_of_outlet(street):
    for one in street["verdicts"]:
        assert sum(one["by_class"].values()) == one["count"]
    compliant = next(one for one in street["verdicts"] if one["code"] == "compliant")
    assert compliant["by_class"] == {"pharmacy": 6, "public": 1}


def test_drugs_with_and_without_a_band_and_how_many_pharmacies_it_stands_on(street):
    assert street["drugs"] | {"method": ""} == {
        "sold": 1, "with_band": 1, "without_band": 0, "least": 10, "method": "",
    }  # fmt: skip
    assert street["bands"][0] == {"from": 10, "to": 19, "drugs": 1}
    assert sum(step["drugs"] for step in street["bands"]) == 1


def test_the_ages_count_every_price(street):
    assert {one["level"]: one["count"] for one in street["ages"] if one["count"]} == {
        "older": len(OUTLETS)
    }


def test_the_worked_band_can_be_worked_again(street):
    band = street["worked"]["band"]
    ranked = [fen for fen, count in band["prices"] for _ in range(count)]
    assert len(ranked) == band["count"] == 12
    assert ranked[band["low_rank"] - 1] == band["low_fen"] == bands.nearest_rank(ranked, 25)
    assert ranked[band["high_rank"] - 1] == band["high_fen"] == bands.nearest_rank(ranked, 75)
    assert max(band["by_share_fen"], band["by_spread_fen"]) == band["clear_fen"]


def test_the_worked_order_is_the_published_one(street):
    order = street["worked"]["order"]
    assert order["district"] == "210103"
    assert [one["price_fen"] for one in order["items"]] == [340, 340, 340]
    assert all("综合排" in one["text"] for one in order["items"])


def test_a_night_replaces_itself_and_leaves_the_others(street):
    take_figures(TODAY)
    outside.clock = StoppedClock(datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    tasks.take_bands("shenyang")
    assert [one.day.isoformat() for one in NightFigures.select().order_by(NightFigures.day)] == [
        "2026-11-24", "2026-11-25",
    ]  # fmt: skip
    assert latest_figures()["day"] == "2026-11-25"


def test_a_day_without_a_band_has_no_examples_and_nobody_is_judged_by_one(street):
    db.run("DELETE FROM band_snapshot")
    told = take_figures(TODAY)
    assert told["worked"] is None
    assert counted(told)["undetermined"] == 6


def test_before_the_first_night_there_are_none(house):
    assert figures_if_any() is None
    with pytest.raises(NotFound, match="第一个夜里"):
        latest_figures()


def test_an_empty_house_has_figures_of_nothing(house):
    told = take_figures(TODAY)
    assert (told["offers"], told["title"]) == (0, "今天没有能判的价格")
