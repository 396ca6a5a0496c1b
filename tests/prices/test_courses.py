"""How prices went: winning prices by batch, the band by day."""

from datetime import timedelta

import pytest

from backend.db import run
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.prices.courses import COURSE_DAYS, band_course, winning_course
from miniprogram_api.charts import FLOOR, TOP, ribbon
from tests.conftest import NOW

TODAY = city_day(NOW)
PACK = pack_on("shenyang", TODAY)


def won(batch, fen, standing="assumed"):
    return {"batch": batch, "price_fen": fen, "announced_on": "2020-01-01",
            "standing": {"code": standing, "text": ""}, "source": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("prices", "title"),
    [
        ([340, 416], "2 次中选，从 4.16 元降到 3.40 元"),
        ([416, 300, 340], "3 次中选，从 3.40 元升到 4.16 元"),
        ([340, 340], "2 次中选，价格没有变，都是 3.40 元"),
    ],
)
def test_the_title_says_what_became_of_the_price(prices, title):
    course = winning_course([won(f"第{n}批", fen) for n, fen in enumerate(prices)])
    assert course["title"] == title
    assert [step["price_fen"] for step in course["steps"]] == prices[::-1]


def test_another_provinces_price_is_no_step_and_one_step_is_no_course():
    assert winning_course([won("第三批", 340), won("第二批", 416, "elsewhere")]) is None
    assert winning_course([]) is None


def keep(drug_id, ago, *, method=PACK.band.version, low=300, high=400):
    run(
        "INSERT INTO band_snapshot (drug_id, day, method, count, low_fen, high_fen, clear_fen)"
        " VALUES (?, ?, ?, 12, ?, ?, ?)",
        drug_id, (TODAY - timedelta(days=ago)).isoformat(), method, low, high, high + 100,
    )  # fmt: skip


def test_the_band_of_each_day_is_told_oldest_first_by_the_method_in_force(house):
    keep(1, 2, low=310)
    keep(1, 1)
    keep(1, 1, method="band-0")
    keep(2, 1)
    keep(1, COURSE_DAYS + 1)
    assert [(one["day"], one["low_fen"]) for one in band_course(1, TODAY, PACK)] == [
        ("2026-11-22", 310), ("2026-11-23", 300),
    ]  # fmt: skip


def day(number, low, high):
    return {"day": f"2026-11-{number:02d}", "low_fen": low, "high_fen": high,
            "clear_fen": high + 100, "count": 12}  # fmt: skip


def test_one_day_draws_no_ribbon():
    assert ribbon([]) is None
    assert ribbon([day(1, 300, 400)]) is None


def test_a_ribbon_goes_there_along_the_low_and_back_along_the_high():
    drawn = ribbon([day(1, 300, 400), day(3, 310, 420), day(5, 300, 400)])
    points = [tuple(map(float, point.split(","))) for point in drawn["ribbon"].split()]
    assert [x for x, _ in points] == [6, 180, 354, 354, 180, 6]
    assert points[0][1] == FLOOR
    assert points[3][1] < points[0][1]
    assert (drawn["low_fen"], drawn["high_fen"]) == (300, 520)
    assert min(float(p.split(",")[1]) for p in drawn["clear"].split()) == TOP


def test_prices_that_never_moved_still_draw():
    flat = day(1, 300, 300) | {"clear_fen": 300}
    assert ribbon([flat, flat | {"day": "2026-11-02"}])["ribbon"]
