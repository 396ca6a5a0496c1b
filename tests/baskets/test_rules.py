"""What a trip is: ways that triangles keep, packs that are not broken, what beats what."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from backend.baskets.rules import Plan, Seller, bought_at, front, leg, packs_for, plan_of, tour

METRES = st.integers(-20_000, 20_000)
SPOTS = st.tuples(METRES, METRES)


def seller(code, east=0, north=0, costs=(100,)):
    return Seller(code, east, north, costs)


def test_a_pack_is_not_broken():
    assert [packs_for(units, 30) for units in (1, 30, 31, 90, 91)] == [1, 1, 2, 3, 4]


@given(SPOTS, SPOTS)
def test_a_way_is_whole_metres_and_no_detour_is_shorter(here, there):
    straight = leg(there[0] - here[0], there[1] - here[1])
    assert 0 <= straight - hypot(there[0] - here[0], there[1] - here[1]) < 1 + 1e-6
    assert straight <= leg(*here) + leg(*there)


def test_the_way_leads_back_and_begins_at_the_nearer_end():
    town = [seller("far", 900), seller("near", 300), seller("mid", 600)]
    assert tour(town, [0]) == (1800, (0,))
    assert tour(town, [0, 1]) == (1800, (1, 0))
    assert tour(town, [0, 1, 2]) == (1800, (1, 2, 0))


@given(st.lists(SPOTS, min_size=3, max_size=3))
def test_one_stop_more_never_shortens_the_way(spots):
    town = [seller(f"A{n}", *spot) for n, spot in enumerate(spots)]
    whole = tour(town, [0, 1, 2])[0]
    assert all(tour(town, some)[0] <= whole for some in ([0], [1], [2], [0, 1], [0, 2], [1, 2]))


def test_each_drug_is_bought_where_it_is_cheapest_and_of_two_alike_by_code():
    town = [seller("B", 1, costs=(300, 200, None)), seller("A", 2, costs=(300, 250, 900))]
    plan = plan_of(town, [0, 1])
    assert (plan.total_fen, plan.missing) == (1400, ())
    assert [town[one].code for one in plan.sellers] == ["B", "A"]
    assert bought_at(town, plan) == [[1], [0, 2]]


def test_a_plan_that_is_worse_in_nothing_and_better_in_one_thing_beats():
    town = [seller(f"A{n}") for n in range(4)]
    kept = [Plan((0,), 500, 900, ()), Plan((1, 2), 400, 900, ()), Plan((1,), 600, 100, ())]
    beaten = [Plan((3,), 500, 901, ()), Plan((0, 3), 500, 900, ()), Plan((2,), 501, 900, ())]
    assert front(town, [*beaten, *kept]) == [kept[1], kept[0], kept[2]]


def test_of_plans_alike_in_all_three_the_first_by_code_stands():
    town = [seller("B"), seller("A")]
    assert front(town, [Plan((0,), 5, 5, ()), Plan((1,), 5, 5, ())]) == [Plan((1,), 5, 5, ())]


def test_only_plans_that_lack_the_fewest_are_kept_however_cheap_the_others_are():
    town = [seller("A"), seller("B")]
    whole, part = Plan((0,), 900, 900, ()), Plan((1,), 1, 1, (0,))
    assert front(town, [part, whole]) == [whole]
    assert front(town, []) == []
