"""Band snapshots: taken from the city's designated pharmacies, kept day by day."""

from datetime import date, timedelta

import pytest

from backend.catalog.models import Drug
from backend.outside import outside
from backend.outside.clock import StoppedClock, city_day
from backend.policy.packs import pack_on
from backend.prices.actions import snapshot_bands
from backend.prices.lookups import band_on
from backend.prices.models import BandSnapshot
from tests.conftest import NOW
from tests.makers import A_PRICE, many_drugs, many_outlets, sheet, take

TODAY = city_day(NOW)
PACK = pack_on("shenyang", TODAY)
PHARMACY = {"机构类别": "零售药店（单体）", "三进状态": "未参加", "医保定点": "是"}


@pytest.fixture
def town(house, tmp_path):
    """`town(change, …)` opens an outlet for each, every one asking its own price for one drug."""
    take("drugs", sheet(tmp_path, many_drugs(1)))

    def people(*changes, day="2026-11-20", start=300):
        rows = [row | PHARMACY for row in many_outlets(len(changes))]
        asked = [A_PRICE | {"定点编码": row["定点编码"], "药品编码": "D0000", "观测日期": day}
                 for row in rows]  # fmt: skip
        take("outlets", sheet(tmp_path, [r | c for r, c in zip(rows, changes, strict=True)]))
        priced = [p | {"价格": f"{(start + n) / 100:.2f}"} for n, p in enumerate(asked)]
        take("prices", sheet(tmp_path, priced, name=f"{day}{start}.csv"))
        return band_on(Drug.get().id, city_day(outside.clock.now()), PACK)

    return people


def test_ten_designated_pharmacies_make_a_band_joined_or_not(town):
    joined = {"三进状态": "在名单"}
    band = town(*[{}] * 5, *[joined] * 5)
    assert (band.count, band.day, band.method) == (10, TODAY, PACK.band.version)


@pytest.mark.parametrize(
    "stranger",
    [
        {"机构类别": "社区卫生服务中心"},
        {"机构类别": "民营医疗机构"},
        {"机构类别": "村卫生室"},
        {"医保定点": "否"},
        {"状态": "撤销"},
    ],
)
def test_others_are_never_counted(town, tmp_path, stranger):
    assert town(*[{}] * 9, {}).count == 10
    row = many_outlets(1)[0] | PHARMACY | {"状态": "在用"} | stranger
    take("outlets", sheet(tmp_path, [row]))
    snapshot_bands(TODAY)
    assert band_on(Drug.get().id, TODAY, PACK) is None


def test_an_old_price_is_not_counted(town):
    old = TODAY - timedelta(days=PACK.band.window_days + 1)
    assert town(*[{}] * 10, day=old.isoformat()) is None


def test_taken_again_on_the_same_day_it_replaces_that_days(town):
    first = town(*[{}] * 10)
    second = town(*[{}] * 10, day="2026-11-21", start=500)
    assert BandSnapshot.select().count() == 1
    assert (first.low_fen < 400, second.low_fen >= 500) == (True, True)


def test_every_day_keeps_its_own(town):
    first = town(*[{}] * 10)
    outside.clock = StoppedClock(NOW + timedelta(days=2))
    second = town(*[{}] * 10, day="2026-11-25", start=500)
    drug = Drug.get().id
    assert band_on(drug, TODAY, PACK) == first
    assert band_on(drug, TODAY + timedelta(days=1), PACK) == first
    assert band_on(drug, TODAY + timedelta(days=2), PACK) == second
    assert band_on(drug, TODAY - timedelta(days=1), PACK) is None


def test_a_day_too_long_after_the_last_snapshot_has_none(town):
    town(*[{}] * 10)
    later = TODAY + timedelta(days=PACK.band.window_days)
    assert band_on(Drug.get().id, later, PACK).day == TODAY
    assert band_on(Drug.get().id, later + timedelta(days=1), PACK) is None


def test_the_day_of_a_snapshot_is_the_citys(town):
    outside.clock = StoppedClock(NOW.replace(hour=23, minute=30))
    assert town(*[{}] * 10).day == date(2026, 11, 25)


def test_another_method_has_its_own_bands(town):
    band = town(*[{}] * 10)
    BandSnapshot.update(method="band-0").execute()
    assert band_on(Drug.get().id, TODAY, PACK) is None
    snapshot_bands(TODAY)
    assert band_on(Drug.get().id, TODAY, PACK) == band
    assert BandSnapshot.select().count() == 2


def test_the_operator_takes_bands_by_hand(town, house):
    town(*[{}] * 10)
    assert "1 种药" in house.test_cli_runner().invoke(args=["bands"]).output
