"""What the night does: takes the day, notes who came and went, thins and forgets in time."""

from datetime import date, timedelta

import pytest

from backend.badges.actions import keep_up
from backend.catalog.models import Drug
from backend.db import as_day, database, run
from backend.demo.load import publish_edition
from backend.history.actions import forget, note_list_facts, take_price_day, thin
from backend.history.feed import facts_after
from backend.history.lookups import outlet_history
from backend.history.models import PriceDay, Thinning
from backend.history.tasks import is_day_missing, keep_history
from backend.intake.models import Delivery
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.prices.models import Observation, PriceFact
from tests.conftest import NOW
from tests.history.conftest import on
from tests.makers import AN_OUTLET, sheet, take, visible

TODAY = city_day(NOW)
TERMS = pack_on("shenyang", TODAY).history


def days():
    """Each day that was taken, of all outlets: (day, how many, median)."""
    taken = PriceDay.select().where(PriceDay.class_ == PriceDay.ALL).order_by(PriceDay.day)
    return [(one.day, one.count, one.median_fen) for one in taken]


def test_a_day_taken_again_is_the_later_state_and_earlier_days_stay(shop, later):
    shop(on(20, "3.40"))
    take_price_day(TODAY - timedelta(days=1))
    take_price_day(TODAY)
    shop(on(24, "3.10"))
    take_price_day(TODAY)
    assert days() == [(date(2026, 11, 23), 1, 340), (date(2026, 11, 24), 1, 310)]


def test_a_night_off_is_made_up_for_at_the_start(shop, later):
    assert not is_day_missing()
    shop(on(20))
    assert is_day_missing()
    assert keep_history("shenyang") == 1
    assert not is_day_missing()
    later(days=1)
    assert is_day_missing()


def test_only_designated_outlets_and_what_no_resident_handed_in_count(shop, tmp_path):
    rows = [AN_OUTLET | {"定点编码": "A0001", "医保定点": "否"},
            AN_OUTLET | {"定点编码": "P1", "机构类别": "连锁药店"}]  # fmt: skip
    take("outlets", sheet(tmp_path, rows))
    shop(on(20, "3.40"), on(20, "9.90", 定点编码="A0001"),
         on(20, "8.80", 定点编码="A0002", 来源="居民反映"),
         on(20, "3.60", 定点编码="P1"))  # fmt: skip
    take_price_day(TODAY)
    taken = {one.class_: (one.count, one.low_fen, one.high_fen) for one in PriceDay.select()}
    assert taken == {"": (2, 340, 360), "pharmacy": (1, 360, 360)}


def test_a_price_too_old_for_a_band_is_no_price_of_the_day(shop):
    shop({"观测日期": "2026-01-05", "价格": "3.40"})
    assert take_price_day(TODAY) == 0


def came_and_went(cursor=""):
    found = facts_after(cursor).facts
    return [(one.kind, one.outlet_id or -one.drug_id, one.day) for one in found
            if one.number is None]  # fmt: skip


def test_who_comes_into_the_list_and_leaves_it_is_noted_once(shop, later, tmp_path):
    take("outlets", sheet(tmp_path, [
        AN_OUTLET | {"定点编码": "A0001", "三进有效期至": "2026-11-24"},
        AN_OUTLET | {"定点编码": "A0002", "三进状态": "", "三进起始日": ""},
    ]))  # fmt: skip
    publish_edition("drugs", [("D0000", "甲", {})], effective_on=date(2026, 11, 1), note="")
    assert note_list_facts(TODAY) > 0
    assert note_list_facts(TODAY) == 0
    assert ("joined", 1, "2026-03-01") in came_and_went()
    assert ("joined", -1, "2026-11-01") in came_and_went()
    cursor = facts_after().next
    later(days=1)
    publish_edition("drugs", [("D0001", "乙", {})], effective_on=date(2026, 11, 25), note="")
    note_list_facts(date(2026, 11, 25))
    assert sorted(came_and_went(cursor)) == [
        ("joined", -2, "2026-11-25"), ("left", -1, "2026-11-25"), ("left", 2, "2026-11-25"),
    ]  # fmt: skip


def test_what_is_put_right_for_days_gone_by_holds_from_the_day_it_is_noted(shop, tmp_path):
    def stands(state, since):
        row = AN_OUTLET | {"定点编码": "A0000", "三进状态": state, "三进起始日": since}
        run("DELETE FROM badge_span")
        take("outlets", sheet(tmp_path, [row]))
        keep_up()
        note_list_facts(TODAY)
        return [one for one in came_and_went() if one[1] == 1]

    assert stands("在名单", "2026-03-01")[-1] == ("joined", 1, "2026-03-01")
    assert stands("退出", "2026-04-01")[-1] == ("left", 1, "2026-04-01")
    assert stands("在名单", "2026-03-01")[-1] == ("joined", 1, TODAY.isoformat())
    assert len(came_and_went()) == len(set(came_and_went()))


