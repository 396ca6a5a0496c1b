"""Nobody learns from the open data who bought what, when and where, however hard he looks."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest

from backend.opendata.folders import sums
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.conftest import living
from tests.opendata.shops import (
    PHARMACY,
    ask,
    asked,
    every_byte,
    hand_in,
    later,
    open_shops,
    opened,
    rows,
)

RECEIPT, REPORT = "购药小票", "居民反映"
SECRETS = ("回执-7788990011", "王秀英 13904001234", "沈河区万柳塘路 8 号 3 单元")


def receipts(count, *, outlet=0, drug=0, day="2026-11-20", price="3.10"):
    return [
        asked(
            outlet, drug, price, RECEIPT, 观测日期=day, 凭证=f"{day}-{outlet}-{drug}-{n}", 有货=""
        )
        for n in range(count)
    ]


def handed_in_one_by_one(folder, found):
    """Several receipts of one day for one price are one row to the sheets: each by itself."""
    for number, row in enumerate(found):
        hand_in(folder, row | {"价格": f"3.{10 + number}"})


@pytest.mark.parametrize("source", [RECEIPT, REPORT])
def test_the_data_is_the_same_to_the_byte_whether_residents_handed_in_prices_or_not(
    house, tmp_path, source
):
    open_shops(tmp_path, outlets=12, **PHARMACY)
    hand_in(tmp_path, *(asked(n, 0, f"3.{n:02d}") for n in range(12)), asked(0, 1, "5.00"))
    without = sums(opened(tmp_path))
    hand_in(
        tmp_path, asked(3, 0, "9.90", source, 观测日期="2026-11-23"),
        asked(3, 1, "4.40", source),
        asked(0, 1, "5.00", source, 状态="停售", 观测日期="2026-11-22"),
        asked(5, 2, "7.77", source, 凭证=SECRETS[0]),
    )  # fmt: skip
    assert sums(opened(tmp_path)) == without


def official(drawn, day):
    """A night's prices of institutions and clerks."""
    return [
        asked(drawn.randrange(12), drawn.randrange(3), f"{drawn.randint(300, 400) / 100:.2f}",
              drawn.choice(["机构申报", "价格监测", "现场检查"]), 观测日期=day)
        for _ in range(6)
    ]  # fmt: skip


def of_residents(drawn, day):
    """A night's prices of residents, some seen before what the institution says, some after."""
    return [
        asked(drawn.randrange(12), drawn.randrange(3), f"{drawn.randint(300, 400) / 100:.2f}",
              drawn.choice([RECEIPT, REPORT]), 观测日期=day, 凭证=SECRETS[drawn.randrange(3)])
        for _ in range(3)
    ]  # fmt: skip


def nights(folder, cache, *, residents):
    """The checksums of nine nights in a house in which residents hand prices in, or do not."""
    folder.mkdir()
    found = []
    with living(folder, cache):
        open_shops(folder, outlets=12, **PHARMACY)
        for night in range(9):
            day = date(2026, 11, 16 + night)
            outside.clock = StoppedClock(datetime(2026, 11, 16 + night, 2, tzinfo=UTC))
            if residents:
                _one_by_one(folder, of_residents(Random(f"residents {night}"), day.isoformat()))
            _one_by_one(folder, official(Random(f"official {night}"), day.isoformat()))
            found.append(sums(opened(folder, day)))
    return found


def _one_by_one(folder, found):
    for row in found:
        hand_in(folder, row)


def test_no_night_and_no_difference_between_nights_tells_that_residents_were_there(tmp_path, cache):
    """What is the same to the byte tells nothing: by no join, no sum, no subtraction."""
    told = nights(tmp_path / "with", cache, residents=True)
    assert told == nights(tmp_path / "without", cache, residents=False)
    assert len({tuple(sorted(one.items())) for one in told}) == 9


