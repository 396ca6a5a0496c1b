"""What changes is noted for the index in the transaction that changes it."""

from datetime import date

from backend import db
from backend.catalog.editions import publish_edition
from backend.indexing.notes import note, note_found
from backend.intake import actions as intake
from backend.intake.models import Publication
from backend.prices.sheetkinds import sheet_kinds
from tests.indexing.shelves import found, names, notes, stock
from tests.makers import A_DRUG, A_PRICE, AN_OUTLET, checked, drug, outlet, price, sheet, take


def test_a_change_that_is_taken_back_was_never_noted(house):
    with db.database.atomic() as change:
        note("drugs", ["D1"])
        change.rollback()
    assert notes() == []


def test_what_a_publication_will_change_is_noted_once_and_due_when_it_is_out(house):
    note("drugs", ["D1"])
    with db.database.atomic():
        for _ in range(2):
            note_found("outlets", "code", "FROM (SELECT 'A1' AS code) AS one", number=5)
    assert notes() == [("drugs", "D1"), ("outlets", "A1")]


def test_a_price_makes_only_its_outlet_found_anew(house, tmp_path):
    one = stock(tmp_path)
    assert (found(sells=one.code), found(sells_at_winning=one.code)) == (["A1", "A2"], ["A1"])
    price(tmp_path, one, 定点编码="A2", 价格="3.00", 观测日期="2026-11-21")
    assert found(sells_at_winning=one.code) == ["A1", "A2"]


def test_what_is_out_of_stock_is_sold_but_not_at_the_winning_price(house, tmp_path):
    one = stock(tmp_path)
    price(tmp_path, one, 有货="否", 观测日期="2026-11-21")
    assert (found(sells=one.code), found(sells_at_winning=one.code)) == (["A1", "A2"], [])


def test_what_is_sold_no_longer_is_not_found(house, tmp_path):
    one = stock(tmp_path)
    price(tmp_path, one, 状态="停售", 观测日期="2026-11-21")
    assert found(sells=one.code) == ["A2"]


def test_a_new_winning_price_changes_what_every_seller_is_found_by(house, tmp_path):
    one = stock(tmp_path)
    drug(tmp_path, 中选价="6.00", 采购批次="第九批", 公布日期="2026-10-01", 有效期起="2026-11-01")
    assert found(sells_at_winning=one.code) == ["A1", "A2"]


def test_a_drug_that_is_withdrawn_is_sold_nowhere(house, tmp_path):
    one = stock(tmp_path)
    take("drugs", sheet(tmp_path, [A_DRUG | {"状态": "撤销"}]))
    assert (names("二甲双胍"), found(sells=one.code)) == ([], [])


def test_a_badge_and_a_place_in_the_list_are_facts_of_an_outlet(house, tmp_path):
    outlet(tmp_path)
    outlet(tmp_path, 定点编码="A2", 三进状态="", 三进起始日="")
    assert (found(badge="active"), found(badge="none"), found(listed=1)) == (["A1"], ["A2"], [])
    outlet(tmp_path, 三进状态="暂停", 三进起始日="2026-11-01")
    assert found(badge="suspended") == ["A1"]


def test_an_edition_changes_what_came_and_what_went(house, tmp_path):
    outlet(tmp_path)
    outlet(tmp_path, 定点编码="A2")
    day = date(2026, 11, 1)
    publish_edition("outlets", [("A1", "甲", {}), ("A2", "乙", {})], effective_on=day)
    assert notes() == [("outlets", "A1"), ("outlets", "A2")]
    publish_edition("outlets", [("A2", "乙", {})], effective_on=day)
    assert notes()[2:] == [("outlets", "A1")]


def test_a_name_makes_the_drugs_of_its_substance_found_anew(house, tmp_path):
    one = drug(tmp_path)
    drug(tmp_path, 通用名="格列齐特片", 包装="30mg*30", 规格="30mg")
    take("aliases", sheet(tmp_path, [{"别名": "小白片", "通用名": "盐酸二甲双胍片"}]))
    assert names("小白片") == [one.code]


def test_nothing_is_told_of_a_publication_before_it_is_out(house, tmp_path):
    one = stock(tmp_path)
    rows = [A_PRICE | {"药品编码": one.code, "定点编码": "A2", "价格": "1.00",
                       "观测日期": "2026-11-22"}]  # fmt: skip
    delivery, seen = checked("prices", sheet(tmp_path, rows)), []

    def look(step, share):
        seen.append((Publication.current(), found(sells_at_winning=one.code), notes()))

    before = Publication.current()
    intake.publish(sheet_kinds()["prices"], delivery, accept_doubts=True, progress=look)
    assert (before, ["A1"], [("outlets", "A2")]) in seen
    assert found(sells_at_winning=one.code) == ["A1", "A2"]
    assert notes() == []


def test_a_whole_list_that_lacks_an_outlet_takes_it_out(house, tmp_path):
    outlet(tmp_path)
    outlet(tmp_path, 定点编码="A2")
    take("outlets", sheet(tmp_path, [AN_OUTLET]), whole=True)
    assert found() == ["A1"]
