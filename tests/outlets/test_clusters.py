"""Marks that would lie on each other become one circle that counts them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from backend.outlets.clusters import clustered

POINTS = some.lists(some.tuples(some.floats(0, 360), some.floats(0, 360)), max_size=60)


def named(points):
    return [(x, y, number) for number, (x, y) in enumerate(points, 1)]


def test_two_doors_apart_are_one_circle_and_the_first_gives_its_place():
    (one,) = clustered(named([(100, 100), (110, 100)]), apart=44)
    assert (one.x, one.y, one.things) == (100, 100, [1, 2])


def test_a_finger_apart_are_two():
    assert [c.things for c in clustered(named([(0, 0), (44, 0)]), apart=44)] == [[1], [2]]


@given(POINTS)
def test_nobody_is_lost_and_circles_keep_a_finger_apart(points):
    made = clustered(named(points), apart=44)
    assert sorted(thing for one in made for thing in one.things) == list(range(1, len(points) + 1))
    for one, other in combinations(made, 2):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= 44**2


@given(POINTS)
def test_the_same_marks_always_give_the_same_circles(points):
    again = [clustered(named(points), apart=44) for _ in range(2)]
    assert again[0] == again[1]


def test_ten_thousand_marks_are_few_circles():
    crowd = [((n * 37) % 360, (n * 91) % 360) for n in range(10_000)]
    assert len(clustered(named(crowd), apart=44)) <= 120
