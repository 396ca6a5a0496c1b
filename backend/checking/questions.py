"""The worker's part: put questions to WeChat, match what came early, give up in time.

Killed anywhere it leaves what the next round goes on with: the intent to ask is written before
the question, and a question whose answer nobody noted is put again.
"""

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from backend.checking.deciding import WECHAT, move, settle
from backend.checking.models import Check, EarlyVerdict
from backend.checking.rules import ASKED, PASS, REVIEW, RISKY, Said, pause
from backend.db import AWAY, database
from backend.outside import outside
from backend.outside.vault import Unopenable
from backend.outside.wechat import SEEN_WITHIN, Kind, NotDone
from backend.policy.checking_terms import Checking

log = logging.getLogger(__name__)

# As many as one round asks about: WeChat takes 2000 a minute, other work waits for this.
MOST = 200

_UNASKED = (Check.state == ASKED) & Check.trace_id.is_null()


def ask_due(terms: Checking, *, most: int = MOST) -> int:
    """Put every question that is due, until WeChat is away; how many it took."""
    asked = 0
    for _ in range(most):
        moment = outside.clock.now()
        check = _due(moment, terms).order_by(Check.next_at, Check.id).first()
        if check is None:
            break
        if not _taken(check, moment, terms):
            continue
        went_on, took = _ask(check, terms)
        asked += took
        if not went_on:
            break
    return asked


def _due(moment, terms):
    return Check.select().where(
        _UNASKED, Check.next_at <= moment, Check.made_at > moment - SEEN_WITHIN,
        Check.tries < terms.tries,
    )  # fmt: skip


def _taken(check, moment, terms):
    """Whether we are the one to ask; when it would be asked again is written before it is."""
    again = moment + pause(check.tries + 1, terms.pause_minutes)
    return (
        Check.update(tries=check.tries + 1, next_at=again)
        .where(_UNASKED, Check.id == check.id, Check.tries == check.tries)
        .execute()
    )


def _ask(check, terms) -> tuple[bool, bool]:
    """(whether to go on with others, whether WeChat took this one)."""
    try:
        openid, url, scene = json.loads(outside.vault.opened(f"check {check.code}", check.sealed))
    except Unopenable:
        _to_review([check], "unopenable")
        return True, False
    try:
        trace_id = outside.wechat.check_media(openid, url, scene=scene)
    except NotDone as error:
        return _not_taken(check, error, terms), False
    _note(check, trace_id[:100])
    return True, True


def _not_taken(check, error, terms):
    """Ask again in time, where there is any; else a person looks. Whether to go on with others."""
    if error.kind is not Kind.LATER:
        _to_review([check], error.why)
        return True
    moment, tries = outside.clock.now(), check.tries + 1
    again = moment + max(pause(tries, terms.pause_minutes), timedelta(seconds=error.after_s or 0))
    if tries >= terms.tries or again >= check.made_at + SEEN_WITHIN:
        _to_review([check], error.why)
    else:
        Check.update(next_at=again).where(_UNASKED, Check.id == check.id).execute()
    return False


def _note(check, trace_id):
    """Note the number the verdict will come under; what is no longer needed goes at once."""
    moment = outside.clock.now()
    with database.atomic():
        Check.update(trace_id=trace_id, asked_at=moment, next_at=None, sealed="", who="").where(
            _UNASKED, Check.id == check.id
        ).execute()
    _tried([trace_id], _match)


def match_early() -> None:
    """Do what was said under numbers that were noted a moment later."""
    early = (
        EarlyVerdict.select(EarlyVerdict.trace_id)
        .join(Check, on=(Check.trace_id == EarlyVerdict.trace_id))
        .distinct()
    )
    _tried([one.trace_id for one in early], _match)


def _match(trace_id):
    with database.atomic():
        early = EarlyVerdict.get_or_none(EarlyVerdict.trace_id == trace_id)
        if early is None:
            return False
        said = Said(early.suggest, early.label, early.why)
        settle(trace_id, said, outside.clock.now())
        return early.delete_instance()


def give_up(moment: datetime, terms: Checking) -> int:
    """Hand to a person what waited for WeChat too long; how many."""
    no_verdict = Check.asked_at <= moment - timedelta(minutes=terms.verdict_minutes)
    often = (Check.tries >= terms.tries) & (Check.next_at <= moment)
    return sum(
        _to_review(Check.select().where(which), why)
        for which, why in (
            (_UNASKED & (Check.made_at <= moment - SEEN_WITHIN), "not_asked_in_time"),
            (_UNASKED & often, "tried_often"),
            ((Check.state == ASKED) & no_verdict, "no_verdict"),
        )
    )


def _to_review(checks: Iterable[Check], why: str) -> int:
    moment = outside.clock.now()
    return _tried(
        list(checks),
        lambda check: move(check, ASKED, Said(REVIEW, why=why), by=WECHAT, moment=moment),
    )


def _tried(ones: Iterable, work: Callable) -> int:
    """How many went well; what one caller of ours cannot bear must not stop the others."""
    done = 0
    for one in ones:
        try:
            done += bool(work(one))
        except AWAY:
            raise
        except Exception as error:
            # Not its words: they may be a resident's.
            log.error("what follows a check failed: %s", type(error).__name__)
    return done


def forget(moment: datetime, terms: Checking) -> None:
    """Delete what nobody will ask for any more."""
    EarlyVerdict.delete().where(EarlyVerdict.came_at <= moment - SEEN_WITHIN).execute()
    Check.delete().where(
        Check.state.in_((PASS, RISKY)), Check.since <= moment - timedelta(days=terms.keep_days)
    ).execute()
