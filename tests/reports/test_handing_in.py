"""What enough residents agree on becomes an observation at night, once, and nothing else does."""

from itertools import count

import pytest

from backend.db import run
from backend.errors import BadInput, NotFound, NotNow
from backend.intake import actions as intake
from backend.intake.models import FOREVER, Delivery
from backend.outside import outside
from backend.outside.clock import city_day
from backend.prices.models import Observation, Review, StagedPrice
from backend.prices.sheetkinds import every_kind, sheet_kinds
from backend.reports.handing import hand_in_agreed
from backend.reports.reviewing import decide, drop_set_aside, queue
from backend.reports.tasks import take_reports
from tests.intake.processes import KILLED, dying, end, start
from tests.makers import A_PRICE, drug, outlet, price, sheet, take, visible
from tests.reports.askers import on_day, say


def night(number):
    """The night before that day, whose work is done by ten."""
    on_day(number)
    return take_reports("shenyang")


def agree(house, sold, fen=500, *, day=0, askers=3):
    on_day(day)
    say(house, "wrong_price", drug=sold, price_fen=fen, askers=askers)


def test_three_who_agree_are_an_observation_the_night_after(house, sold):
    agree(house, sold)
    assert night(0) == 0
    assert night(1) == 1
    assert visible() == [(sold, "A1", 500, "2026-11-24")]
    seen = Observation.select().order_by(Observation.id.desc()).get()
    assert (seen.source, seen.in_stock, seen.evidence) == (1, None, "3 个来处说的是这个价")
    assert seen.delivery.name == "居民反映 2026-11-25"
    told = house.test_client().get(f"/api/v1/offers?drug={sold}").get_json()["items"][0]
    assert told["source"] == {"code": "report", "text": "居民反映"}


def test_it_is_handed_in_once(house, sold):
    agree(house, sold)
    assert [night(1), night(1), night(2)] == [1, 0, 0]
    assert Observation.select().count() == 2
    assert Delivery.select().where(Delivery.name.startswith("居民反映")).count() == 1


def test_one_address_moves_no_price_however_often_it_speaks(house, sold):
    for day in range(10):
        on_day(day)
        for _ in range(3):
            say(house, "wrong_price", drug=sold, price_fen=500)
        assert night(day + 1) == 0
    assert visible() == [(sold, "A1", 340, "2026-11-20")]


def test_several_addresses_on_several_days_are_counted_together(house, sold):
    agree(house, sold, askers=1)
    agree(house, sold, day=2, askers=2)
    assert night(3) == 1
    assert visible() == [(sold, "A1", 500, "2026-11-26")]


def test_who_spoke_before_the_window_does_not_count(house, sold):
    agree(house, sold, askers=2)
    agree(house, sold, day=14, askers=1)
    assert night(15) == 0


def test_a_newer_observation_stands_and_what_is_said_after_it_counts_anew(house, sold, tmp_path):
    agree(house, sold)
    price(tmp_path, drug(tmp_path), 价格="3.50", 观测日期="2026-11-24", 来源="现场检查")
    assert night(1) == 0
    agree(house, sold, day=1, askers=2)
    assert night(2) == 0
    agree(house, sold, day=2, askers=1)
    assert night(3) == 1
    assert visible() == [(sold, "A1", 500, "2026-11-26")]


def test_the_index_and_the_bands_follow_as_after_any_sheet(house, sold):
    agree(house, sold)
    night(1)
    told = house.test_client().get("/api/v1/outlets/A1").get_json()["items"][0]
    assert told["price_fen"] == 500
    assert Delivery.select().order_by(Delivery.id.desc()).get().state == "published"


@pytest.fixture
def shelf(house, sold, tmp_path):
    """Three outlets ask 10.00 and A1 3.40, so that the median is 10.00."""
    for code in ("B1", "B2", "B3"):
        outlet(tmp_path, 定点编码=code, 机构名称=f"演示{code}")
    rows = [
        A_PRICE | {"定点编码": c, "药品编码": sold, "价格": "10.00"} for c in ("B1", "B2", "B3")
    ]
    take("prices", sheet(tmp_path, rows))
    return sold


