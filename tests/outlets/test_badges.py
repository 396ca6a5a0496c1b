"""The 三进 badge: a history of stretches, of which one is worn on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.indexing.draining import drain
from backend.outlets.lookups import badge_history, badges, joined_ids, outlets_by_code
from backend.outlets.models import BadgeSpan, Outlet
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.prices.index_tasks import turn_day
from backend.prices.indexing import sources
from tests.conftest import NOW
from tests.makers import AN_OUTLET, outlet, sheet, take

FIRST = date(2026, 1, 1)


@pytest.fixture
def worn(house, tmp_path):
    """An outlet that joined, was suspended, came back for a month, and left."""
    header = dict.fromkeys(["三进有效期至", "变更原因", "三进批次"], "")
    stretches = [
        {"三进起始日": "2026-03-01", "三进批次": "首批"},
        {"三进状态": "暂停", "三进起始日": "2026-06-01", "变更原因": "货款逾期"},
        {"三进起始日": "2026-09-01", "三进有效期至": "2026-09-30"},
        {"三进状态": "退出", "三进起始日": "2026-11-01"},
    ]
    take("outlets", sheet(tmp_path, [AN_OUTLET | header | stretch for stretch in stretches]))
    return Outlet.get()


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-02-28", None),
        ("2026-03-01", "active"),
        ("2026-05-31", "active"),
        ("2026-06-01", "suspended"),
        ("2026-08-31", "suspended"),
        ("2026-09-30", "active"),
        ("2026-10-01", "expired"),
        ("2026-11-01", "left"),
    ],
)
def test_a_day_has_the_badge_of_its_stretch(worn, day, state):
    day = date.fromisoformat(day)
    badge = badges([worn.id], day).get(worn.id)
    assert (badge and badge["state"]) == state
    assert (worn.id in joined_ids(day)) == (state == "active")


def test_the_history_is_told_newest_first_with_its_reasons(worn):
    told = badge_history(worn, date(2026, 11, 24))
    assert [(b["state"], b["since"], b["until"], b["reason"], b["round"]) for b in told] == [
        ("left", "2026-11-01", None, "", ""),
        ("expired", "2026-09-01", "2026-09-30", "", ""),
        ("suspended", "2026-06-01", None, "货款逾期", ""),
        ("active", "2026-03-01", None, "", "首批"),
    ]


def test_the_history_does_not_tell_the_future(worn):
    assert [b["since"] for b in badge_history(worn, date(2026, 6, 1))] == [
        "2026-06-01", "2026-03-01",
    ]  # fmt: skip


def test_a_badge_ends_at_the_citys_midnight(house, tmp_path):
    outlet(tmp_path, 三进有效期至="2026-11-24")
    client = house.test_client()

    def shown(hour, minute):
        outside.clock = StoppedClock(NOW.replace(hour=hour, minute=minute))
        turn_day()
        drain(sources())
        told = client.get("/api/v1/outlets/A1").get_json()["outlet"]["badge"]
        assert client.get(f"/api/v1/outlets?badge={told['state']}").get_json()["total"] == 1
        return told["state"], told["text"]

    assert shown(15, 59) == ("active", "三进机构")
    assert shown(16, 1) == ("expired", "三进标识已过有效期")


def test_only_an_outlet_that_is_joined_and_special_may_sell_special_drugs(house, tmp_path):
    rows = [
        AN_OUTLET | {"定点编码": "both", "特药定点": "是"},
        AN_OUTLET | {"定点编码": "joined", "特药定点": "否"},
        AN_OUTLET | {"定点编码": "special", "特药定点": "是", "三进状态": "暂停"},
    ]
    take("outlets", sheet(tmp_path, rows))
    found = outlets_by_code(date(2026, 11, 24))
    assert {code for code, ref in found.items() if ref.may_choose_special} == {"both"}


STRETCH = st.tuples(
    st.sampled_from(["active", "suspended", "left"]),
    st.integers(0, 40),
    st.none() | st.integers(0, 40),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STRETCH, max_size=5, unique_by=lambda stretch: stretch[1]), st.integers(0, 40))
def test_who_counts_as_joined_wears_an_active_badge_whatever_the_history(house, stretches, on):
    BadgeSpan.delete().execute()
    Outlet.delete().execute()
    made = Outlet.create(code="A1", name="演示", kind="pharmacy_chain", district="210103")
    for state, since, until in stretches:
        BadgeSpan.create(
            outlet=made, state=state, since=FIRST + timedelta(days=since),
            until=None if until is None else FIRST + timedelta(days=until),
        )  # fmt: skip
    day = FIRST + timedelta(days=on)
    badge = badges([made.id], day).get(made.id)
    assert joined_ids(day) == ([made.id] if badge and badge["state"] == "active" else [])
