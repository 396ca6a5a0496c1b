"""How far it is: one way has one length everywhere."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backend.outlets import places as the_houses
from search.places import at_least, at_most, is_place, metres_between, on_a_sphere

LAT, LON = st.floats(18, 54), st.floats(74, 134)
STEP = st.floats(-3, 3)


@given(LAT, LON, STEP, STEP)
def test_a_way_is_as_long_as_the_houses_own(lat, lon, north, east):
    a, b = (lat, lon), (lat + north, lon + east)
    assert metres_between(a, b) == the_houses.metres_between(a, b)


@given(LAT, LON, STEP, STEP)
def test_the_flat_map_and_the_sphere_differ_by_no_more_than_is_allowed_for(lat, lon, north, east):
    a, b = (lat, lon), (min(lat + north, 54), lon + east)
    flat, round_ = metres_between(a, b), on_a_sphere(a, b)
    assert at_least(flat) <= round_ <= at_most(flat)
    assert at_least(round_) <= flat <= at_most(round_)


def test_a_degree_to_the_north_is_what_it_is_on_the_mean_earth():
    assert abs(metres_between((41, 123), (42, 123)) - 6_371_008.8 * 3.141592653589793 / 180) < 1
    assert abs(on_a_sphere((0, 0), (0, 90)) - 10_007_550) < 60


def test_what_is_allowed_for_grows_with_the_way():
    ways = [-1, 0, 3, 100, 3000, 1e5, 1e9, float("inf")]
    assert all(at_most(a) <= at_most(b) for a, b in pairwise(ways))
    assert at_least(5) == at_least(-1) == 0
    assert at_most(3000) < 3000 * 1.0104 + 5


def test_what_is_not_on_the_earth_is_no_place():
    assert is_place((41.8, 123.4))
    assert not is_place((123.4, 41.8))
    assert not is_place((float("nan"), 0.0))
