"""Alerts: who asked is told once of what came after, at the place he named, and then no more."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from backend import db
from backend.history.models import ListFact
from backend.notices.correspondents import merged
from backend.notices.models import Alert, Correspondent, LogPlace, Notice
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.conftest import NOW
from tests.makers import AN_OUTLET, many_drugs
from tests.notices.conftest import allowed, inbox, waiting, wants
from tests.wechat.standin import SOMEBODY_ELSE

SHEN_HE, HE_PING = "210103", "210102"


def said(resident):
    """What his inbox says, the newest first."""
    return [(one["kind"], one["text"]) for one in inbox(resident)["items"]]


def test_a_price_that_falls_is_told_once_and_the_alert_is_over(market, resident):
    market.brings(1, "3.40")
    asked = wants(resident)
    assert (asked["drug_code"], asked["title"]) == ("D0000", "降价提醒")
    assert market.reads() == 0
    market.brings(2, "3.10")
    assert market.reads() == 1
    ((kind, text),) = said(resident)
    assert kind == "price_down"
    for words in ("演示药0000片", "演示0000", "降到 3.10 元", "原来 3.40 元", "2026-11-02"):
        assert words in text
    assert waiting(resident) == []
    market.brings(3, "2.90")
    assert (market.reads(), len(said(resident))) == (0, 1)


def test_asked_twice_it_is_one(market, resident):
    market.brings(1)
    assert wants(resident) == wants(resident)
    assert wants(resident, "arrived")["number"] != wants(resident, place=SHEN_HE)["number"]
    assert len(waiting(resident)) == 3


def test_asked_by_many_at_once_it_is_one(market, resident):
    with ThreadPoolExecutor(4) as many:
        told = list(many.map(lambda _: wants(resident)["number"], range(8)))
    assert set(told) == set(waiting(resident))
    assert len(waiting(resident)) == 1


def test_one_that_is_over_may_be_asked_for_again(market, resident):
    market.brings(1)
    for day, yuan in ((2, "3.30"), (3, "3.20")):
        wants(resident)
        market.brings(day, yuan)
        assert market.reads() == 1
    assert len(said(resident)) == 2


@pytest.mark.parametrize("missing", ["notices", "health", "personal"])
def test_without_consent_nothing_is_asked(market, resident, missing):
    resident.withdraws(missing)
    assert wants(resident, status=409)["code"] == "needs_consent"
    assert waiting(resident) == []


@pytest.mark.parametrize("missing", ["notices", "health", "personal"])
def test_whose_consent_is_withdrawn_is_told_nothing_and_his_alert_ends(market, resident, missing):
    market.brings(1)
    wants(resident)
    resident.withdraws(missing)
    market.brings(2, "3.10")
    assert market.reads() == 0
    assert (said(resident), waiting(resident)) == ([], [])


@pytest.mark.parametrize(
    ("place", "told"),
    [("", [True, True]), (SHEN_HE, [True, False]), (HE_PING, [False, True]),
     ("A0000", [True, False]), ("A0001", [False, False]), ("A0002", [False, True])],
)  # fmt: skip
def test_only_what_happens_at_the_place_he_named_is_told(market, resident, place, told):
    outlets = ("A0000", "A0002")
    for code in outlets:
        market.brings(1, 定点编码=code)
    seen = []
    for code in outlets:
        wants(resident, place=place)
        market.brings(2, "3.10", 定点编码=code)
        seen.append(market.reads() == 1)
    assert seen == told


def test_a_place_nobody_knows_is_refused_and_so_is_a_drug(market, resident):
    assert "place" in wants(resident, place="nowhere", status=422)["errors"]
    assert "place" in wants(resident, "joined", place=SHEN_HE, status=422)["errors"]
    wants(resident, drug="nothing", status=404)
    wants(resident, "price_up", status=422)


def test_what_happened_before_he_asked_is_not_told(market, resident, town):
    other = allowed(town.signs_in(SOMEBODY_ELSE))
    market.brings(1)
    wants(other)
    market.brings(2, "3.10")
    wants(resident)
    assert market.reads() == 1
    assert [len(said(one)) for one in (other, resident)] == [1, 0]
    assert len(waiting(resident)) == 1


def test_years_that_are_over_are_not_read_when_somebody_asks_first(market, resident):
    market.brings(1)
    market.brings(2, "3.10")
    assert market.reads() == 0
    wants(resident)
    assert market.reads() == 0


def test_a_residents_price_tells_nobody_anything(market, resident):
    market.brings(1)
    wants(resident), wants(resident, "arrived")
    market.brings(2, "2.00", 来源="居民反映")
    market.brings(3, "3.30")
    assert (market.reads(), len(waiting(resident))) == (0, 2)
    market.brings(4, "3.20")
    assert market.reads() == 1


def test_everybody_who_asked_is_told(market, resident, town):
    other = allowed(town.signs_in(SOMEBODY_ELSE))
    market.brings(1)
    wants(resident), wants(other)
    market.brings(2, "3.10")
    assert market.reads() == 2
    assert [len(said(one)) for one in (other, resident)] == [1, 1]


def test_a_drug_that_is_there_again_has_arrived(market, resident):
    market.brings(1, 有货="否")
    wants(resident, "arrived")
    market.brings(2, 有货="是")
    assert market.reads() == 1
    assert "现在有货了，3.40 元" in said(resident)[0][1]


def test_a_drug_that_is_listed_and_there_has_arrived(market, resident):
    wants(resident, "arrived")
    market.brings(1)
    assert market.reads() == 1


@pytest.mark.parametrize("stock", ["否", ""])
def test_a_drug_that_is_listed_and_perhaps_not_there_has_not_arrived(market, resident, stock):
    wants(resident, "arrived")
    market.brings(1, 有货=stock)
    assert market.reads() == 0
    market.brings(2, 有货="否")
    market.brings(3, 有货="是")
    assert market.reads() == 1


def test_what_is_over_when_it_is_read_sends_nobody_there(market, resident):
    market.brings(1, "3.40", 有货="否")
    wants(resident), wants(resident, "arrived")
    market.brings(2, "3.10", 有货="是")
    market.brings(3, "3.60", 有货="否")
    assert (market.reads(), len(waiting(resident))) == (0, 2)
    market.brings(4, "3.30", 有货="是")
    market.brings(5, "3.30", 状态="停售")
    assert (market.reads(), len(waiting(resident))) == (0, 2)


def test_an_outlet_that_is_gone_sends_nobody_there(market, resident):
    market.brings(1)
    wants(resident)
    market.brings(2, "3.10")
    market.takes("outlets", [AN_OUTLET | {"定点编码": "A0000", "状态": "撤销"}])
    assert (market.reads(), len(waiting(resident))) == (0, 1)


def test_a_drug_that_is_gone_is_not_asked_for_and_not_told(market, resident):
    market.brings(1)
    number = wants(resident)["number"]
    market.brings(2, "3.10")
    market.takes("drugs", [many_drugs(1)[0] | {"状态": "撤销"}])
    wants(resident, "arrived", status=410)
    assert market.reads() == 0
    assert waiting(resident) == [number]
    assert resident.ask("DELETE", f"/me/alerts/{number}")["items"] == []


def test_a_drug_that_joins_the_list_is_told_and_one_that_leaves_is_not(market, resident):
    wants(resident, "joined"), wants(resident, "joined", drug="D0001")
    with db.opened():
        for seq, (subject, thing, kind) in enumerate(
            (("outlet", 1, "joined"), ("drug", 2, "left"), ("drug", 1, "joined")), start=1
        ):
            ListFact.insert(
                seq=seq, subject=subject, thing_id=thing, kind=kind, day="2026-11-24"
            ).execute()
    assert market.reads() == 1
    ((kind, text),) = said(resident)
    assert (kind, "演示药0000片" in text, "2026-11-24" in text) == ("joined", True, True)


def test_a_drug_that_joined_before_the_day_he_asked_is_no_news(market, resident):
    wants(resident, "joined")
    with db.opened():
        ListFact.insert(
            seq=1, subject="drug", thing_id=1, kind="joined", day="2026-11-23"
        ).execute()
    assert (market.reads(), len(waiting(resident))) == (0, 1)


def test_cancelled_it_tells_nothing(market, resident):
    market.brings(1)
    number = wants(resident)["number"]
    told = resident.ask("DELETE", f"/me/alerts/{number}")
    assert told["items"] == []
    assert told["text"]
    market.brings(2, "3.10")
    assert (market.reads(), said(resident)) == (0, [])
    resident.ask("DELETE", f"/me/alerts/{number}", status=404)


def test_nobody_cancels_or_sees_anothers(market, resident, town):
    number = wants(resident)["number"]
    other = allowed(town.signs_in(SOMEBODY_ELSE))
    assert waiting(other) == []
    other.ask("DELETE", f"/me/alerts/{number}", status=404)
    assert waiting(resident) == [number]


def test_more_than_twenty_are_refused_until_one_is_over(market, resident):
    for number in range(20):
        wants(resident, drug=f"D{number:04d}")
    told = wants(resident, drug="D0020", status=409)
    assert (told["code"], "20" in told["message"]) == ("not_now", True)
    assert wants(resident, drug="D0003")["number"] in waiting(resident), "the same is no other"
    resident.ask("DELETE", f"/me/alerts/{waiting(resident)[0]}")
    wants(resident, drug="D0020")


class Killed(BaseException):
    """The process is gone."""


class DyingClock:
    """A clock at whose n-th look the process dies."""

    def __init__(self, after):
        self.left = after

    def now(self):
        self.left -= 1
        if self.left <= 0:
            raise Killed
        return NOW


@pytest.mark.parametrize("after", [1, 2, 4, 5, 8, 11])
def test_killed_while_it_is_read_it_is_read_again_and_told_once(market, resident, town, after):
    other = allowed(town.signs_in(SOMEBODY_ELSE))
    market.brings(1), market.brings(1, 药品编码="D0001")
    wants(resident), wants(other), wants(other, drug="D0001")
    market.brings(2, "3.10"), market.brings(2, "3.10", 药品编码="D0001")
    outside.clock = DyingClock(after)
    with db.opened():
        before = LogPlace.get().cursor
    with pytest.raises(Killed):
        market.reads()
    outside.clock = StoppedClock(NOW)
    with db.opened():
        assert (Notice.select().count(), LogPlace.get().cursor) == (0, before)
    assert market.reads() == 3
    assert [len(said(one)) for one in (resident, other)] == [1, 2]


def test_read_by_many_at_once_it_is_told_once(market, resident):
    market.brings(1)
    wants(resident)
    market.brings(2, "3.10")
    with ThreadPoolExecutor(4) as many:
        counts = list(many.map(lambda _: market.reads(), range(8)))
    assert sum(counts) == len(said(resident)) == 1


def test_somebody_who_cannot_be_written_to_keeps_nobody_waiting(market, resident, town):
    other = allowed(town.signs_in(SOMEBODY_ELSE))
    market.brings(1)
    wants(resident), wants(other)
    with db.opened():
        db.run("UPDATE correspondent SET openid = ? WHERE id = ?", "00" * 40, _of(resident))
    market.brings(2, "3.10")
    assert market.reads() == 1
    assert len(said(other)) == 1


def _of(resident):
    """Whom his first alert goes to."""
    with db.opened():
        return Alert.select().where(Alert.id == waiting(resident)[0]).get().to_id


def test_of_two_rows_of_one_person_the_alerts_become_one_persons(house):
    with db.opened():
        drug = {"about": "arrived", "drug_id": 1, "asked_at": NOW, "since": 0}
        rows = [Correspondent.create(openid=n, openid_mark=n, known_at=NOW) for n in "ab"]
        for row in rows:
            Alert.create(to_id=row.id, **drug)
        Alert.create(to_id=rows[1].id, **drug | {"place": "210103"})
        merged(rows)
        assert [(one.to_id, one.place) for one in Alert.select().order_by(Alert.place)] == [
            (rows[0].id, ""), (rows[0].id, "210103"),
        ]  # fmt: skip
