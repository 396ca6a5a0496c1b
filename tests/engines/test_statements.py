"""The same words to the database mean the same on every engine."""

import json
from datetime import UTC, date, datetime

import peewee
import pytest

from backend import db
from backend.catalog import editions
from backend.catalog.models import Alias, Edition, Entry
from backend.intake.models import Delivery
from backend.outlets.models import Outlet
from backend.prices.actions import snapshot_bands
from backend.prices.shelf import Shelf
from tests.conftest import NOW
from tests.intake.processes import end, start
from tests.makers import A_DRUG, drug, outlet, price, sheet, take

AWKWARD = ["a\tb", "a\nb", "a\\b", "\\N", "", "'\"", "，、。", "𠀀", "{}", "%s ? %", "a\r\nb"]


@pytest.fixture
def edition(house):
    return editions.publish_edition("drugs", [], effective_on=date(2026, 1, 1))


def test_rows_are_copied_as_they_are(edition):
    rows = [(edition.id, f"C{n}", text, text) for n, text in enumerate(AWKWARD)]
    with db.database.atomic():
        db.copy_rows("entry", ("edition_id", "code", "name", "facts"), iter(rows))
    kept = db.run("SELECT edition_id, code, name, facts FROM entry ORDER BY id").fetchall()
    assert [tuple(row) for row in kept] == rows


def test_nothing_and_days_are_copied_too(house):
    rows = [(1, date(2026, 11, 24), "m", 3, 1, 2, 3), (2, "2026-11-23", "m", 3, 1, 2, 3)]
    db.copy_rows(
        "band_snapshot",
        ("drug_id", "day", "method", "count", "low_fen", "high_fen", "clear_fen"), rows,
    )  # fmt: skip
    days = [day for (day,) in db.run("SELECT day FROM band_snapshot ORDER BY drug_id").fetchall()]
    assert [db.as_day(day) for day in days] == [date(2026, 11, 24), date(2026, 11, 23)]
    db.copy_rows("batch", ("name", "announced_on", "notice_url"), [("一", None, "")])
    assert db.run("SELECT announced_on FROM batch").fetchone()[0] is None


def test_what_is_copied_in_a_transaction_that_fails_was_never_there(edition):
    row = (edition.id, "C1", "", "")
    with pytest.raises(peewee.IntegrityError), db.database.atomic():
        db.copy_rows("entry", ("edition_id", "code", "name", "facts"), [row, row])
    assert Entry.select().count() == 0
    assert db.run("SELECT 1").fetchone()[0] == 1


def test_a_driver_s_own_errors_come_as_one_sort(edition):
    row = (edition.id, "C1", "", "")
    insert = "INSERT INTO entry (edition_id, code, name, facts) VALUES (?, ?, ?, ?)"
    with pytest.raises(peewee.IntegrityError), db.database.atomic():
        db.run_many(insert, [row, row])


def test_text_sorts_by_its_bytes_whatever_the_server_s_language(edition):
    texts = ["b", "A", "a", "B", "é", "阿", "重", "中", "Z", "-", "1", "10", "2", "ａ", "a b", "ab"]
    rows = [(edition.id, text, text, "") for text in texts]
    db.copy_rows("entry", ("edition_id", "code", "name", "facts"), rows)
    for order in ("name", "code"):
        found = [text for (text,) in db.run(f"SELECT name FROM entry ORDER BY {order}").fetchall()]
        assert found == sorted(texts, key=str.encode)


def test_text_that_nothing_can_hold_is_looked_for_in_vain(house):
    assert Outlet.coded("A\0") is None
    assert db.run("SELECT id FROM outlet WHERE code = ?", "\0").fetchall() == []


def test_letters_of_either_case_are_found_on_a_shelf(house, tmp_path):
    one = drug(tmp_path, 通用名="维生素B6片Σ")
    place = outlet(tmp_path)
    price(tmp_path, one)
    for words, found in (("b6", 1), ("B6", 1), ("素b", 1), ("b_", 0), ("%", 0), ("σ", 0), ("Σ", 1)):
        shelf = Shelf(place.id, place.code, words=words, hides_special=False)
        rows, total, _ = shelf.page(1, 20)
        assert (len(rows), total) == (found, found), words


def test_moments_come_back_aware_in_utc(house):
    seen = datetime(2026, 11, 24, 2, 0, 0, 123_000, tzinfo=UTC)
    Delivery.create(kind="prices", name="", digest="", received_at=seen, beat_at=NOW)
    kept = Delivery.get()
    assert (kept.received_at, kept.beat_at, kept.published_at) == (seen, NOW, None)
    assert kept.received_at.isoformat() == "2026-11-24T02:00:00.123000+00:00"
    assert Delivery.select().where(Delivery.beat_at == kept.beat_at).exists()


def test_two_processes_that_publish_editions_at_once_number_them_one_after_the_other(house):
    def publish():
        for _ in range(5):
            editions.publish_edition("drugs", [("C1", "甲", {})], effective_on=date(2026, 1, 1))

    workers = [start(publish) for _ in range(3)]
    assert [end(worker) for worker in workers] == [0, 0, 0]
    assert sorted(e.number for e in Edition.select()) == list(range(1, 16))


def test_two_processes_that_take_the_bands_at_once_leave_those_of_one(town):
    day = date(2026, 11, 24)
    taken = snapshot_bands(day)

    def again():
        for _ in range(3):
            snapshot_bands(day)

    workers = [start(again) for _ in range(3)]
    assert [end(worker) for worker in workers] == [0, 0, 0]
    kept = db.run("SELECT COUNT(*) FROM band_snapshot WHERE day = ?", day.isoformat()).fetchone()[0]
    assert (kept, taken > 0) == (taken, True)


def test_the_longest_a_sheet_may_hold_fits_every_column(house, tmp_path):
    """Folding makes ㎎ two letters and ﷺ eighteen: what is derived must fit as well."""
    row = A_DRUG | {
        "通用名": "ﷺ" * 200, "规格": "㎎" * 200, "剂型": "字" * 60,
        "包装": "㎎" * 180 + "*99999*9999",
        "生产企业": "厂" * 200, "批准文号": "文" * 60, "商品名": "商" * 200, "药品编码": "D" * 40,
        "医保编码": "X" * 40, "中选价": "9999999.99", "支付标准": "9999999.99", "来源": "源" * 300,
        "支付标准来源": "源" * 300, "采购批次": "批" * 60, "供应地区": "省" * 500,
    }  # fmt: skip
    assert take("drugs", sheet(tmp_path, [row])).state == "published"
    unpriced = row | {
        "药品编码": "E" * 40,
        "医保编码": "Z" * 40,
        "规格": "",
        "中选价": "",
        "采购批次": "",
    }
    assert take("drugs", sheet(tmp_path, [unpriced])).state == "published"
    alias = {"别名": "名" * 120, "通用名": "ﷺ" * 200, "别名类型": "型" * 20, "来源": "源" * 300}
    assert take("aliases", sheet(tmp_path, [alias])).state == "published"
    assert len(Alias.get().core) <= 200
    place = outlet(tmp_path, 机构名称="名" * 120, 地址="址" * 200, 电话="1" * 40)
    prices = [
        {"定点编码": place.code, "药品编码": "D" * 40, "价格": "9999999.99", "来源": "机构申报",
         "观测日期": f"2026-11-{day}", "凭证": "证" * 200} for day in (20, 21, 22)
    ]  # fmt: skip
    published = take("prices", sheet(tmp_path, prices))
    assert (published.state, json.loads(published.diff)["added"]) == ("published", 1)