def seen(ago, fen, *, source=2, drug=1, outlet=1, key=None):
    day = TODAY - timedelta(days=ago)
    Observation.create(
        key=key or ago * 100 + fen * 7 + source, drug_id=drug, outlet_id=outlet, price_fen=fen,
        observed_on=day, source=source,
    )  # fmt: skip
    return day


@pytest.fixture
def long_ago(shop):
    """A year of days that are old enough, one observation each, and today's price."""
    shop(on(20, "3.40"))
    return [seen(TERMS.whole_days + 40 + n, 300 + n) for n in range(365)]


def left():
    return [as_day(day) for (day,) in run(
        "SELECT observed_on FROM observation WHERE outlet_id = 1 ORDER BY observed_on"
    ).fetchall()]  # fmt: skip


def test_of_what_is_old_the_last_of_each_month_stays(long_ago):
    gone = thin(TODAY)
    last_of_month = {}
    for day in sorted(long_ago):
        last_of_month[day.year, day.month] = day
    assert left() == [*sorted(last_of_month.values()), date(2026, 11, 20)]
    assert gone == len(long_ago) - len(last_of_month)


def test_a_month_is_thinned_once_it_is_over_and_not_looked_at_again(long_ago, later):
    thin(TODAY)
    seen(TERMS.whole_days + 45, 999, key=1)
    assert thin(TODAY) == 0
    assert thin(TODAY + timedelta(days=31)) == 1


def test_thinning_run_twice_or_cut_short_leaves_the_same(long_ago):
    with database.atomic() as cut:
        thin(TODAY)
        once = left()
        cut.rollback()
    assert len(left()) == len(long_ago) + 1
    Observation.delete().where(Observation.observed_on == min(long_ago)).execute()
    thin(TODAY)
    Thinning.delete().execute()
    assert thin(TODAY) == 0
    assert left() == once


def test_what_is_shown_stays_however_old_it_is(house, shop, later):
    shop({"观测日期": "2026-10-01", "价格": "3.40"})
    shop({"观测日期": "2026-10-02", "价格": "3.30"})
    shown, far = visible(), TODAY + timedelta(days=TERMS.whole_days + 60)
    assert thin(far) == 1
    assert visible() == shown
    later(days=TERMS.whole_days + 60)
    assert [one["price_fen"] for one in outlet_history("A0000", "D0000")["items"]] == [330]


def test_what_residents_handed_in_is_not_thinned(shop):
    shop(on(20))
    old = TERMS.whole_days + 60
    for n in range(3):
        seen(old, 300 + n, source=4)
    assert thin(TODAY) == 0


def test_a_sheet_of_old_prices_handed_in_again_changes_nothing_that_is_shown(shop, later):
    shop({"观测日期": "2026-10-01", "价格": "3.40"})
    shop({"观测日期": "2026-10-02", "价格": "3.30"})
    facts, shown = PriceFact.select().count(), visible()
    thin(TODAY + timedelta(days=TERMS.whole_days + 60))
    later(days=TERMS.whole_days + 60)
    shop({"观测日期": "2026-10-01", "价格": "3.40"})
    assert (PriceFact.select().count(), visible()) == (facts, shown)


def test_facts_and_days_are_forgotten_when_their_time_is_over(shop):
    shop(on(1, "3.40"))
    shop(on(2, "3.10"))
    take_price_day(TODAY)
    newest = Delivery.select().order_by(Delivery.id.desc()).get()
    earlier = Delivery.update(published_at=NOW - timedelta(days=9))
    earlier.where(Delivery.id < newest.id).execute()
    assert forget(TODAY + timedelta(days=TERMS.fact_days - 5)) == 1
    assert [one.kind for one in facts_after().facts] == ["price_down"]
    assert forget(TODAY + timedelta(days=TERMS.price_day_days + 1)) == 2
    assert PriceDay.select().count() == 0


def test_drugs_are_told_apart_by_what_they_won_at(shop):
    shop(on(20, "3.40"), on(20, "9.90", 药品编码="D0001"))
    assert take_price_day(TODAY) == 2
    assert {Drug.get_by_id(one.drug_id).code: one.at_winning for one in PriceDay.select()} == {
        "D0000": 1, "D0001": 0,
    }  # fmt: skip
