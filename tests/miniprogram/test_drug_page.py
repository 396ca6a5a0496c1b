"""A drug's page: the two labels, the course of prices, and no product mixed with another."""

import re
from datetime import timedelta

import pytest

from backend.catalog.models import Drug
from backend.db import run
from backend.outside.clock import city_day
from tests.conftest import NOW


@pytest.fixture
def drug(phone):
    return phone.get("/api/v1/drugs", q="盐酸二甲双胍片")["items"][0]


@pytest.mark.parametrize(
    ("more", "words"), [(80, "每盒贵 0.80 元"), (-40, "每盒便宜 0.40 元"), (0, "和中选价一样")]
)
def test_the_price_one_comes_from_stands_beside_the_winning_price(phone, drug, more, words):
    seen = drug["winning_price_fen"] + more
    page = phone.page(f"/drugs/{drug['code']}", price_fen=str(seen))
    assert "您看到的价" in page
    assert words.replace("盒", drug["package_unit"]) in page


def test_without_a_price_to_compare_there_are_no_labels(phone, drug):
    assert "您看到的价" not in phone.page(f"/drugs/{drug['code']}")


def test_a_drug_that_won_twice_shows_what_became_of_its_price(phone, town):
    (code,) = run(
        "SELECT drug.code FROM win JOIN drug ON drug.id = win.drug_id"
        " WHERE win.standing <> 'elsewhere' GROUP BY drug.code HAVING COUNT(*) > 1"
        " ORDER BY drug.code LIMIT 1"
    ).fetchone()
    told, page = phone.get(f"/api/v1/drugs/{code}"), phone.page(f"/drugs/{code}")
    assert told["winning_course"]["title"] in page
    for step in told["winning_course"]["steps"]:
        assert step["batch"] in page


def test_the_band_over_time_is_drawn_from_the_second_day_on(phone, drug):
    assert "明显偏高线" not in phone.page(f"/drugs/{drug['code']}")
    before = (city_day(NOW) - timedelta(days=1)).isoformat()
    run(
        "INSERT INTO band_snapshot (drug_id, day, method, count, low_fen, high_fen, clear_fen)"
        " VALUES (?, ?, 'band-1', 12, 300, 400, 520)",
        Drug.get(Drug.code == drug["code"]).id, before,
    )  # fmt: skip
    page = phone.page(f"/drugs/{drug['code']}")
    assert "区间 2026-11-23 到 2026-11-24 的变化" in page
    assert re.search(r"<td>2026-11-23</td><td class=\"number\">3.00</td>", page)


def test_other_products_are_grouped_by_why_they_cannot_be_compared(phone):
    for found in phone.get("/api/v1/drugs", page_size="100")["items"]:
        told = phone.get(f"/api/v1/drugs/{found['code']}")
        notes = {one["note"] for one in told["same_substance"] if not one["comparable"]}
        if len(notes) > 1:
            break
    page = phone.page(f"/drugs/{found['code']}")
    for note in notes:
        count = sum(one["note"] == note for one in told["same_substance"])
        assert f"{note}（{count} 种）" in page
