"""The one way a check comes to another state: compared and set, and what follows with it."""

from datetime import datetime

from backend.checking.following import Decided, follower_of
from backend.checking.models import Check
from backend.checking.rules import ASKED, PASS, REVIEW, RISKY, Said
from backend.db import database

WECHAT, PERSON = "wechat", "person"


def move(
    check: Check, start: str, said: Said, *, by: str, moment: datetime, note: str = ""
) -> bool:
    """Bring a check from one state to the one said; False where it stands elsewhere by now."""
    facts = {"state": said.suggest, "since": moment, "sealed": "", "who": "", "next_at": None}
    if by == WECHAT:
        facts |= {"why": said.why} | words_of(said)
    if said.suggest in (PASS, RISKY):
        facts |= {"decided_at": moment, "decided_by": by, "note": note}
    with database.atomic():
        # What a person decided stays.
        moved = (
            Check.update(facts)
            .where(Check.id == check.id, Check.state == start, Check.decided_by != PERSON)
            .execute()
        )
        if moved:
            told = Decided(check.code, check.what, check.about, said.suggest)
            follower_of(check.about)(told)
    return bool(moved)


def settle(trace_id: str, said: Said, moment: datetime) -> bool:
    """Do what was said under a number; False where nothing has that number.

    What came too late for the check changes nothing, but whoever looks at it is told.
    """
    checks = list(Check.select().where(Check.trace_id == trace_id))
    for check in checks:
        if not move(check, ASKED, said, by=WECHAT, moment=moment):
            Check.update(words_of(said)).where(
                Check.id == check.id, Check.state == REVIEW, Check.said == ""
            ).execute()
    return bool(checks)


def words_of(said: Said) -> dict[str, str]:
    """What WeChat itself said, cut to what is kept of it; nothing where we say so for it."""
    return {"said": said.suggest if said.why == "label" else "", "label": said.label[:20]}
