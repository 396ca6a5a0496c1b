"""What staff and the operator see of checks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from peewee import fn

from backend.checking import wording
from backend.checking.deciding import WECHAT
from backend.checking.models import Check
from backend.checking.rules import ASKED, PASS, REVIEW, RISKY
from backend.errors import NotFound

_TOLD = (
    "code", "what", "about", "state", "why", "said", "label", "trace_id", "tries", "made_at",
    "asked_at", "since", "decided_at", "decided_by", "note",
)  # fmt: skip


class Counts(NamedTuple):
    """By state: how many wait and how long the oldest has (seconds); how many the last day ended.

    What came to "pass" or "risky" is counted for a day, what waits for as long as it does.
    """

    waiting: dict[str, int]
    oldest_s: dict[str, float]
    of_a_day: dict[str, int]


def listed(state: str = REVIEW) -> Iterator[dict[str, Any]]:
    """The checks in a state, the longest there first."""
    for check in Check.select().where(Check.state == state).order_by(Check.since, Check.id):
        yield _told(check)


def sampled(count: int, moment: datetime) -> Iterator[dict[str, Any]]:
    """So many of those WeChat let pass in the last day, drawn by lot."""
    passed = Check.select().where(
        Check.state == PASS, Check.since > moment - timedelta(days=1), Check.decided_by == WECHAT
    )
    for check in passed.order_by(fn.RANDOM()).limit(count):
        yield _told(check)


def shown(code: str) -> dict[str, Any]:
    """One check. Raises NotFound."""
    check = Check.get_or_none(Check.code == code.strip().upper())
    if check is None:
        raise NotFound(wording.NO_SUCH_CHECK)
    return _told(check)


def counts(moment: datetime) -> Counts:
    """How many checks wait, how long, and what the last day's came to."""
    rows = {
        state: (count, since) for state, count, since in _by_state(Check.state.in_((ASKED, REVIEW)))
    }
    ended = _by_state(Check.state.in_((PASS, RISKY)) & (Check.since > moment - timedelta(days=1)))
    return Counts(
        {state: rows.get(state, (0, None))[0] for state in (ASKED, REVIEW)},
        {
            state: max(0.0, (moment - rows[state][1]).total_seconds()) if state in rows else 0.0
            for state in (ASKED, REVIEW)
        },
        {PASS: 0, RISKY: 0} | {state: count for state, count, _ in ended},
    )


def _by_state(which):
    return (
        Check.select(Check.state, fn.COUNT(Check.id), fn.MIN(Check.since))
        .where(which).group_by(Check.state).tuples()
    )  # fmt: skip


def _told(check):
    return {name: getattr(check, name) for name in _TOLD}
