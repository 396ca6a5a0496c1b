"""What is asked in vain is counted once for each person and week, and only that."""

import sqlite3
import time
from datetime import UTC, datetime

import pytest

from backend.db import run
from backend.demand.actions import waiting, write_down
from backend.demand.models import Unmet
from backend.demand.waiting import MOST_OF_ONE
from backend.outside import outside
from backend.outside.clock import CITY_TIME
from backend.outside.limits import connect
from tests.demand.askers import BROWSER, ask, counted, on_day
from tests.makers import drug, outlet, price, sheet, take
from tests.servers import redis_server

NOWHERE = "/search?q=不存在的药"


@pytest.fixture
def rare(house, tmp_path):
    """A drug nobody sells."""
    outlet(tmp_path)
    return drug(tmp_path, 通用名="演示罕见片").code


def test_a_search_that_finds_nothing_is_counted_with_its_words(house):
    on_day(0)
    ask(house, NOWHERE, askers=3)
    ask(house, "/api/v1/drugs?q=不存在的药", askers=1, first=9)
    assert counted() == {("", "不存在的药", "nothing_found"): 4}
    assert [str(row.day) for row in Unmet.select()] == ["2026-11-23"]


def test_a_drug_nobody_sells_is_counted_with_its_code_where_the_person_is(house, rare):
    ask(house, f"/offers?drug={rare}&lat=41.797&lon=123.459", askers=2)
    ask(house, f"/api/v1/offers?drug={rare}&district=210104")
    ask(house, f"/api/v1/offers?drug={rare}")
    assert counted() == {
        ("210103", rare, "nobody_sells"): 2,
        ("210104", rare, "nobody_sells"): 1,
        ("", rare, "nobody_sells"): 1,
    }


def test_one_who_asks_ten_times_in_a_week_is_one_and_in_the_next_week_again(house, rare):
    for day in (0, 0, 1, 3, 6):
        on_day(day)
        ask(house, f"/api/v1/offers?drug={rare}&district=210103")
        ask(house, f"/api/v1/offers?drug={rare}&district=210103")
    assert sum(counted().values()) == 1
    on_day(7)
    ask(house, f"/api/v1/offers?drug={rare}&district=210103")
    assert sum(counted().values()) == 2


def test_the_week_ends_at_the_citys_midnight(house, rare):
    path = f"/api/v1/offers?drug={rare}"
    on_day(6, hour=15)
    ask(house, path)
    on_day(6, hour=16)
    ask(house, path)
    assert [str(row.day) for row in Unmet.select().order_by(Unmet.day)] == [
        "2026-11-29", "2026-11-30",
    ]  # fmt: skip


def test_one_who_changes_the_reason_is_still_one(house, rare, tmp_path):
    path = f"/api/v1/offers?drug={rare}&district=210103"
    ask(house, path)
    take("prices", sheet(tmp_path, [
        {"定点编码": "A1", "药品编码": rare, "价格": "9.90", "有货": "否",
         "观测日期": "2026-11-20", "来源": "机构申报"},
    ]))  # fmt: skip
    ask(house, path, askers=2)
    assert counted() == {
        ("210103", rare, "nobody_sells"): 1, ("210103", rare, "none_in_stock"): 1,
    }  # fmt: skip


