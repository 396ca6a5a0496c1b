"""The search for plans, held against trying every trip there is."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.baskets.planning import best_plans, candidates
from backend.baskets.rules import MOST_STOPS, Seller, every_plan, front

# Few prices and shared doorsteps: ties are where a search goes wrong.
PRICES = st.none() | st.sampled_from((300, 340, 340, 350)) | st.integers(1, 900)
METRES = st.sampled_from((-3000, -400, 0, 0, 5, 400, 1200)) | st.integers(-5000, 5000)


@st.composite
def towns(draw):
    drugs = draw(st.integers(1, 5))
    asked = st.tuples(*[PRICES] * drugs)
    facts = draw(st.lists(st.tuples(METRES, METRES, asked), max_size=8))
    return [Seller(f"A{n}", east, north, costs) for n, (east, north, costs) in enumerate(facts)]


def told(sellers, plans):
    return [
        (one.total_fen, one.walk_m, one.missing, [sellers[n].code for n in one.sellers])
        for one in plans
    ]


def oracle(sellers):
    """Every trip to outlets that have something, and of those what no other beats."""
    return front(sellers, [plan for plan in every_plan(sellers) if _sells(sellers, plan)])


def _sells(sellers, plan):
    return all(any(cost is not None for cost in sellers[one].costs) for one in plan.sellers)


@settings(max_examples=400, deadline=None)
@given(towns())
def test_the_search_finds_just_what_trying_everything_finds(town):
    assert told(town, best_plans(town)) == told(town, oracle(town))


@settings(max_examples=100, deadline=None)
@given(towns(), st.randoms(use_true_random=False))
def test_the_order_the_outlets_come_in_changes_nothing(town, random):
    shuffled = random.sample(town, len(town))
    assert told(shuffled, best_plans(shuffled)) == told(town, best_plans(town))


@settings(deadline=None)
@given(towns())
def test_no_plan_beats_another_and_none_goes_to_more_outlets_than_are_allowed(town):
    plans = best_plans(town)
    for one in plans:
        assert one.stops <= MOST_STOPS
        assert not any(
            other is not one and other.total_fen <= one.total_fen
            and other.walk_m <= one.walk_m and other.stops <= one.stops
            for other in plans
        )  # fmt: skip


def test_with_many_outlets_the_search_still_finds_just_that():
    for seed in range(4):
        rng = Random(seed)
        town = [
            Seller(f"A{n:02d}", rng.randint(-2000, 2000), rng.randint(-2000, 2000),
                   tuple(rng.choice([None, 340, 340, 340, 330, rng.randint(300, 420)])
                         for _ in range(12)))
            for n in range(28)
        ]  # fmt: skip
        assert told(town, best_plans(town)) == told(town, oracle(town))


def test_where_nobody_has_anything_there_is_no_plan():
    assert best_plans([]) == []
    assert best_plans([Seller("A", 0, 0, (None, None))]) == []


def test_large_amounts_do_not_outweigh_a_missing_drug():
    dear = Seller("A", 10, 0, (9_999 * 100_000_000,) * 12)
    cheap = Seller("B", 1, 0, (1,) * 11 + (None,))
    (plan,) = [one for one in best_plans([dear, cheap]) if one.stops == 1]
    assert plan.missing == ()


def test_planned_with_are_the_nearest_and_of_each_drug_the_cheapest_of_equals_the_nearer():
    prices = np.array([[5, 0], [5, 9], [4, 0], [4, 8], [4, 8], [0, 7]])
    assert candidates(prices, nearest=1, cheapest=1) == [0, 2, 5]
    assert candidates(prices, nearest=2, cheapest=2) == [0, 1, 2, 3, 5]
    assert candidates(prices, nearest=9, cheapest=0) == [0, 1, 2, 3, 4, 5]
