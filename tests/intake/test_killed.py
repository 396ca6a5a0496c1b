"""Imports killed by force at every point: nothing half is seen, and the next one makes it whole."""

import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from backend.catalog.models import Alias, Drug
from backend.db import run
from backend.intake import actions as intake
from backend.intake.models import Delivery, Publication, Staged
from backend.outlets.models import Outlet
from backend.outside import outside
from backend.outside.clock import SystemClock, city_day
from backend.prices.models import Observation, PriceFact, StagedPrice
from backend.prices.sheetkinds import sheet_kinds
from search import Query
from tests.intake.processes import KILLED, dying, end, kill, start, until
from tests.makers import (
    A_DRUG,
    AN_OUTLET,
    many_drugs,
    many_outlets,
    many_prices,
    sheet,
    take,
    visible,
)

ROOT = Path(__file__).parents[2]
DRUGS, OUTLETS = 50, 210  # 10,500 prices: two chunks of every step


def bring(kind, path, progress):
    """What a clerk's process does: look, then publish."""
    chosen = sheet_kinds()[kind]
    delivery = intake.receive(chosen, path, progress=progress)
    intake.publish(chosen, delivery, accept_doubts=True, progress=progress)


@pytest.fixture
def shop(house, tmp_path):
    """Drugs and outlets; `shop(fen, day)` writes a sheet that asks so much everywhere."""
    take("drugs", sheet(tmp_path, many_drugs(DRUGS)))
    take("outlets", sheet(tmp_path, many_outlets(OUTLETS)))

    def priced(yuan, day):
        rows = many_prices(DRUGS, OUTLETS, 价格=yuan, 观测日期=day)
        return sheet(tmp_path, rows, name=f"{yuan}.csv")

    return priced


def asked():
    """Each price that is seen, with how often."""
    found = [row[2] for row in visible()]
    return {fen: found.count(fen) for fen in set(found)}


@pytest.mark.long
def test_prices_killed_at_any_step_are_all_old_or_all_new_and_made_whole_by_the_next(shop):
    """A run is killed at its first step, the next at its second, and so on to the last."""
    everywhere = DRUGS * OUTLETS
    before: dict[int, int] = {}
    for point in count(1):
        fen = 300 + point
        path = shop(f"3.{point:02d}", f"2026-11-{point:02d}")
        status = end(start(lambda: bring("prices", path, dying(at=point))))  # noqa: B023
        after = {fen: everywhere}
        assert asked() in (before, after)
        if status != KILLED:
            break
        intake.resume(sheet_kinds())
        assert asked() in (before, after)
        assert StagedPrice.select().count() == 0
        take("prices", path)
        assert asked() == after
        assert Observation.select().where(Observation.price_fen == fen).count() == everywhere
        # What changed was written once, however often the sheet was begun.
        facts = PriceFact.select().where(PriceFact.after_fen == fen)
        assert facts.count() == everywhere
        assert {one.number for one in facts} == {Publication.current()}
        before = after
    assert status == 0
    assert point > 10
    assert run("SELECT COUNT(*) FROM offer").fetchone()[0] == everywhere
    assert {d.state for d in Delivery.select()} <= {"published", "cleared"}


LISTS = {
    "drugs": (Drug, A_DRUG, ("药品编码", "通用名"), "批准文号", "approval_no"),
    "outlets": (Outlet, AN_OUTLET, ("定点编码", "机构名称"), "电话", "phone"),
    "aliases": (Alias, {"通用名": "甲片"}, ("别名",), "来源", "source"),
}


def written(kind, point):
    """The sheet of a run: five things everybody knows, changed, and 1,005 new ones."""
    _, row, named, changed, _ = LISTS[kind]
    names = [f"E{n}" for n in range(5)] + [f"E{point}x{n}" for n in range(1_005)]
    return [row | dict.fromkeys(named, name) | {changed: str(point)} for name in names]


def told(kind):
    """What a reader sees of a list: how many things, and what is said of the five."""
    table, *_, field = LISTS[kind]
    key = table.name if kind == "aliases" else table.code
    five = table.seen().where(key.in_([f"E{n}" for n in range(5)]))
    return table.seen().count(), {getattr(one, field) for one in five}


