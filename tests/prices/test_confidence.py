"""How far what was seen is believed: it only falls, at the published pace, until somebody looks."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.policy.packs import load
from backend.prices.confidence import (
    FAIR,
    GOOD,
    LEVELS,
    POOR,
    Doubts,
    believed,
    days_until,
    decay_of,
    is_sunk,
)
from backend.prices.sheets import SOURCES

PACK = load("shenyang")[0]
TERMS = PACK.confidence
CLASSES = list(PACK.outlet_classes)

decays = st.builds(
    lambda matter, source, class_: decay_of(TERMS, matter, source=source, class_=class_),
    st.sampled_from(["price", "stock"]),
    st.sampled_from(list(SOURCES)),
    st.sampled_from([*CLASSES, None]),
)
# What happens to an offer nobody looks at: days go by, and people say it is not so.
events = st.lists(st.sampled_from(["a day", "a report"]) | st.just("a day"), max_size=300)


def of(source="declaration", class_="pharmacy", matter="price"):
    return decay_of(TERMS, matter, source=source, class_=class_)


@given(decays, events)
def test_nothing_but_new_evidence_raises_it(decay, events):
    days = doubts = 0
    before = believed(TERMS, decay, days=0)
    for event in events:
        days, doubts = days + (event == "a day"), doubts + (event == "a report")
        now = believed(TERMS, decay, days=days, doubts=doubts)
        assert now.percent <= before.percent
        assert LEVELS.index(now.level) >= LEVELS.index(before.level)
        before = now


@given(decays, st.integers(0, 400), st.integers(0, 9))
def test_a_look_today_is_believed_as_on_the_first_day(decay, days, doubts):
    old = believed(TERMS, decay, days=days, doubts=doubts)
    new = believed(TERMS, decay, days=0)
    assert new.percent == decay.start_percent >= old.percent
    assert new.level == GOOD


@given(decays, st.integers(1, 400))
def test_reports_count_the_same_in_whatever_order_they_came(decay, days):
    one_by_one = [believed(TERMS, decay, days=days, doubts=n).percent for n in range(6)]
    assert one_by_one == sorted(one_by_one, reverse=True)
    assert believed(TERMS, decay, days=-days) == believed(TERMS, decay, days=0)


@given(decays, st.sampled_from([TERMS.fair_percent, TERMS.poor_percent]))
def test_the_threshold_days_are_those_of_the_published_formula(decay, percent):
    exact = decay.half_life_days * log2(decay.start_percent / percent)
    day = days_until(decay, percent)
    # On the very day the threshold is met it still holds.
    assert day - 1 <= exact + 1e-9
    assert exact < day + 1e-9
    assert believed(TERMS, decay, days=day - 1).percent >= percent
    assert believed(TERMS, decay, days=day).percent < percent


@pytest.mark.parametrize(
    ("source", "class_", "fair", "poor"),
    [
        ("declaration", "pharmacy", 31, 83), ("declaration", "public", 61, 165),
        ("monitoring", "private", 34, 84), ("inspection", "pharmacy", 45, 105),
        ("receipt", "pharmacy", 30, 75), ("report", "pharmacy", 7, 37),
    ],
)  # fmt: skip
def test_the_words_change_on_the_days_that_are_published(source, class_, fair, poor):
    level = [
        believed(TERMS, of(source, class_), days=day).level
        for day in (fair - 1, fair, poor - 1, poor)
    ]
    assert level == [GOOD, FAIR, FAIR, POOR]


def test_stock_is_believed_for_days_where_a_price_is_believed_for_weeks():
    for source in SOURCES:
        for class_ in CLASSES:
            stock, price = of(source, class_, "stock"), of(source, class_)
            assert days_until(stock, TERMS.poor_percent) < days_until(price, TERMS.poor_percent)


def test_few_reports_change_the_words_and_more_sink_the_offer():
    level = [believed(TERMS, of(), days=0, doubts=n).level for n in range(5)]
    assert level == [GOOD, GOOD, FAIR, FAIR, POOR]
    sunk = [is_sunk(TERMS, of(), days=0, doubts=Doubts(stock=n)) for n in range(5)]
    assert sunk == [False, False, False, False, True]


@given(decays, st.integers(0, 300), st.integers(0, 8), st.integers(0, 8))
def test_an_offer_that_has_sunk_comes_up_by_no_report_and_no_day(decay, days, price, stock):
    doubts = Doubts(price, stock)
    if is_sunk(TERMS, decay, days=days, doubts=doubts):
        for later in (Doubts(price + 1, stock), Doubts(price, stock + 1), doubts):
            assert is_sunk(TERMS, decay, days=days + 1, doubts=later)


def test_every_source_a_sheet_may_name_is_in_the_pack():
    assert set(TERMS.sources) == set(SOURCES)


def test_what_was_said_against_a_price_is_not_forgotten_while_the_price_is_believed():
    # Forgotten sooner, the confidence would rise although nobody looked again.
    fades = [of(source, class_) for source in SOURCES for class_ in CLASSES]
    assert PACK.reports.keep_days > max(days_until(one, TERMS.poor_percent) for one in fades)
