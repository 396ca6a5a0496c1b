"""What WeChat did not take: only what certainly had no effect is tried again."""

from datetime import UTC, datetime

import pytest

from backend.notices.retrying import FIRST_S, MOST_S, TRIES, Fate, judge
from backend.outside.wechat.answers import Kind, known_codes
from backend.outside.wechat.answers import judge as meaning

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def fate(code, *, perhaps=False, tries=1, chance=0.5):
    kind, _, after_s = meaning(code, NOW)
    return judge(kind, code, after_s=after_s, perhaps=perhaps, tries=tries, chance=chance)


@pytest.mark.parametrize("code", sorted(set(known_codes()) - {0}))
def test_what_may_have_gone_out_is_unknown_whatever_was_said(code):
    assert fate(code, perhaps=True).fate is Fate.UNKNOWN


@pytest.mark.parametrize("code", [40003, 43101, 45015, 45047, 45168])
def test_a_refusal_for_good_leads_to_the_next_rung(code):
    assert fate(code).fate is Fate.NEXT_RUNG


@pytest.mark.parametrize("code", [40013, 40037, 47003, 48001, 41030])
def test_our_own_faults_are_parked_for_a_person(code):
    assert fate(code).fate is Fate.PARKED


@pytest.mark.parametrize("code", [45009, 45011])
def test_a_full_lane_rests_as_a_whole_and_uses_up_no_try(code):
    told = fate(code, tries=TRIES + 5)
    assert told.fate is Fate.AGAIN
    assert told.lane_s > 0
    assert told.after_s >= told.lane_s


def test_waits_grow_are_spread_and_end():
    waits = [fate(43108, tries=n, chance=1.0).after_s for n in range(1, TRIES)]
    assert waits == sorted(waits)
    assert waits[0] == FIRST_S
    assert max(waits) <= MOST_S
    assert fate(43108, tries=2, chance=0.0).after_s == fate(43108, tries=2, chance=1.0).after_s / 2
    assert fate(43108, tries=TRIES).fate is Fate.PARKED


def test_every_kind_of_answer_has_a_fate():
    for kind in (Kind.LATER, Kind.NEVER, Kind.OURS):
        assert judge(kind, 1, after_s=None, perhaps=False, tries=1, chance=0.3).fate in Fate
