"""The feed: whoever polls it ends with what everybody has, and hears only of what changed."""

import csv
import io
import threading
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend import db
from backend.badges.actions import keep_up
from backend.badges.feed import changes
from backend.badges.models import BadgeState, BadgeTurn
from backend.catalog.editions import publish_edition
from backend.errors import CursorLost
from backend.indexing.draining import drain
from backend.indexing.models import IndexChange
from backend.outlets.models import BadgeSpan, Outlet
from backend.outside import outside
from backend.prices.index_tasks import begin_round, check_index
from backend.prices.indexing import sources
from tests.badges.days import ENDED, LEFT, NEVER, SUSPENDED, later
from tests.badges.test_proof import raw
from tests.conftest import NOW
from tests.makers import AN_OUTLET, drug, price, sheet, take


def night():
    """What the worker does before it sleeps again."""
    begin_round()
    drain(sources())


def told(since=0):
    """(code, state) of what changed after a number."""
    return [(item["code"], item["state"]) for item in changes(since=since)["items"]]


def newest():
    return changes()["next"]


def test_who_has_or_had_a_badge_is_told_and_who_never_had_is_not(hand_in):
    hand_in({}, {"定点编码": "A2"} | LEFT, {"定点编码": "A3"} | NEVER)
    assert told() == [("A1", "active"), ("A2", "left")]


@pytest.mark.parametrize(
    ("row", "state"),
    [(SUSPENDED, "suspended"), (LEFT, "left"), (ENDED, "expired"), ({"状态": "撤销"}, "withdrawn"),
     ({"电话": "024-1"}, "active"), ({"地址": "演示新址"}, "active")],
    ids=["suspended", "left", "expired", "withdrawn", "phone", "address"],
)  # fmt: skip
def test_only_what_changed_is_told_again(hand_in, row, state):
    hand_in({}, {"定点编码": "A2"})
    since = newest()
    hand_in(row)
    assert told(since) == [("A1", state)]
    assert len(told()) == 2


def test_what_did_not_change_is_not_told(hand_in, tmp_path):
    hand_in({})
    since = newest()
    one = drug(tmp_path)
    price(tmp_path, one)
    hand_in({"特药定点": "是"})
    assert IndexChange.select().count() == 0
    assert told(since) == []


def test_a_badge_that_ends_with_the_day_is_told_by_the_turn_of_it(hand_in):
    hand_in({"三进有效期至": "2026-11-24"}, {"定点编码": "A2", "三进起始日": "2026-11-26"})
    since = newest()
    night()
    assert told(since) == []
    later(days=1)
    night()
    assert told(since) == [("A1", "expired")]
    since = newest()
    later(days=2)
    night()
    assert told(since) == [("A2", "active")]


def test_an_edition_is_told_of_everybody_it_names_though_only_one_came(hand_in):
    hand_in({}, {"定点编码": "A2"})
    publish_edition("outlets", [("A1", "甲", {})], effective_on=date(2026, 11, 1))
    night()
    since = newest()
    both = [("A1", "甲", {}), ("A2", "乙", {})]
    publish_edition("outlets", both, effective_on=date(2026, 11, 25))
    night()
    assert told(since) == []
    later(days=1)
    night()
    assert [(i["code"], i["edition"]) for i in changes(since=since)["items"]] == [
        ("A1", 2), ("A2", 2),
    ]  # fmt: skip


def test_what_was_cut_short_is_done_again(hand_in):
    hand_in({})
    since = newest()
    Outlet.update(phone="024-2").execute()
    with db.database.atomic() as cut:
        assert keep_up(["A1"]) == 1
        cut.rollback()
    assert told(since) == []
    assert (keep_up(["A1"]), keep_up(["A1"])) == (1, 0)
    assert told(since) == [("A1", "active")]


def test_what_a_hand_changed_in_the_database_is_found_at_night(hand_in):
    hand_in({})
    night()
    since = newest()
    Outlet.update(phone="024-2").execute()
    night()
    assert told(since) == []
    check_index("shenyang")
    assert told(since) == [("A1", "active")]


def test_an_engine_that_is_away_does_not_keep_the_feed_waiting(hand_in, tmp_path):
    class Away:
        def __getattr__(self, name):
            raise OSError("away")

    hand_in({})
    since, index = newest(), outside.index
    outside.index = Away()
    with pytest.raises(OSError, match="away"):
        hand_in(SUSPENDED)
    outside.index = index
    assert told(since) == [("A1", "suspended")]


def test_a_house_that_had_no_feed_yet_fills_it(hand_in):
    hand_in({}, {"定点编码": "A2"} | LEFT)
    BadgeState.delete().execute()
    BadgeTurn.delete().execute()
    begin_round()
    assert len(told()) == 2


def test_two_that_compare_at_once_number_every_change_once(hand_in, engine):
    hand_in(*({"定点编码": f"A{n}"} for n in range(40)))
    since = newest()
    Outlet.update(phone="024-3").execute()

    def work():
        with db.opened():
            keep_up(whole=True)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    items = changes(since=since)["items"]
    assert len(items) == 40
    assert [i["changed"] for i in items] == list(range(since + 1, since + 41))


def test_it_is_read_page_by_page_to_the_end(hand_in, ask):
    hand_in(*({"定点编码": f"A{n}"} for n in range(7)))
    seen, since, more = [], 0, True
    while more:
        page = ask("/api/v1/badges", since=since, page_size=3)
        seen += [item["code"] for item in page["items"]]
        since, more = page["next"], page["more"]
    assert sorted(seen) == [f"A{n}" for n in range(7)]
    assert ask("/api/v1/badges", since=since) == {"items": [], "next": since, "more": False}


