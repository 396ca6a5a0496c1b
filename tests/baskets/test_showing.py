"""Which plans are shown: the best at each thing, those between evenly, nothing weighed."""

from backend.baskets.rules import Plan
from backend.baskets.showing import shown


def plan(fen, metres, stops=2):
    return Plan(tuple(range(stops)), fen, metres, ())


def titles(front, **more):
    return [(one.plan.total_fen, one.titles) for one in shown(front, **more)]


def test_a_short_front_is_shown_whole_with_what_each_is_best_at():
    front = [plan(100, 900, 3), plan(120, 700), plan(150, 800, 1), plan(200, 300, 1)]
    assert titles(front) == [
        (100, ("cheapest",)), (120, ("between",)), (150, ("one_stop_cheapest",)),
        (200, ("shortest", "one_stop_nearest")),
    ]  # fmt: skip


def test_one_plan_may_be_best_at_everything():
    assert titles([plan(100, 200, 1)]) == [(100, ("cheapest", "shortest", "one_stop"))]
    assert titles([]) == []


def test_where_no_outlet_alone_will_do_nothing_is_said_of_one():
    assert titles([plan(100, 900), plan(150, 200)]) == [(100, ("cheapest",)), (150, ("shortest",))]


def test_of_a_long_front_the_best_are_shown_and_those_between_evenly_by_the_way():
    front = [plan(100 + n, 5000 - n * 100, 3) for n in range(40)] + [plan(300, 4000, 1)]
    chosen = shown(front)
    assert [one.plan.total_fen for one in chosen] == [100, 107, 119, 132, 139, 300]
    assert chosen[0].titles == ("cheapest",)
    assert chosen[-2].titles == ("shortest",)
    assert chosen[-1].titles == ("one_stop",)
    assert len(shown(front, most=9)) == 9