@pytest.mark.long
@pytest.mark.parametrize("kind", list(LISTS))
def test_lists_killed_at_any_step_are_all_old_or_all_new(house, tmp_path, kind):
    take(kind, sheet(tmp_path, written(kind, 0)))
    for point in count(1):
        path = sheet(tmp_path, written(kind, point), name=f"{point}.csv")
        before = told(kind)
        status = end(start(lambda: bring(kind, path, dying(at=point))))  # noqa: B023
        after = (before[0] + 1_005, {str(point)})
        assert told(kind) in (before, after)
        if status != KILLED:
            break
        intake.resume(sheet_kinds())
        take(kind, path)
        assert told(kind) == after
        assert Staged.select().count() == 0
    assert (status, point > 5) == (0, True)


def test_the_index_of_a_killed_import_is_made_whole_too(house, tmp_path):
    path = sheet(tmp_path, written("outlets", 1))
    died = start(lambda: bring("outlets", path, dying(at=1, step="检索")))
    assert end(died) == KILLED
    intake.resume(sheet_kinds())
    assert outside.index.count("outlets") == 1_010
    assert outside.index.find(Query("E1x1004", kind="outlets")).ids == ["E1x1004"]


def test_names_of_an_import_that_was_killed_half_way_are_not_shown(house, tmp_path):
    take("drugs", sheet(tmp_path, [A_DRUG | {"通用名": "甲片", "药品编码": "D1"}]))
    path = sheet(tmp_path, written("aliases", 1))
    died = start(lambda: bring("aliases", path, dying(at=1, step="写入")))
    assert end(died) == KILLED
    assert Alias.select().count() == 1_000
    phone = house.test_client()
    assert phone.get("/api/v1/drugs/D1").get_json()["brand_names"] == []
    intake.resume(sheet_kinds())
    assert len(phone.get("/api/v1/drugs/D1").get_json()["brand_names"]) == 1_010


def test_a_pack_that_is_not_published_yet_changes_no_verdict(house, tmp_path):
    take("drugs", sheet(tmp_path, [A_DRUG | {"药品编码": "D1", "中选价": "", "规格": "1g"}]))
    path = sheet(tmp_path, [A_DRUG | {"药品编码": "D2"}])
    died = start(lambda: bring("drugs", path, dying(at=1, step="写入")))
    assert end(died) == KILLED
    phone = house.test_client()
    assert phone.get("/api/v1/drugs/D1").get_json()["standing"]["code"] == "none"
    intake.resume(sheet_kinds())
    assert phone.get("/api/v1/drugs/D1").get_json()["standing"]["code"] == "unlisted_pack"


def test_a_reader_who_never_looks_away_sees_only_old_or_new(shop):
    """The importing process is killed from outside between two chunks, then resumed by another."""
    everywhere = DRUGS * OUTLETS
    take("prices", shop("3.01", "2026-11-01"))
    path = shop("3.02", "2026-11-02")
    seen = []

    def looking(*wheres):
        seen.append(asked())
        return Delivery.select().where(*wheres).exists()

    worker = start(lambda: bring("prices", path, lambda *_: time.sleep(0.02)))
    until(lambda: looking(Delivery.state == "publishing", Delivery.cursor > 0))
    assert kill(worker) == KILLED
    heir = start(lambda: intake.resume(sheet_kinds()))
    until(lambda: not looking(Delivery.state.in_(Delivery.UNFINISHED)))
    assert end(heir) == 0
    assert all(one in ({301: everywhere}, {302: everywhere}) for one in seen)
    assert asked() == {302: everywhere}


def flask(house, folder, *words):
    """A flask command in a process of its own, as the operator types it."""
    environment = os.environ | {
        "DATABASE_URL": house.config["SETTINGS"].database_url,
        "SEARCH_URL": f"sqlite:///{folder}/search.db",
        "CACHE_DIR": str(folder),
        "OPEN_DATA_DIR": str(folder / "open-data"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "backend.app", *map(str, words)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


@pytest.mark.long
def test_the_operators_command_killed_and_resumed_by_hand(house, shop, tmp_path):
    today = city_day(SystemClock().now()).isoformat()
    path = shop("3.05", today)
    command = flask(house, tmp_path, "sheets", "take", "prices", path, "--apply")
    until(lambda: Delivery.select().where(Delivery.state == "publishing").exists())
    command.kill()
    command.communicate()
    assert asked() in ({}, {305: DRUGS * OUTLETS})
    out, _ = flask(house, tmp_path, "sheets", "resume").communicate()
    assert "3.05.csv：published" in out or "没有被中断的导入" in out
    assert asked() == {305: DRUGS * OUTLETS}
    out, _ = flask(house, tmp_path, "sheets", "take", "prices", path, "--apply").communicate()
    assert "新增 0，变更 0，撤销 0，不变 10500" in out