def test_a_price_far_from_what_others_ask_waits_and_moves_nothing(house, shelf):
    agree(house, shelf, 3001)
    assert night(1) == 0
    (row,) = queue()
    assert (row["来自"], row["价格（元）"], row["中位数（元）"], row["人数"]) == (
        "居民反映", "30.01", "10.00", 3,
    )  # fmt: skip
    assert (shelf, "A1", 340, "2026-11-20") in visible()
    agree(house, shelf, 3001, day=1, askers=2)
    night(2)
    (row,) = queue()
    assert (row["人数"], row["观测日期"]) == (5, "2026-11-25")


def test_a_price_just_within_does_not_wait(house, shelf):
    agree(house, shelf, 3000)
    assert night(1) == 1
    assert list(queue()) == []


def test_what_a_person_keeps_is_handed_in_at_once_and_later_reports_need_no_second_look(
    house, shelf
):
    agree(house, shelf, 3001)
    night(1)
    kinds = every_kind()
    decide(Review.get().id, Review.KEPT, note="打过电话", kinds=kinds)
    assert (shelf, "A1", 3001, "2026-11-24") in visible()
    with pytest.raises(NotNow):
        decide(Review.get().id, Review.SET_ASIDE, note="又想了想", kinds=kinds)
    agree(house, shelf, 3001, day=2)
    assert night(3) == 1
    assert list(queue()) == []


def test_what_a_person_sets_aside_comes_back_only_by_new_reports(house, shelf):
    agree(house, shelf, 3001)
    night(1)
    kinds = every_kind()
    decide(Review.get().id, Review.SET_ASIDE, note="看错了盒", kinds=kinds)
    assert night(2) == 0
    assert list(queue()) == []
    agree(house, shelf, 3001, day=3)
    night(4)
    assert [row["人数"] for row in queue()] == [3]


def test_a_decision_needs_a_reason_and_something_to_decide(house):
    kinds = every_kind()
    with pytest.raises(BadInput):
        decide(1, Review.KEPT, note=" ", kinds=kinds)
    with pytest.raises(NotFound):
        decide(1, Review.KEPT, note="没有这一条", kinds=kinds)


def test_doubtful_prices_of_a_published_sheet_wait_too_and_are_shown(house, shelf, tmp_path):
    rows = [
        A_PRICE | {"定点编码": "A1", "药品编码": shelf, "价格": "99.00", "观测日期": "2026-11-23"}
    ]
    take("prices", sheet(tmp_path, rows, name="far.csv"))
    (row,) = queue()
    assert (row["来自"], row["价格（元）"], row["中位数（元）"]) == ("价格表", "99.00", "10.00")
    assert (shelf, "A1", 9900, "2026-11-23") in visible()
    take("prices", sheet(tmp_path, rows, name="again.csv"))
    assert Review.select().count() == 1


@pytest.fixture
def doubted(house, shelf, tmp_path):
    """`doubted(*earlier)` hands in prices of A1 on the first days, then 99.00, set aside later."""

    def hand_in(*earlier):
        for day, yuan in enumerate(earlier, start=21):
            price(tmp_path, drug(tmp_path), 价格=yuan, 观测日期=f"2026-11-{day}")
        price(tmp_path, drug(tmp_path), 价格="99.00", 观测日期="2026-11-24")
        return Review.get(Review.price_fen == 9900).id

    return hand_in


def at_a1():
    return [row[2:] for row in visible() if row[1] == "A1"]


def test_a_price_of_a_sheet_set_aside_gives_way_to_the_newest_other(house, doubted):
    number = doubted("9.00", "9.50")
    assert at_a1() == [(9900, "2026-11-24")]
    decide(number, Review.SET_ASIDE, note="小数点错了", kinds=every_kind())
    assert at_a1() == [(950, "2026-11-22")]
    assert Observation.select().where(Observation.price_fen == 9900).count() == 1
    told = house.test_client().get("/api/v1/outlets/A1").get_json()["items"][0]
    assert told["price_fen"] == 950


def test_where_no_other_stands_it_is_not_shown_and_an_older_one_may_come(house, doubted, tmp_path):
    number = doubted()
    Observation.update(selling=0).where(Observation.price_fen == 340).execute()
    decide(number, Review.SET_ASIDE, note="小数点错了", kinds=every_kind())
    assert at_a1() == []
    price(tmp_path, drug(tmp_path), 价格="9.10", 观测日期="2026-11-23")
    assert at_a1() == [(910, "2026-11-23")]


