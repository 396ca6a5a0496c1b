"""Small groups: whatever is published stands for k people or more, and so does every difference."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.opendata.rules import Place, Seen, released, safe_groups

K = 10
TODAY = date(2026, 11, 24)


def place(name, district="210102"):
    return Place(district, name)


def told(counts, k=K):
    """(area, district, outlet) → how many, as published."""
    return {
        (one.area, one.district, one.outlet): sum(counts[p] for p in one.places)
        for one in safe_groups(counts, k)
    }


def test_an_outlet_stands_alone_from_k_on():
    assert told({place("A"): 10}) == {("outlet", "210102", "A"): 10}
    assert told({place("A"): 9}) == {}


def test_the_others_of_a_district_stand_together():
    counts = {place("A"): 30, place("B"): 6, place("C"): 5}
    assert told(counts) == {("outlet", "210102", "A"): 30, ("district", "210102", None): 11}


def test_what_would_follow_by_subtraction_takes_the_smallest_neighbour_with_it():
    counts = {place("A"): 30, place("B"): 12, place("C"): 3}
    assert told(counts) == {("outlet", "210102", "A"): 30, ("district", "210102", None): 15}


def test_one_outlet_left_over_is_never_a_rest_of_its_own():
    counts = {place("A"): 12, place("B"): 9}
    assert told(counts) == {("district", "210102", None): 21}


def test_districts_too_small_stand_together_for_the_city():
    counts = {place("A"): 6, place("B", "210103"): 7, place("C", "210104"): 40}
    assert told(counts) == {("outlet", "210104", "C"): 40, ("city", None, None): 13}


def test_nothing_is_told_where_all_together_are_too_few():
    assert told({place("A"): 4, place("B", "210103"): 5}) == {}


places = st.builds(Place, st.sampled_from(["1", "2", "3"]), st.sampled_from("ABCDE"))


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(places, st.integers(0, 25), max_size=12), st.integers(2, 12))
def test_who_knows_every_total_subtracts_to_k_or_more_or_to_nothing(counts, k):
    """The attacker knows the total of the city and of each district, and which groups exist."""
    groups = safe_groups(counts, k)
    inside = [p for one in groups for p in one.places]
    assert len(inside) == len(set(inside))
    for one in groups:
        assert sum(counts[p] for p in one.places) >= k
        assert one.area == "outlet" or len(one.places) > 1
    left = sum(counts.values()) - sum(counts[p] for p in inside)
    assert left == 0 or not groups
    for district in {p.district for p in counts}:
        of_it = [p for p in counts if p.district == district and counts[p]]
        alone = [p for p in of_it if any(one.places == (p,) for one in groups)]
        rest = sum(counts[p] for p in of_it) - sum(counts[p] for p in alone)
        # Less than k remains only where the district has nothing of its own to subtract from.
        assert rest == 0 or rest >= k or not alone


def seen(occasion, *, at="A", month="2026-09", handed_in="2026-09", fen=340):
    return Seen(place(at), month, handed_in, (occasion,), fen)


def test_only_months_that_are_over_are_told():
    many = [seen(str(n)) for n in range(12)]
    assert [one.times for one in released(many, k=K, day=TODAY)] == [12]
    now = [one._replace(handed_in="2026-11") for one in many]
    assert list(released(now, k=K, day=TODAY)) == []
    assert len(list(released(now, k=K, day=date(2026, 12, 1)))) == 1


def test_one_receipt_is_one_however_many_rows_it_has():
    assert list(released([seen("the same") for _ in range(40)], k=K, day=TODAY)) == []


def test_what_is_handed_in_later_makes_no_group_grow():
    before = [seen(str(n)) for n in range(12)]
    late = [seen(f"late {n}", handed_in="2026-10", fen=999) for n in range(9)]
    first = list(released(before, k=K, day=TODAY))
    assert list(released(before + late, k=K, day=TODAY)) == first


def test_no_two_days_differ_by_fewer_than_k():
    rows = [
        seen(f"{month} {n}", at="ABC"[n % 3], month=month, handed_in=month, fen=300 + n)
        for month, count in (("2026-08", 14), ("2026-09", 31), ("2026-10", 3), ("2026-11", 25))
        for n in range(count)
    ]
    days = [date(2026, month, day) for month in (9, 10, 11, 12) for day in (1, 15)]
    by_day = [{(r.group, r.month): r.times for r in released(rows, k=K, day=day)} for day in days]
    for earlier, later in combinations(by_day, 2):
        assert earlier.items() <= later.items()
        assert all(later[new] >= K for new in later.keys() - earlier.keys())


@pytest.mark.parametrize("area", ["outlet", "district", "city"])
def test_prices_of_a_group_are_those_of_its_places(area):
    at = {"outlet": ["A"], "district": ["A", "B"], "city": ["A", "B"]}[area]
    rows = [
        Seen(place(at[n % len(at)], "1" if area != "city" or n % 2 else "2"), "2026-09", "2026-09",
             (str(n),), 300 + n)
        for n in range(12)
    ]  # fmt: skip
    (one,) = released(rows, k=K, day=TODAY)
    assert (one.group.area, one.prices) == (area, tuple(range(300, 312)))
