"""The flat drawing of the city: units, degrees, outlines, the scale bar."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.outlets.canvas import Canvas, around, outlines
from backend.outlets.places import districts, metres_between

MIDDLE = (41.8, 123.43)
WINDOW = Canvas(MIDDLE, 3000)


def test_the_middle_is_in_the_middle_and_north_is_up():
    assert WINDOW.at(*MIDDLE) == (180, 180)
    x, y = WINDOW.at(MIDDLE[0] + 0.01, MIDDLE[1])
    assert (x, y < 180) == (180, True)


@given(some.floats(0, 360), some.floats(0, 360))
def test_a_point_of_the_drawing_and_its_position_are_one(x, y):
    assert WINDOW.at(*WINDOW.position(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_a_unit_is_as_many_metres_as_the_window_says():
    edge = WINDOW.position(360, 180)
    assert metres_between(MIDDLE, edge) == pytest.approx(3000, rel=1e-6)
    assert WINDOW.holds(*WINDOW.position(359, 180))
    assert not WINDOW.holds(*WINDOW.position(361, 180))


@pytest.mark.parametrize(
    ("half_m", "metres"), [(300, 200), (1000, 500), (3000, 2000), (62_000, 20_000)]
)
def test_the_scale_bar_is_the_longest_round_number_that_fits(half_m, metres):
    canvas = Canvas(MIDDLE, half_m)
    assert canvas.bar()[0] == metres
    assert canvas.bar()[1] == pytest.approx(metres / canvas.unit_m)
    assert canvas.bar()[1] <= 120


def test_a_window_around_a_box_holds_all_of_it():
    for district in districts():
        west, south, east, north = district.outline.bounds
        canvas = around(district.outline.bounds, width=360, most=640)
        assert canvas.holds(south, west)
        assert canvas.holds(north, east)
        assert canvas.height <= 640


def test_outlines_are_drawn_only_where_they_are_seen():
    seen = {code for code, _, _ in outlines(WINDOW)}
    assert "210103" in seen
    assert "210123" not in seen
    assert all(path.startswith("M") and path.endswith("Z") for _, _, path in outlines(WINDOW))


def test_the_city_is_drawn_in_a_few_kilobytes():
    bounds = [one.outline.bounds for one in districts()]
    box = (min(b[0] for b in bounds), min(b[1] for b in bounds),
           max(b[2] for b in bounds), max(b[3] for b in bounds))  # fmt: skip
    drawn = outlines(around(box, width=360, most=640))
    assert len(drawn) == 13
    assert sum(len(path) for _, _, path in drawn) < 20_000
