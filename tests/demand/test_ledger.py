"""The ledger: whole weeks, ten askers at least, and forgetting in time."""

import csv
from datetime import date, timedelta

import pytest

from backend.demand import tasks, wording
from backend.demand.actions import roll_and_forget
from backend.demand.lookups import ledger
from backend.demand.models import Unmet
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.queue import connect
from tests.conftest import NOW
from tests.demand.askers import ask, counted, on_day
from tests.house.project import ROOT
from tests.makers import drug

TERMS = pack_on("shenyang", date(2026, 11, 24)).demand
MONDAY = date(2026, 11, 23)


def kept(days, askers, *, drug="D1", words="", district="210103", why="nobody_sells"):
    """A row of a day so many days after MONDAY."""
    day = MONDAY + timedelta(days=days)
    Unmet.create(day=day, district=district, drug=drug, words=words, why=why, askers=askers)


def told(today, **asked):
    matters, hidden = ledger(TERMS, today=today, **asked)
    return [(str(one.week), one.drug or one.words, one.askers) for one in matters], hidden


def test_nine_people_are_not_told_of_and_the_tenth_brings_it_to_light(house, tmp_path):
    rare = drug(tmp_path, 通用名="演示罕见片").code
    path = f"/api/v1/offers?drug={rare}&district=210103"
    on_day(0)
    ask(house, path, askers=9)
    ask(house, path, askers=9)
    next_week = MONDAY + timedelta(days=7)
    assert told(next_week) == ([], 1)
    on_day(4)
    ask(house, path, first=100)
    assert told(next_week) == ([("2026-11-23", rare, 10)], 0)


def test_a_week_that_is_not_over_is_not_told_of(house):
    kept(0, 50)
    assert told(MONDAY + timedelta(days=6)) == ([], 0)
    assert told(MONDAY + timedelta(days=7)) == ([("2026-11-23", "D1", 50)], 0)


def test_weeks_and_districts_can_be_chosen_and_any_day_means_its_week(house):
    for days in (-14, -7, 0):
        kept(days, 20)
    kept(-7, 30, district="210104")
    today = MONDAY + timedelta(days=7)
    assert len(told(today)[0]) == 4
    chosen = told(today, since=MONDAY - timedelta(days=3), until=MONDAY - timedelta(days=5))
    assert chosen[0] == [("2026-11-16", "D1", 30), ("2026-11-16", "D1", 20)]
    assert told(today, district="210104")[0] == [("2026-11-16", "D1", 30)]


def test_the_report_is_a_sheet_buyers_can_fill_in(house, tmp_path):
    product = drug(tmp_path)
    kept(-7, 12, drug=product.code)
    kept(-7, 11, drug="", words="=1+1药", why="nothing_found")
    kept(-7, 3, drug="", words="张三", why="nothing_found")
    out = tmp_path / "求药.csv"
    answer = house.test_cli_runner().invoke(args=["demand", "report", "--csv", str(out)])
    assert answer.exit_code == 0, answer.output
    assert wording.held_back(1, 10) in answer.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert tuple(first) == wording.COLUMNS
    assert (first["药品编码"], first["通用名"], first["中选价（元）"], first["求药人数"]) == (
        product.code, "盐酸二甲双胍片", "3.40", "12",
    )  # fmt: skip
    assert (first["周一"], first["周日"], first["区县"]) == ("2026-11-16", "2026-11-22", "沈河区")
    assert first["拟报数量"] == ""
    assert (second["查的字"], second["药品编码"]) == ("'=1+1药", "")
    assert "张三" not in out.read_text(encoding="utf-8-sig")


def test_the_report_reads_on_a_terminal_and_says_when_there_is_nothing(house):
    run = house.test_cli_runner().invoke
    assert wording.NOTHING_YET in run(args=["demand", "report"]).output
    kept(-7, 12, drug="", words="降压药", why="nothing_found", district="")
    output = run(args=["demand", "report"]).output
    assert output == "2026-11-16 起一周  没有说在哪里  “降压药”  查不到这个名字  12 人\n"


def test_what_too_few_asked_for_is_deleted_two_weeks_after_its_week(house):
    kept(0, 9, drug="", words="李四", why="nothing_found")
    over = MONDAY + timedelta(days=7)
    assert roll_and_forget(over + timedelta(days=13)) == 0
    assert roll_and_forget(over + timedelta(days=14)) == 1
    assert counted() == {}


def test_what_enough_asked_for_becomes_one_row_of_its_week_and_the_ledger_stays(house):
    for days in range(7):
        kept(days, 2)
        kept(days, 1, why="none_in_reach")
    later = MONDAY + timedelta(days=30)
    before = told(later)
    assert roll_and_forget(later) == 13
    assert [(row.day, row.why, row.askers) for row in Unmet.select()] == [
        (MONDAY, "nobody_sells", 21)
    ]
    assert told(later) == before
    assert roll_and_forget(later) == 0


def test_everything_goes_at_the_end_of_its_time(house):
    kept(0, 500)
    last = MONDAY + timedelta(days=TERMS.keep_days + 6)
    roll_and_forget(last)
    assert Unmet.select().count() == 1
    roll_and_forget(last + timedelta(days=1))
    assert Unmet.select().count() == 0


def test_the_night_forgets_by_the_citys_day_and_makes_up_for_a_night_off(house, tmp_path):
    line = connect(f"sqlite:///{tmp_path}/other-queue.db")
    tasks.schedule(line, city="shenyang")
    kept(-40, 3)
    assert tasks.has_any()
    assert tasks.forget_demand("shenyang") == 1
    assert not tasks.has_any()
    assert city_day(NOW) == date(2026, 11, 24)


@pytest.mark.parametrize("number", [TERMS.small_count, TERMS.small_days, TERMS.keep_days])
def test_the_page_about_it_has_the_numbers_of_the_pack(number):
    assert f"{number}" in (ROOT / "docs/demand.md").read_text(encoding="utf-8")


def test_a_writer_in_a_server_writes_by_itself_and_what_is_left_at_the_end(house):
    writer = tasks.Writer(pause_s=60)
    writer.start()
    client = house.test_client()
    client.get("/search?q=不存在的药", headers={"User-Agent": "Mozilla/5.0"})
    writer.stop()
    assert counted() == {("", "不存在的药", "nothing_found"): 1}
