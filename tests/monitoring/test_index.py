"""The index as it is kept: recomputed by anybody, replaced whole, left when its month is over."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from peewee import DatabaseError

from backend.db import database, run
from backend.monitoring import tasks
from backend.monitoring.actions import take_index
from backend.monitoring.models import IndexNight, IndexReference, OutletIndex
from backend.monitoring.nights import night_of, terms_of
from backend.monitoring.rules import index_of, reference
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.prices.figures import take_figures
from backend.prices.models import Observation
from backend.queue import connect
from tests.makers import A_DRUG, many_outlets, outlet, sheet, take
from tests.monitoring.streets import PHARMACY, TODAY, ask, kept, street, take_on


def snapshot():
    """Everything that is kept of all periods."""
    return [
        sorted(table.select().tuples(), key=repr)
        for table in (OutletIndex, IndexReference, IndexNight)
    ]


def test_an_outlet_a_tenth_above_the_others_is_at_one_and_a_tenth(house, tmp_path):
    street(tmp_path, asked={(0, d): "3.74" for d in range(11)})
    assert take_on(TODAY) == 12
    told = kept()
    assert told["A0000"] == (1100, 11)
    assert {told[f"A{n:04d}"] for n in range(1, 12)} == {(1000, 11)}


def test_a_typo_a_hundred_times_the_price_moves_it_by_its_bounded_share(house, tmp_path):
    street(tmp_path, asked={(0, 0): "340.00"})
    take_on(TODAY)
    assert kept()["A0000"] == (1091, 11)


def test_only_designated_pharmacies_are_compared_and_compared_with(house, tmp_path):
    others = [{}, {"机构类别": "民营医疗机构"}, PHARMACY | {"医保定点": "否"}]
    street(tmp_path, others, asked={(o, d): "9.90" for o in (12, 13, 14) for d in range(11)})
    take_on(TODAY)
    assert set(kept()) == {f"A{n:04d}" for n in range(12)}
    assert {row.pharmacies for row in IndexReference.select()} == {12}


def test_strengths_forms_and_packs_are_never_mixed(house, tmp_path):
    packs = ("0.5g*60", "0.5g*30", "0.25g*60")
    rows = [
        A_DRUG | {"药品编码": f"D{n:04d}", "包装": packs[n % 3], "通用名": f"演示药{n // 3}片"}
        for n in range(12)
    ]
    take("drugs", sheet(tmp_path, rows))
    take("outlets", sheet(tmp_path, [row | PHARMACY for row in many_outlets(10)]))
    price = ("6.00", "3.10", "1.00")
    ask(tmp_path, range(10), drugs=12, asked={(o, d): price[d % 3] for o in range(10)
                                              for d in range(12)})  # fmt: skip
    take_on(TODAY)
    assert set(kept().values()) == {(1000, 12)}
    assert {row.reference_fen for row in IndexReference.select()} == {600, 310, 100}


def test_an_outlet_with_too_few_drugs_is_undetermined_and_listed(house, tmp_path):
    street(tmp_path, asked={(0, 0): None, (0, 1): None})
    assert take_on(TODAY) == 11
    assert kept()["A0000"] == (None, 9)


def test_a_drug_too_few_pharmacies_sell_is_not_compared(house, tmp_path):
    street(tmp_path, asked={(o, 0): None for o in range(3)})
    take_on(TODAY)
    assert IndexReference.select().count() == 10
    assert kept()["A0011"] == (1000, 10)


def test_a_price_older_than_the_window_does_not_count(house, tmp_path):
    street(tmp_path)
    assert take_index(TODAY + timedelta(days=28)) == 12
    assert take_index(TODAY + timedelta(days=29)) == 0


def recomputed():
    """Every index and reference again, from nothing but the kept keys and the observations."""
    terms = terms_of(night_of())
    rows = {row.outlet_id: json.loads(row.keys) for row in OutletIndex.select()}
    everything = [key for keys in rows.values() for key in keys]
    assert len(everything) == len(set(everything))
    seen = {one.key: one for one in Observation.select()}
    asked = {}
    for key in everything:
        asked.setdefault(seen[key].drug_id, []).append(seen[key].price_fen)
    beside = {drug_id: reference(prices, terms) for drug_id, prices in asked.items()}
    indexes = {
        outlet_id: index_of(
            [(seen[key].price_fen, beside[seen[key].drug_id]) for key in keys], terms
        )
        for outlet_id, keys in rows.items()
    }
    return indexes, {d: (beside[d], len(prices)) for d, prices in asked.items()}


def test_anybody_recomputes_the_whole_town_from_what_is_kept(town):
    indexes, references = recomputed()
    assert len(indexes) > 100
    assert {
        row.outlet_id: (row.permille, row.drugs, row.below, row.at, row.above)
        for row in OutletIndex.select()
    } == indexes
    assert {
        row.drug_id: (row.reference_fen, row.pharmacies) for row in IndexReference.select()
    } == references
    assert all(set(json.loads(row.keys)) for row in OutletIndex.select() if row.drugs)


def test_the_verdicts_add_up_to_the_figures_of_the_same_night(town):
    counted = {}
    for _, class_, code, many in json.loads(night_of().facts)["verdicts"]:
        counted[code, class_] = counted.get((code, class_), 0) + many
    told = {
        (one["code"], class_): many
        for one in take_figures(TODAY)["verdicts"]
        for class_, many in one["by_class"].items()
    }
    assert counted == told


def test_clearly_high_prices_are_counted_by_outlet(house, tmp_path):
    joined = {**PHARMACY, "三进状态": "在名单"}
    street(tmp_path, [joined], asked={(12, 0): "9.90", (12, 1): "9.90", (0, 2): "9.90"})
    take("outlets", sheet(tmp_path, [many_outlets(1)[0] | PHARMACY | {"三进状态": "未参加"}]))
    take_on(TODAY)
    told = {row.outlet_id: row.clearly_high for row in OutletIndex.select()}
    assert sorted(told.values(), reverse=True)[:3] == [2, 1, 0]


def test_taking_it_twice_changes_nothing(house, tmp_path):
    street(tmp_path)
    take_on(TODAY)
    before = snapshot()
    take_on(TODAY)
    assert snapshot() == before


def test_the_next_night_replaces_the_month_and_the_next_month_leaves_it(house, tmp_path):
    street(tmp_path)
    take_on(TODAY)
    outside.clock = StoppedClock(datetime(2026, 11, 28, 16, 20, tzinfo=UTC))
    ask(tmp_path, [0], asked={(0, d): "4.08" for d in range(11)}, day=date(2026, 11, 29))
    take_on(date(2026, 11, 29))
    november = kept()
    assert november["A0000"] == (1200, 11)
    assert {str(row.computed_on) for row in OutletIndex.select()} == {"2026-11-29"}
    outside.clock = StoppedClock(datetime(2026, 12, 1, 2, tzinfo=UTC))
    ask(tmp_path, range(12), day=date(2026, 12, 1))
    take_on(date(2026, 12, 1))
    assert kept() == november
    assert kept("2026-12")["A0000"] == (1000, 11)
    assert night_of().period == "2026-12"
    assert str(night_of("2026-11").computed_on) == "2026-11-29"


def test_cut_short_it_leaves_the_night_before(house, tmp_path):
    street(tmp_path)
    take_on(TODAY)
    before = snapshot()
    ask(tmp_path, [0], asked={(0, d): "4.08" for d in range(11)}, day=TODAY)
    run("ALTER TABLE observation RENAME TO away")
    with pytest.raises(DatabaseError):
        take_index(TODAY)
    run("ALTER TABLE away RENAME TO observation")
    assert snapshot() == before
    assert not database.in_transaction()
    take_on(TODAY)
    assert kept()["A0000"] == (1200, 11)


def test_it_is_due_after_the_bands_and_a_night_off_is_made_up_for(house, tmp_path):
    street(tmp_path)
    midnight = datetime(2026, 11, 24, 16, 0)
    day = (midnight + timedelta(minutes=minute) for minute in range(24 * 60))
    assert [m for m in day if tasks.TAKE_INDEX.is_due(m)] == [midnight + timedelta(minutes=25)]
    line = connect(f"sqlite:///{tmp_path}/other-queue.db")
    tasks.schedule(line, city="shenyang")
    assert tasks.is_missing("shenyang")
    assert tasks.take("shenyang") == 12
    assert not tasks.is_missing("shenyang")
    outside.clock = StoppedClock(datetime(2026, 11, 24, 16, 5, tzinfo=UTC))
    assert tasks.is_missing("shenyang")


def test_a_withdrawn_outlet_or_drug_is_not_in_it(house, tmp_path):
    street(tmp_path)
    outlet(tmp_path, **{**many_outlets(1)[0], **PHARMACY, "状态": "撤销"})
    take("drugs", sheet(tmp_path, [A_DRUG | {"药品编码": "D0000", "通用名": "演示药0000片",
                                             "状态": "撤销"}]))  # fmt: skip
    take_on(TODAY)
    assert "A0000" not in kept()
    assert set(kept().values()) == {(1000, 10)}
