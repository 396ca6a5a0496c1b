"""The index is compared with the tables, and mended."""

from datetime import date

from backend.catalog.editions import publish_edition
from backend.indexing import drift
from backend.indexing.draining import Source, drain
from backend.outlets.models import BadgeSpan, Outlet
from backend.outside import outside
from backend.prices import index_tasks
from backend.prices.indexing import sources
from search import Document
from tests.indexing.shelves import found, later, notes, stock
from tests.indexing.test_draining import rename
from tests.makers import drug, outlet, price


def spoil():
    """Lose an outlet, invent one, and change one, in the index alone."""
    outside.index.remove("outlets", ["A1"])
    outside.index.put([Document("A9", "outlets", "没有的"), Document("A2", "outlets", "演示旧名")])


def run(house, *words):
    """What a command says, and its status."""
    done = house.test_cli_runner().invoke(args=["index", *words])
    return done.output, done.exit_code


def test_what_the_index_lacks_has_too_many_and_has_otherwise_is_found_and_mended(house, tmp_path):
    one = stock(tmp_path)
    assert {d.total for d in drift.check(sources(), repairs=False)} == {0}
    spoil()
    outlets = drift.check(sources(), repairs=True)[-1]
    assert (outlets.missing, outlets.extra, outlets.different) == (["A1"], ["A9"], ["A2"])
    assert (found(), found(sells=one.code)) == (["A1", "A2"], ["A1", "A2"])
    assert {d.total for d in drift.check(sources(), repairs=False)} == {0}


def test_a_change_that_waits_to_be_told_is_no_drift(house, tmp_path):
    stock(tmp_path)
    plain, done = sources(), []

    def documents(codes):
        read = plain["outlets"].documents(codes)
        if not done:
            done.append(rename("A1", "北海药房"))
        return read

    slow = plain | {"outlets": Source(plain["outlets"].codes, documents)}
    outside.index.put([Document("A2", "outlets", "演示旧名")])
    assert drift.check(slow, repairs=True)[-1].different == ["A2"]
    assert notes() == [("outlets", "A1")]


def test_the_command_says_what_differs_and_mends_it_when_told_to(house, tmp_path):
    stock(tmp_path)
    spoil()
    told, status = run(house, "check")
    assert ("机构 2 条：缺 1，多 1，不同 1" in told, "缺：A1" in told, status) == (True, True, 1)
    assert run(house, "check", "--repair")[1] == 0
    assert "机构 2 条：缺 0，多 0，不同 0" in run(house, "check")[0]
    assert "没有要补的" in run(house, "check", "--repair")[0]


def test_the_command_rebuilds_one_kind_or_all(house, tmp_path):
    stock(tmp_path)
    spoil()
    told, status = run(house, "rebuild", "--kind", "outlets")
    assert ("机构 2 条" in told, "药品" in told, status) == (True, False, 0)
    assert found() == ["A1", "A2"]
    assert "药品 1 条" in run(house, "rebuild")[0]


def test_a_badge_that_ends_with_the_day_is_found_ended_after_midnight(house, tmp_path):
    outlet(tmp_path)
    BadgeSpan.update(until=date(2026, 11, 24)).execute()
    assert (index_tasks.check_index("shenyang"), found(badge="active")) == (0, ["A1"])
    assert not index_tasks.is_check_missing()
    later(days=1)
    assert index_tasks.is_check_missing()
    assert index_tasks.check_index("shenyang") > 0
    assert found(badge="expired") == ["A1"]


def turned():
    """What the day turns, told to the index."""
    count = index_tasks.turn_day()
    drain(sources())
    return count


def test_the_day_itself_is_noted_once_and_only_what_it_turns(house, tmp_path):
    one = drug(tmp_path, 有效期止="2026-11-24")
    for code in ("A1", "A2", "A3"):
        outlet(tmp_path, 定点编码=code)
    price(tmp_path, one, 定点编码="A3")
    BadgeSpan.update(until=date(2026, 11, 24)).where(
        BadgeSpan.outlet == Outlet.get(Outlet.code == "A1")
    ).execute()
    publish_edition("outlets", [("A2", "乙", {})], effective_on=date(2026, 11, 25))
    assert (turned(), turned()) == (3, 0)
    assert (found(badge="expired"), found(sells_at_winning=one.code)) == ([], ["A3"])
    later(days=1)
    assert (turned(), turned()) == (3, 0)
    assert (found(badge="expired"), found(sells_at_winning=one.code)) == (["A1"], [])
    assert found(listed=1) == ["A2"]
    later(days=1)
    assert turned() == 0
