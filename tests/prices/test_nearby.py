"""Who sells it near me, at or below a price: every page against a look at every single offer."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.outlets.places import metres_between
from backend.prices.candidates import Question
from backend.prices.nearby import count, places
from backend.prices.pages import page_of
from backend.prices.ranking import ORDERS
from tests.prices.towns import CENTRE, DISTRICTS, KINDS, answer, make, settle, trusted

DRUG = 5
LARGE, SMALL = make(2_400, seed=1), make(60, seed=2)

ORIGINS = st.none() | st.sampled_from([CENTRE, (41.9, 123.6), (40.0, 120.0)]) | st.tuples(
    st.floats(41.7, 41.9), st.floats(123.3, 123.6)
)  # fmt: skip
QUESTIONS = st.builds(
    Question,
    drug_id=st.just(DRUG),
    origin=ORIGINS,
    radius_m=st.none() | st.integers(1, 20_000),
    district=st.sampled_from(["", "", *DISTRICTS]),
    kind=st.sampled_from(["", "", *KINDS]),
    at_most_fen=st.none() | st.sampled_from([0, 299, 300, 340, 900]),
    in_stock=st.sampled_from([None, None, True, False]),
    order=st.sampled_from(ORDERS),
    fen_per_km=st.sampled_from([0, 50, 200]),
    page=st.integers(1, 12) | st.just(300),
    page_size=st.sampled_from([1, 7, 20, 100]),
    trusted=st.sampled_from([None, trusted(LARGE), trusted(SMALL)]),
)
SLOW_FIXTURE = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def large(house):
    """A drug that stands almost everywhere."""
    settle(LARGE, drug_id=DRUG, number=3)
    return LARGE


@pytest.fixture
def small(house):
    """A drug that few sell."""
    settle(SMALL, drug_id=DRUG, number=3)
    return SMALL


def told(found):
    return [(place.outlet_code, place.price_fen, place.distance_m) for place in found]


def must_agree(town, asked):
    """One page and the number of all, against the answer found by looking at every offer."""
    everything = answer(town, asked)
    start = (asked.page - 1) * asked.page_size
    found, total = page_of(asked)
    assert total == count(asked) == len(everything)
    assert told(found) == told(everything[start : start + asked.page_size])


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW_FIXTURE)
@given(QUESTIONS)
@example(Question(DRUG, origin=CENTRE, order="price", at_most_fen=340, page=2))
@example(Question(DRUG, origin=CENTRE, order="balanced", fen_per_km=200, page_size=100, page=2))
@example(Question(DRUG, origin=(40.0, 120.0), order="distance"))
def test_a_page_of_a_common_drug_is_what_sorting_all_of_it_gives(large, asked):
    must_agree(large, asked)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW_FIXTURE)
@given(QUESTIONS)
def test_a_page_of_a_rare_drug_is_what_sorting_all_of_it_gives(small, asked):
    must_agree(small, asked)


@settings(max_examples=8, deadline=None, suppress_health_check=SLOW_FIXTURE)
@given(st.integers(1, 10_000), st.data())
def test_any_town_gives_the_same_answer_both_ways(house, seed, data):
    town = make(data.draw(st.integers(1, 1_500)), seed)
    settle(town, drug_id=DRUG, number=seed)
    for _ in range(12):
        must_agree(town, data.draw(QUESTIONS))


@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_together_are_everything_once_in_order(large, order):
    asked = Question(DRUG, origin=CENTRE, order=order, fen_per_km=100, page_size=100)
    pages = [page_of(replace(asked, page=number))[0] for number in range(1, 30)]
    assert told(sum(pages, [])) == told(answer(LARGE, asked))


@pytest.mark.parametrize("order", ORDERS)
def test_other_database_ids_change_nothing(large, order):
    asked = Question(DRUG, origin=CENTRE, order=order, fen_per_km=100, page_size=200)
    before = told(page_of(asked)[0])
    ids = [sold.outlet_id for sold in LARGE][::-1]
    visible = [replace(s, seen=True) for s in LARGE if s.seen]
    shuffled = [replace(s, outlet_id=i) for s, i in zip(visible, ids, strict=False)]
    settle(shuffled, drug_id=DRUG, number=9)
    assert told(page_of(asked)[0]) == before


def test_what_lies_exactly_at_the_radius_is_within_it(small):
    spot = next(sold for sold in SMALL if sold.seen and sold.place)
    metres = metres_between(CENTRE, spot.place)
    for radius, within in ((metres, True), (metres - 1e-6, False)):
        asked = Question(DRUG, origin=CENTRE, radius_m=radius, page_size=100)
        codes = {place.outlet_code for place in page_of(asked)[0]}
        assert (spot.outlet_code in codes) is within
        must_agree(SMALL, asked)


def test_what_has_no_position_comes_last_and_is_in_no_radius(small):
    asked = Question(DRUG, origin=CENTRE, page_size=100)
    astray = [place.distance_m is None for place in page_of(asked)[0]]
    assert any(astray)
    assert astray == sorted(astray)
    near = page_of(replace(asked, radius_m=200_000))[0]
    assert all(place.distance_m is not None for place in near)


def test_without_a_place_there_are_no_distances(small):
    assert {place.distance_m for place in places(Question(DRUG, page_size=100))} == {None}


def test_a_page_past_the_end_is_empty_and_still_says_how_many_there_are(small):
    found, total = page_of(Question(DRUG, origin=CENTRE, page=50))
    assert (found, total) == ([], sum(sold.seen for sold in SMALL))


def test_only_some_outlets_may_be_asked_for(small):
    few = [sold.outlet_id for sold in SMALL[:20]]
    for outlet_ids in (few, []):
        must_agree(SMALL, Question(DRUG, origin=CENTRE, outlet_ids=outlet_ids, page_size=100))


def test_another_drug_has_its_own_offers(small):
    assert page_of(Question(DRUG + 1, origin=CENTRE)) == ([], 0)
