"""What codes mean: each comes to one of four, with its when or its why."""

import re
from datetime import UTC, datetime

import pytest

from backend.outside.wechat.answers import (
    Kind,
    NotDone,
    judge,
    known_codes,
    seconds_to_tomorrow,
)
from tests.conftest import NOW
from tests.house.project import ROOT


def test_done_is_done():
    assert judge(0, NOW).kind is Kind.DONE


@pytest.mark.parametrize("code", known_codes())
def test_every_code_comes_to_one_of_four(code):
    judged = judge(code, NOW)
    assert judged.kind is known_codes()[code]
    assert judged.why
    assert (judged.after_s is not None) == (judged.kind is Kind.LATER)


def test_a_code_nobody_knows_is_ours_until_somebody_has_looked():
    assert judge(123456, NOW)[:2] == (Kind.OURS, "unknown")


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2026, 11, 24, 2, tzinfo=UTC), 14 * 3600),
        (datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC), 1),
        (datetime(2026, 11, 24, 16, tzinfo=UTC), 24 * 3600),
    ],
)
def test_tomorrow_begins_at_the_citys_midnight(moment, seconds):
    assert seconds_to_tomorrow(moment) == seconds


def test_what_wechat_says_beside_the_code_is_kept_where_it_helps():
    said = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65f1-0c-12"
    error = NotDone(judge(40164, NOW), 40164, said=said)
    assert (error.ip, error.rid, error.field) == ("203.0.113.7", "65f1-0c-12", "")
    assert str(error) == "ours 40164 address_not_allowed"


def test_the_page_lists_every_code_under_what_it_comes_to():
    page = (ROOT / "docs/wechat.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(done|later|never|ours)` \| (.*?) \|", page, re.MULTILINE)
    told = {int(code): Kind(kind) for kind, codes in rows for code in re.findall(r"-?\d+", codes)}
    assert told == known_codes()
