"""The volume-price index: whole numbers, each product beside itself, and no typo that makes one."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.monitoring.rules import (
    figure_written,
    index_of,
    period_before,
    period_of,
    period_written,
    ratio,
    reference,
)
from backend.policy.packs import pack_on

TERMS = pack_on("shenyang", date(2026, 11, 24)).monitoring
LOW, HIGH = TERMS.low_permille, TERMS.high_permille

fen = st.integers(1, 10**7)
pairs = st.lists(st.tuples(fen, fen), min_size=TERMS.min_drugs, max_size=60)


def test_prices_equal_to_the_reference_make_exactly_one():
    assert index_of([(340, 340)] * 10, TERMS) == (1000, 10, 0, 10, 0)


def test_an_index_worked_by_hand():
    # Nine at the reference, one a tenth above it: (9 × 1000 + 1100) / 10.
    assert index_of([(500, 500)] * 9 + [(550, 500)], TERMS) == (1010, 10, 0, 9, 1)


def test_below_the_least_drugs_it_is_undetermined_but_counted():
    assert index_of([(340, 300)] * 9, TERMS) == (None, 9, 0, 0, 9)
    assert index_of([], TERMS) == (None, 0, 0, 0, 0)


def test_the_reference_is_a_price_somebody_asks_and_needs_ten_pharmacies():
    assert reference([300] * 9, TERMS) is None
    assert reference([900, *range(310, 400, 10)], TERMS) == 350


@pytest.mark.parametrize(
    ("price", "beside", "told"),
    [(340, 340, 1000), (1, 3, LOW), (2, 3, 667), (1001, 2000, 501), (1003, 2000, 502),
     (3400, 340, HIGH), (68000, 340, HIGH), (1, 10**7, LOW)],
)  # fmt: skip
def test_a_ratio_is_rounded_half_up_and_held_within_its_bounds(price, beside, told):
    assert ratio(price, beside, TERMS) == told


@given(pairs, st.integers(1, 1000))
def test_it_is_the_same_in_whatever_unit_money_is_counted(compared, times):
    scaled = [(price * times, beside * times) for price, beside in compared]
    assert index_of(scaled, TERMS) == index_of(compared, TERMS)


@given(pairs, st.randoms())
def test_the_order_of_the_drugs_does_not_matter(compared, draw):
    mixed = list(compared)
    draw.shuffle(mixed)
    assert index_of(mixed, TERMS) == index_of(compared, TERMS)


@given(pairs, st.integers(0, 59), st.integers(1, 10**6))
def test_a_dearer_price_never_makes_a_lower_index(compared, place, more):
    place %= len(compared)
    price, beside = compared[place]
    dearer = [*compared[:place], (price + more, beside), *compared[place + 1 :]]
    assert index_of(dearer, TERMS).permille >= index_of(compared, TERMS).permille


@given(pairs, st.integers(0, 59), fen)
def test_one_price_moves_an_index_by_its_share_of_the_bounds_at_most(compared, place, other):
    place %= len(compared)
    typo = [*compared[:place], (other, compared[place][1]), *compared[place + 1 :]]
    moved = abs(index_of(typo, TERMS).permille - index_of(compared, TERMS).permille)
    assert moved <= (HIGH - LOW) // len(compared) + 1
    assert moved <= (HIGH - LOW) // TERMS.min_drugs


@given(pairs)
def test_it_is_the_mean_of_the_held_ratios_to_half_a_thousandth(compared):
    told = index_of(compared, TERMS)
    held = [Fraction(ratio(*one, TERMS)) for one in compared]
    assert abs(told.permille - sum(held) / len(held)) <= Fraction(1, 2)
    assert LOW <= told.permille <= HIGH
    assert type(told.permille) is int
    assert told.below + told.at + told.above == told.drugs == len(compared)


@given(st.lists(fen, min_size=10, max_size=60), st.integers(0, 59), fen)
def test_one_pharmacy_moves_a_reference_to_the_neighbouring_price_at_most(prices, place, other):
    place %= len(prices)
    before, ranked = reference(prices, TERMS), sorted(prices)
    after = reference([*prices[:place], other, *prices[place + 1 :]], TERMS)
    rank = -(-len(ranked) // 2) - 1
    assert ranked[max(0, rank - 1)] <= after <= ranked[min(len(ranked) - 1, rank + 1)]
    assert before == ranked[rank]


def test_the_numbers_are_those_of_the_pack():
    lax = replace(TERMS, min_drugs=1, high_permille=9000)
    assert index_of([(900, 100)], lax).permille == 9000


@pytest.mark.parametrize(
    ("words", "period"),
    [("2026-10", "2026-10"), ("2026-1", "2026-01"), ("2026年10月", "2026-10"),
     ("2026/10", "2026-10"), ("202610", "2026-10"), ("2026-10-01", "2026-10"),
     ("2026-10-15", None), ("2026", None), ("2026-13", None), ("上个月", None), ("1926-10", None)],
)  # fmt: skip
def test_a_month_is_read_as_people_and_spreadsheets_write_it(words, period):
    assert period_written(words) == period


@pytest.mark.parametrize(
    ("words", "figure"),
    [("1.085", 1085), ("1", 1000), ("0.9", 900), ("1.10", 1100), ("9.999", 9999), ("0", None),
     ("108.5", None), ("10", None), ("1.0855", None), ("-1", None), ("偏高", None),
     ("1,085", None)],
)  # fmt: skip
def test_a_figure_is_read_exactly_or_not_at_all(words, figure):
    assert figure_written(words) == figure


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_the_month_before_is_the_one_the_day_before_the_first_lies_in(day):
    first = day.replace(day=1)
    assert period_before(period_of(day)) == period_of(date.fromordinal(first.toordinal() - 1))