def test_who_knows_village_day_and_disease_finds_nothing(house, tmp_path):
    """Her neighbour knows where she went, on which day, and what for; the receipt is alone."""
    open_shops(tmp_path, outlets=4, 机构类别="村卫生室")
    hand_in(tmp_path, *(asked(n, d, "3.40") for n in range(4) for d in range(3)))
    nights_before = opened(tmp_path)
    before = {name: rows(nights_before, name) for name in ("price", "price_history", "band")}
    hand_in(tmp_path, *receipts(1, outlet=2, drug=1, day="2026-11-21", price="2.95"))
    later(days=1)
    after = opened(tmp_path, date(2026, 11, 25))
    for name, seen in before.items():
        assert rows(after, name) == seen
    at_village = [r for r in rows(after, "price_history") if r["outlet"] == "A0002"]
    assert {r["observed_on"] for r in at_village} == {"2026-11-20"}
    assert 295 not in {r["price_fen"] for r in at_village}
    assert rows(after, "resident_price") == []
    later(days=40)
    long_after = opened(tmp_path, date(2027, 1, 4))
    assert rows(long_after, "resident_price") == []
    assert ask(long_after, "SELECT COUNT(*) FROM price_history WHERE price_fen = 295") == [(0,)]


def test_ten_residents_are_told_of_together_by_month_once_the_month_is_over(house, tmp_path):
    open_shops(tmp_path)
    handed_in_one_by_one(tmp_path, receipts(10))
    handed_in_one_by_one(tmp_path, receipts(9, outlet=1, drug=1))
    assert rows(opened(tmp_path), "resident_price") == []
    later(days=7)
    (one,) = rows(opened(tmp_path, date(2026, 12, 1)), "resident_price")
    assert one == {
        "area": "outlet", "outlet": "A0000", "district": "210103", "drug": "D0000",
        "month": "2026-11", "handed_in": "2026-11", "count": 10,
        "min_fen": 310, "median_fen": 314, "max_fen": 319,
    }  # fmt: skip


def test_the_ninth_at_one_outlet_and_the_first_at_another_are_others_of_the_district(
    house, tmp_path
):
    open_shops(tmp_path)
    handed_in_one_by_one(tmp_path, receipts(9))
    handed_in_one_by_one(tmp_path, receipts(1, outlet=1))
    later(days=7)
    (one,) = rows(opened(tmp_path, date(2026, 12, 1)), "resident_price")
    assert (one["area"], one["outlet"], one["count"]) == ("district", None, 10)


def test_one_receipt_with_ten_drugs_is_one_person(house, tmp_path):
    open_shops(tmp_path, drugs=12)
    same = [asked(0, d, "3.10", RECEIPT, 凭证="一张小票") for d in range(12)]
    hand_in(tmp_path, *same)
    later(days=7)
    assert rows(opened(tmp_path, date(2026, 12, 1)), "resident_price") == []


def test_no_byte_of_it_holds_what_was_planted(house, tmp_path):
    """Receipt numbers, an inspector's paper, a person's phone, an asker's address, our own ids."""
    open_shops(tmp_path, 来源="登记表里写着 " + SECRETS[1])
    for n, secret in enumerate(SECRETS):
        hand_in(tmp_path, asked(n, 0, "3.40", ("现场检查", RECEIPT, REPORT)[n], 凭证=secret))
    handed_in_one_by_one(tmp_path, receipts(12, outlet=3))
    house.test_client().get("/offers?drug=D0000&lat=41.79&lon=123.45&q=" + SECRETS[2])
    later(days=7)
    told = every_byte(opened(tmp_path, date(2026, 12, 1)))
    assert b"A0003" in told
    for secret in (*SECRETS, "13904001234", "万柳塘路", "2026-11-20-3-0-1"):
        assert secret.encode() not in told


def test_no_table_has_a_column_for_what_must_not_go_out(published):
    names = {name for (sql,) in ask(published, "SELECT sql FROM sqlite_master WHERE sql > ''")
             for name in sql.replace('"', " ").split()}  # fmt: skip
    assert not names & {"evidence", "delivery", "delivery_id", "key", "id", "owner", "digest"}


def test_the_demonstration_keeps_the_rule(published):
    """The demonstration has residents' prices on every shelf, and none of them stands here."""
    sources = Counter(r["source"] for r in rows(published, "price_history"))
    assert set(sources) == {"declaration", "monitoring"}
    assert "演示小票".encode() not in every_byte(published)
    assert rows(published, "resident_price") == []