def test_a_number_that_was_never_given_is_refused(hand_in, ask):
    hand_in({})
    with pytest.raises(CursorLost):
        changes(since=newest() + 1)
    assert "从 0 重新取" in ask("/api/v1/badges", status=409, since=newest() + 1)["message"]
    ask("/api/v1/badges", status=422, since=-1)
    ask("/api/v1/badges", status=422, format="xml")


def test_the_same_stands_in_csv_whoever_asks_for_it(hand_in, house):
    hand_in({"机构名称": '演示"甲",乙'}, {"定点编码": "A2"} | SUSPENDED)
    Outlet.update(phone="=1+1").where(Outlet.code == "A1").execute()
    keep_up(whole=True)
    client = house.test_client()
    by_name = client.get("/api/v1/badges?format=csv")
    by_header = client.get("/api/v1/badges", headers={"Accept": "text/csv"})
    assert by_name.data == by_header.data
    assert by_name.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(by_name.get_data(as_text=True))))
    assert [(r["定点编码"], r["状态"], r["原因"]) for r in rows] == [
        ("A2", "suspended", "货款逾期"), ("A1", "active", ""),
    ]  # fmt: skip
    assert (rows[1]["名称"], rows[1]["电话"]) == ('演示"甲",乙', "'=1+1")
    assert client.get("/api/v1/badges", headers={"Accept": "*/*"}).mimetype == "application/json"
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.get("/api/v1/badges", headers=browser).mimetype == "application/json"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_answer_is_signed_and_costs_nothing_where_it_stayed_the_same(hand_in, house, form):
    hand_in(*({"定点编码": f"A{n}"} for n in range(3)))
    client = house.test_client()
    first = client.get(f"/api/v1/badges?format={form}&page_size=2")
    public = outside.signer.public_keys[outside.signer.key_id]
    signature = raw(first.headers["Sanjin-Signature"])
    Ed25519PublicKey.from_public_bytes(public).verify(signature, first.data)
    assert first.headers["Sanjin-Next"] == str(newest() - 1)
    assert client.get(first.headers["Link"].split(">")[0][1:]).headers["Sanjin-More"] == "0"
    later(hours=3)
    same = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/api/v1/badges?format={form}&page_size=2", headers=same).status_code == 304


STATES = st.sampled_from(["在名单", "暂停", "退出"])
CODES = st.sampled_from(["A1", "A2", "A3", "A4"])
DELIVERY = st.tuples(st.just("deliver"), CODES, STATES, st.none() | st.integers(0, 6))
STEPS = st.lists(
    DELIVERY
    | st.tuples(st.just("withdraw"), CODES)
    | st.tuples(st.just("edition"), st.sets(CODES), st.integers(0, 3))
    | st.tuples(st.just("days"), st.integers(1, 4))
    | st.tuples(st.just("poll"), st.integers(1, 3)),
    max_size=12,
)


class Consumer:
    """Somebody's price program: keeps what it heard, and asks on from where it was."""

    def __init__(self):
        self.kept, self.since = {}, 0

    def poll(self, page_size):
        page = changes(since=self.since, page_size=page_size)
        for item in page["items"]:
            self.kept[item["code"]] = without_number(item)
        self.since = page["next"]
        return page["more"]


def without_number(item):
    return {key: value for key, value in item.items() if key != "changed"}


def everything():
    return {item["code"]: without_number(item) for item in changes()["items"]}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_who_polls_ends_with_what_everybody_has(house, tmp_path, steps):
    _forget()
    consumer, day = Consumer(), 0
    for what, *how in steps:
        before, since = everything(), newest()
        if what == "deliver":
            code, state, lasts = how
            start = NOW.date() + timedelta(days=day)
            until = "" if lasts is None else (start + timedelta(days=lasts)).isoformat()
            row = {"定点编码": code, "三进状态": state, "三进起始日": start.isoformat(),
                   "三进有效期至": until}  # fmt: skip
            take("outlets", sheet(tmp_path, [AN_OUTLET | row]))
        elif what == "withdraw":
            row = {"定点编码": how[0], "状态": "撤销"} | NEVER
            take("outlets", sheet(tmp_path, [AN_OUTLET | row]))
        elif what == "edition":
            named, ahead = how
            effective = NOW.date() + timedelta(days=day + ahead)
            publish_edition("outlets", [(c, c, {}) for c in sorted(named)], effective_on=effective)
        elif what == "days":
            day += how[0]
            later(days=day)
        else:
            consumer.poll(how[0])
        night()
        # Told again are those, and only those, that are otherwise than before.
        after = everything()
        differ = {code for code in after if after[code] != before.get(code)}
        assert {code for code, _ in told(since)} == differ
    while consumer.poll(3):
        pass
    assert consumer.kept == everything()
    # And the feed is the truth: comparing everything finds nothing left to tell.
    assert keep_up(whole=True) == 0


def _forget():
    outside.clock.moment = NOW
    later()
    for table in (
        "staged", "delivery", "badge_state", "badge_turn", "badge_span", "entry", "edition",
        "index_change", "index_state", "outlet",
    ):  # fmt: skip
        db.run(f"DELETE FROM {table}")
    assert BadgeSpan.select().count() == 0