def test_one_set_aside_after_the_other_falls_back_further(house, doubted, tmp_path):
    first = doubted("9.00")
    price(tmp_path, drug(tmp_path), 价格="98.00", 观测日期="2026-11-24", 来源="现场检查")
    second = Review.get(Review.price_fen == 9800).id
    for number in (first, second):
        decide(number, Review.SET_ASIDE, note="小数点错了", kinds=every_kind())
    assert at_a1() == [(900, "2026-11-21")]


def test_handed_in_again_it_stays_aside_and_a_new_price_is_shown(house, doubted, tmp_path):
    decide(doubted("9.00"), Review.SET_ASIDE, note="小数点错了", kinds=every_kind())
    price(tmp_path, drug(tmp_path), 价格="99.00", 观测日期="2026-11-24", 凭证="又来")
    assert at_a1() == [(900, "2026-11-21")]
    price(tmp_path, drug(tmp_path), 价格="9.90", 观测日期="2026-11-22")
    assert at_a1() == [(990, "2026-11-22")]


def test_setting_aside_killed_at_any_step_is_made_whole_by_the_night(house, doubted):
    number = doubted("9.00")
    Review.update(state=Review.SET_ASIDE).where(Review.id == number).execute()
    for point in count(1):
        aside = every_kind()["aside"]
        status = end(start(lambda: drop_set_aside(aside, dying(at=point))))  # noqa: B023
        assert at_a1() in ([(9900, "2026-11-24")], [(900, "2026-11-21")])
        if status != KILLED:
            break
        take_reports("shenyang")
        assert at_a1() == [(900, "2026-11-21")]
        assert StagedPrice.select().count() == 0
        # Once more from the beginning, as if it had come again.
        run(
            "UPDATE offer SET key = (SELECT key FROM review), price_fen = 9900,"
            " observed_on = '2026-11-24' WHERE outlet_code = 'A1' AND died = ?", FOREVER,
        )  # fmt: skip
        Delivery.update(digest=str(point)).where(Delivery.kind == "aside").execute()
    assert status == 0
    assert point > 3


def test_an_outlet_that_is_gone_does_not_hold_up_the_others(house, sold, tmp_path):
    outlet(tmp_path, 定点编码="A2", 机构名称="演示二")
    price(tmp_path, drug(tmp_path), 定点编码="A2")
    on_day(0)
    for code in ("A1", "A2"):
        say(house, "wrong_price", drug=sold, price_fen=500, askers=3, outlet=code)
    rows = [{"定点编码": "A2"} | {k: v for k, v in ROW.items() if k != "定点编码"}]
    take("outlets", sheet(tmp_path, rows, name="whole.csv"), whole=True)
    assert night(1) == 1
    assert [row for row in visible() if row[2] == 500] == [(sold, "A2", 500, "2026-11-24")]


ROW = {
    "定点编码": "A1", "机构名称": "演示二", "机构类别": "社区卫生服务中心", "区县": "沈河区",
    "纬度": "41.7966", "经度": "123.4594", "坐标系": "GCJ-02", "演示": "是",
}  # fmt: skip


def test_another_sheet_that_is_being_published_is_waited_for(house, sold):
    agree(house, sold)
    on_day(1)
    Delivery.create(
        kind="prices", name="x", digest="x", state="publishing", owner="elsewhere:1:1",
        received_at=outside.clock.now(), beat_at=outside.clock.now(),
    )  # fmt: skip
    with pytest.raises(NotNow):
        take_reports("shenyang")
    Delivery.update(state="cleared").where(Delivery.name == "x").execute()
    assert take_reports("shenyang") == 1


def test_killed_at_any_step_the_next_night_makes_it_whole_and_once(house, sold):
    """A run is killed at its first step, the next at its second, and so on to the last."""
    for point in count(1):
        fen = 500 + point
        agree(house, sold, fen, day=2 * point)
        on_day(2 * point + 1)
        day = city_day(outside.clock.now())
        status = end(start(lambda: hand_in_agreed(day, progress=dying(at=point))))  # noqa: B023
        if status != KILLED:
            break
        take_reports("shenyang")
        assert [row[2] for row in visible()] == [fen]
        assert Observation.select().where(Observation.price_fen == fen).count() == 1
        assert StagedPrice.select().count() == 0
    assert (status, point > 5) == (0, True)
    assert intake.resume(sheet_kinds()) == []