def test_a_drug_that_is_there_is_no_unmet_demand(house, tmp_path):
    outlet(tmp_path)
    sold = drug(tmp_path)
    price(tmp_path, sold)
    ask(house, f"/offers?drug={sold.code}&lat=41.797&lon=123.459", askers=2)
    ask(house, "/api/v1/drugs?q=片", askers=2)
    assert counted() == {}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/offers?drug={rare}&page=2",
        "/api/v1/offers?drug={rare}&kind=village_clinic",
        "/api/v1/offers?drug={rare}&at_or_below_winning=true",
        "/api/v1/suggest?q=不存在的药",
        "/api/v1/drugs?q=不存在的药&page=2",
        "/api/v1/drugs?q=",
        "/search",
        "/search?category=hypertension",
        "/outlets?q=没有这一家",
        "/healthz",
    ],
)
def test_later_pages_suggestions_and_looking_about_are_not_counted(house, rare, path):
    ask(house, path.format(rare=rare))
    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": "Googlebot/2.1"},
        {"User-Agent": "kube-probe/1.31"},
        {"User-Agent": "curl/8.5"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_programs_and_browsers_that_look_ahead_are_not_counted(house, headers):
    ask(house, NOWHERE, **headers)
    assert counted() == {}


def test_a_number_of_a_person_in_the_words_is_hidden(house):
    ask(house, "/search?q=张三13800138000")
    assert counted() == {("", "张三＊", "nothing_found"): 1}


def test_whoever_goes_through_everything_is_not_counted_on_and_on(house):
    client = house.test_client()
    for number in range(MOST_OF_ONE + 20):
        client.get(f"/api/v1/drugs?q=无名{number}号药", headers={"User-Agent": BROWSER})
    write_down()
    assert len(counted()) == MOST_OF_ONE


def test_nothing_of_the_person_is_in_any_file_of_the_house(house, tmp_path):
    ask(house, f"{NOWHERE}&lat=41.797&lon=123.459", askers=3, Cookie="place=41.777,123.333")
    outside.let_go()
    for path in [one for one in tmp_path.rglob("*") if one.is_file()]:
        raw = path.read_bytes()
        for telling in (b"203.0.", b"41.777", b"123.333", b"41.797", b"MicroMessenger"):
            assert telling not in raw, path.name


def test_the_counts_beside_hold_no_words_and_marks_of_sixteen_bits(house, tmp_path):
    ask(house, NOWHERE, askers=5)
    with sqlite3.connect(tmp_path / "limits.db") as file:
        names = [name for (name,) in file.execute("SELECT asker FROM hits")]
    marks = [name.split() for name in names if name.startswith("newcomer ")]
    assert len(marks) == 5
    assert {len(mark) for _, _, mark in marks} == {4}
    assert "不存在" not in "".join(names)


def test_the_key_and_the_marks_are_gone_from_the_file_when_the_week_is_over(tmp_path):
    limits = connect(f"sqlite:///{tmp_path}/limits.db", "off")
    last_second = datetime(2026, 11, 29, 23, 59, 59, tzinfo=CITY_TIME)
    assert limits.newcomers.is_new("me", "about", last_second)
    key = limits.newcomers.key[1]
    time.sleep(1.1)
    limits.counts.sweep_at = 0
    limits.counts.incr("anybody", 60)
    names = [name for (name,) in limits.counts.file.execute("SELECT asker FROM hits")]
    assert names == ["anybody"]
    limits.close()
    kept = b"".join(one.read_bytes() for one in tmp_path.glob("limits.db"))
    assert key not in kept
    assert b"newcomer" not in kept


@pytest.fixture(params=["sqlite", "redis"])
def shared(request, tmp_path):
    """The URL of counts that several processes share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/limits.db"
        return
    with redis_server(tmp_path) as address:
        yield address


def test_ten_processes_agree_on_who_is_new(shared):
    moment = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    several = [connect(shared, "off") for _ in range(10)]
    told = [one.newcomers.is_new("me", "about", moment) for one in several]
    assert told == [True] + [False] * 9
    assert len({one.newcomers.key for one in several}) == 1


def test_of_many_askers_hardly_any_share_a_mark_and_none_is_counted_twice(tmp_path):
    newcomers = connect("memory://", "off").newcomers
    moment = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    new = sum(newcomers.is_new(f"asker {n}", "about", moment) for n in range(1_000))
    assert 970 <= new <= 1_000


def test_counts_out_of_reach_count_nobody_and_the_search_is_answered(house):
    outside.limits = connect("redis://127.0.0.1:1/0", "off")
    ask(house, NOWHERE, askers=2)
    assert counted() == {}


def test_a_write_that_fails_waits_and_nobody_is_counted_twice(house):
    ask_only(house)
    run("ALTER TABLE unmet RENAME TO elsewhere")
    with pytest.raises(Exception, match="unmet"):
        write_down()
    ask_only(house)
    run("ALTER TABLE elsewhere RENAME TO unmet")
    write_down()
    write_down()
    assert counted() == {("", "不存在的药", "nothing_found"): 1}
    assert waiting.is_empty


def test_nobody_waits_while_another_writes_for_long(house, tmp_path, engine):
    if engine != "sqlite":
        pytest.skip("only SQLite has one writer at a time")
    ask_only(house)
    with sqlite3.connect(tmp_path / "sanjin.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        for _ in range(20):
            ask_only(house)
        took = (time.perf_counter() - began) / 20
        other.execute("ROLLBACK")
    # A write would have waited ten seconds for the other.
    assert took < 0.25
    write_down()
    assert sum(counted().values()) == 1


def ask_only(house):
    client = house.test_client()
    assert client.get(NOWHERE, headers={"User-Agent": BROWSER}).status_code == 200
