"""Invented prices: shares, popularity, and that a seed settles everything."""

import csv
import statistics
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from backend.demo.kinds import PHARMACIES
from backend.demo.markups import tier_of
from backend.demo.outlets import HEADER as OUTLET_HEADER
from backend.demo.outlets import make_outlets
from backend.demo.prices import HEADER, Product, Scale, make_prices
from backend.demo.sheets import SCALES, shipped, write_sheets

TODAY = date(2026, 11, 21)


def fen(text):
    yuan, cents = text.split(".")
    assert len(cents) == 2
    return int(yuan) * 100 + int(cents)


@pytest.fixture(scope="module")
def drugs():
    with shipped("drugs").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["效力"] == "演示假定有效"]
    return [Product(f"Y{i:03d}", fen(row["中选价"]), row["通用名"]) for i, row in enumerate(rows)]


@pytest.fixture(scope="module")
def outlets():
    return list(make_outlets(400, today=TODAY))


@pytest.fixture(scope="module")
def prices(outlets, drugs):
    rows = make_prices(outlets, drugs, today=TODAY)
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def factors(outlets, drugs, prices):
    """Price over winning price, by the sort of outlet."""
    tiers = {row["定点编码"]: tier_of(row) for row in outlets}
    winning = {drug.code: drug.winning_fen for drug in drugs}
    by_tier = defaultdict(list)
    for row in prices:
        by_tier[tiers[row["定点编码"]]].append(fen(row["价格"]) / winning[row["药品编码"]])
    return by_tier


def share(values, test):
    return sum(map(test, values)) / len(values)


def test_the_same_seed_makes_the_same_prices(outlets, drugs):
    few = outlets[:5]
    assert list(make_prices(few, drugs, today=TODAY)) == list(make_prices(few, drugs, today=TODAY))
    other = list(make_prices(few, drugs, today=TODAY, seed=1))
    assert other != list(make_prices(few, drugs, today=TODAY))


def test_rows_have_the_columns_of_the_sheet():
    assert ",".join(HEADER) == "定点编码,药品编码,价格,有货,观测日期,来源,凭证,状态"


def test_every_outlet_sells_forty_to_ninety_drugs_each_once(prices):
    pairs = {(row["定点编码"], row["药品编码"]) for row in prices}
    assert len(pairs) == len(prices) == 26_000
    sizes = Counter(outlet for outlet, _ in pairs).values()
    assert 40 <= min(sizes) <= 50
    assert 80 <= max(sizes) <= 90


def test_a_short_catalogue_is_sold_whole(outlets, drugs):
    assert len(list(make_prices(outlets[:2], drugs[:3], today=TODAY))) == 6


def test_public_outlets_ask_the_winning_price_almost_always(factors):
    assert 0.95 < share(factors["public"], lambda f: f == 1) < 0.97
    assert max(factors["public"]) < 1.1


def test_pharmacies_in_the_list_ask_less_than_those_outside(factors):
    assert 0.42 < share(factors["joined"], lambda f: f == 1) < 0.49
    assert 0.03 < share(factors["joined"], lambda f: f < 1) < 0.07
    assert share(factors["outside"], lambda f: f == 1) < 0.13
    joined, outside = (statistics.mean(factors[tier]) for tier in ("joined", "outside"))
    assert joined + 0.2 < outside


def test_a_few_prices_are_clearly_high_but_none_looks_mistaken(factors):
    for tier in ("joined", "outside"):
        assert 0.01 < share(factors[tier], lambda f: f >= 1.95) < 0.08
    assert max(max(values) for values in factors.values()) < 2.9


def test_an_agreement_on_the_winning_price_is_mostly_kept(factors):
    assert 0.8 < share(factors["agreed"], lambda f: f == 1) < 0.9
    assert share(factors["free"], lambda f: f == 1) < 0.5


def test_popular_drugs_stand_in_most_pharmacies(outlets, drugs, prices):
    shops = {row["定点编码"] for row in outlets if row["机构类别"] in PHARMACIES}
    sold = Counter(row["药品编码"] for row in prices if row["定点编码"] in shops)
    for word in ("盐酸二甲双胍片", "苯磺酸氨氯地平片", "阿托伐他汀钙片"):
        code = next(drug.code for drug in drugs if drug.name == word)
        assert sold[code] > 0.7 * len(shops)
    rare = [sold[drug.code] for drug in drugs if drug.name.startswith("注射用")]
    assert max(rare) < 10


def test_most_products_are_sold_by_ten_pharmacies_enough_for_a_band(outlets, prices):
    shops = {row["定点编码"] for row in outlets if row["机构类别"] in PHARMACIES}
    sold = Counter(row["药品编码"] for row in prices if row["定点编码"] in shops)
    assert sum(count >= 10 for count in sold.values()) > 120


def test_most_is_in_stock_and_was_seen_within_sixty_days(prices):
    stock = Counter(row["有货"] for row in prices)
    assert 0.83 < stock["是"] / len(prices) < 0.87
    assert 0.07 < stock["否"] / len(prices) < 0.09
    days = {date.fromisoformat(row["观测日期"]) for row in prices}
    assert days == {TODAY - timedelta(days=ago) for ago in range(60)}


def test_a_receipt_is_marked_as_made_up(prices):
    receipts = {row["来源"]: row["凭证"] for row in prices if row["凭证"]}
    assert set(receipts) == {"购药小票"}
    assert receipts["购药小票"].startswith("演示")


def test_the_sheets_are_written_as_files(tmp_path, drugs):
    places, asked = write_sheets(tmp_path / "new", "demo", TODAY, drugs)
    again, _ = write_sheets(tmp_path / "again", "demo", TODAY, drugs)
    assert places.read_bytes() == again.read_bytes()
    head, *rows = places.read_text(encoding="utf-8").splitlines()
    assert (head, len(rows)) == (",".join(OUTLET_HEADER), 400)
    head, *rows = asked.read_text(encoding="utf-8").splitlines()
    assert (head, len(rows)) == (",".join(HEADER), 26_000)


def test_a_city_is_ten_thousand_outlets_and_a_million_prices():
    city = SCALES["city"]
    assert city == Scale(10_000, 100, 25)
    assert city.outlets * city.prices == 1_000_000


def test_neighbours_share_the_spread_so_the_total_is_exact(outlets, drugs):
    rows = make_prices(outlets[:40], drugs, today=TODAY, size=SCALES["city"])
    assert sum(1 for _ in rows) == 4_000
