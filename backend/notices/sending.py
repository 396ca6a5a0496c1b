"""Sending what is owed: one worker takes a message, says it once, and notes what came of it.

Between the note that WeChat is about to be asked and the note of its answer a worker may die; such
a message is `unknown`: it may have arrived, so nothing pushes the same words again.
"""

import logging
import random
from datetime import datetime, timedelta

from backend.db import database
from backend.notices import correspondents as people
from backend.notices.kinds import NoticeKind, every_kind, together
from backend.notices.ladder import Rung, Standing, Step, next_step
from backend.notices.models import Correspondent, Lane, Notice
from backend.notices.retrying import Fate, judge
from backend.notices.splitting import MOST_BYTES, parted
from backend.notices.windows import corrected, spent
from backend.notices.writing import given_of
from backend.outside import outside
from backend.outside.vault import Unopenable
from backend.outside.wechat import NotDone

log = logging.getLogger(__name__)

# A worker that has not noted the answer by then is gone; no call takes that long.
GONE_AFTER = timedelta(minutes=10)


class TakenAway(Exception):  # noqa: N818 (named for what happened)
    """Somebody thought this worker gone and has the message now."""


def send(notice: Notice) -> None:
    """Bring a taken message as far as it goes now; whatever happens is noted on its row."""
    kind = every_kind()[notice.kind]
    try:
        words = words_of(notice, kind)
        openid = people.openid_of(Correspondent.get_by_id(notice.to_id))
    except (Unopenable, KeyError, Correspondent.DoesNotExist) as error:
        log.error("a message cannot be read any more: %s", type(error).__name__)
        _ended(notice, Notice.PARKED, why="unreadable")
        return
    parts = parted(words)
    while True:
        try:
            step = _begun(notice, kind, len(parts) - notice.part)
        except TakenAway:
            return
        if step is None or step.rung in (Rung.INBOX, Rung.CALL):
            return
        try:
            if step.rung is Rung.CHAT:
                outside.wechat.say(openid, parts[notice.part])
            else:
                given = given_of(notice)
                notice.msg_id = outside.wechat.notify(
                    openid, template_of(kind), kind.values(given), page=kind.address(given)
                )
        except NotDone as error:
            _not_done(notice, kind, step, error)
            return
        if _done(notice, step, len(parts)):
            return


def words_of(notice: Notice, kind: NoticeKind) -> str:
    """Its words, with those of its case that joined it, as one message."""
    if kind.gathers and notice.case:
        _gather(notice)
        joined = list(Notice.select().where(Notice.joined_id == notice.id).order_by(Notice.id))
        if joined:
            all_of_them = [notice, *joined]
            lines = [every_kind()[one.kind].line.format(**given_of(one)) for one in all_of_them]
            return together(lines, MOST_BYTES)
    return kind.words(given_of(notice))


def template_of(kind: NoticeKind) -> str:
    """WeChat's number of this kind's template, "" where the account has none."""
    template = outside.templates.get(kind.name)
    return template.number if template else ""


def template_keeps(template: str) -> bool:
    """Whether one tap allows many messages of this template (长期订阅)."""
    return any(one.number == template and one.keeps for one in outside.templates.values())


def kinds_of_template(template: str) -> list[str]:
    """The kinds that are sent by it."""
    return [kind for kind, one in outside.templates.items() if one.number == template]


def next_rung_for(notice: Notice) -> None:
    """A subscribed message that did not arrive after all waits for the next rung."""
    Notice.update(
        state=Notice.WAITING, refused=Rung.SUBSCRIBED, due_at=outside.clock.now(), done_at=None,
        intent_at=None, msg_id="",
    ).where(Notice.id == notice.id, Notice.state == Notice.SENT).execute()  # fmt: skip


def _gather(notice):
    gathers = [name for name, kind in every_kind().items() if kind.gathers]
    Notice.update(state=Notice.JOINED, joined_id=notice.id, done_at=outside.clock.now()).where(
        Notice.to_id == notice.to_id, Notice.case == notice.case, Notice.state == Notice.WAITING,
        Notice.kind << gathers, Notice.tries == 0, Notice.id != notice.id,
    ).execute()  # fmt: skip


def _begun(notice, kind, parts) -> Step | None:
    """Choose the rung, count it and note that WeChat is about to be asked, all at once.

    None where the lane rests: then the message waits with it.
    """
    now = outside.clock.now()
    template = template_of(kind)
    with database.atomic():
        one = people.held(notice.to_id)
        window = people.window_of(one)
        step = next_step(
            Standing(
                chat_left=window.holds(now), chat_parts=parts,
                credit=bool(template) and people.may(one.id, template),
                refused=frozenset(map(Rung, filter(None, notice.refused.split(",")))),
                perhaps=notice.perhaps, wanted=people.wants(one.id, kind.group),
                must_reach=kind.must_reach,
            )
        )  # fmt: skip
        if step.rung in (Rung.INBOX, Rung.CALL):
            state = Notice.CALL if step.rung is Rung.CALL else Notice.INBOX
            _noted(notice, state=state, rung=step.rung, why=step.why, done_at=now)
            return step
        if rests := _rests_until(step.rung, now):
            _noted(notice, state=Notice.WAITING, due_at=rests, tries=notice.tries - 1)
            return None
        if step.rung is Rung.CHAT:
            people.set_window(one, spent(window))
        else:
            people.spend(one.id, template)
        if not _noted(notice, rung=step.rung, why=step.why, intent_at=now):
            raise TakenAway
    return step


def _done(notice, step, parts):
    """Note one more part as sent; True where that was the last."""
    part = notice.part + 1 if step.rung is Rung.CHAT else parts
    if part < parts:
        _noted(notice, part=part, intent_at=None)
        return False
    _ended(notice, Notice.SENT, part=part, msg_id=notice.msg_id)
    return True


def _not_done(notice, kind, step, error: NotDone):
    now = outside.clock.now()
    told = judge(
        error.kind, error.code, after_s=error.after_s, perhaps=error.perhaps, tries=notice.tries,
        chance=random.random(),
    )  # fmt: skip
    log.info("a message of kind %s by %s: %s, so %s", kind.name, step.rung, error, told.fate)
    with database.atomic():
        if told.fate is Fate.UNKNOWN:
            _unknown(notice, kind, code=error.code)
            return
        _put_back(notice, kind, step, error, now)
        if told.lane_s:
            _rest(step.rung, now + timedelta(seconds=told.lane_s))
        if told.fate is Fate.PARKED:
            _ended(notice, Notice.PARKED, code=error.code)
        else:
            _again(notice, step, told, error, now)


def _again(notice, step, told, error, now):
    """Let it wait for its next try: the same rung later, or the next one at once."""
    refused = set(filter(None, notice.refused.split(",")))
    if told.fate is Fate.NEXT_RUNG:
        refused.add(step.rung)
    _noted(
        notice, state=Notice.WAITING, code=error.code, refused=",".join(sorted(refused)),
        due_at=now + timedelta(seconds=told.after_s), intent_at=None,
        # A lane that rests uses up no try.
        tries=notice.tries - bool(told.lane_s),
    )  # fmt: skip


def _put_back(notice, kind, step, error, now):
    """What was counted and certainly not used is there again, or known to be gone."""
    one = people.held(notice.to_id)
    window = people.window_of(one)
    if step.rung is Rung.CHAT:
        closed = error.why in ("window_is_closed", "window_is_used_up")
        back = window._replace(left=window.left + 1)
        people.set_window(one, corrected(error.why, window, now) if closed else back)
    elif error.why == "not_subscribed":
        people.disallow(one.id, template_of(kind), now)
    else:
        people.give_back(one.id, template_of(kind))


def _unknown(notice, kind, **changes):
    """It may have arrived: it can be read in the inbox, and a clerk sees it where he has to."""
    state = Notice.CALL if kind.must_reach else Notice.UNKNOWN
    _ended(notice, state, perhaps=True, **changes)


def sweep(now: datetime) -> int:
    """What workers that are gone left behind: unknown where WeChat may have been asked, else it
    waits again; how many. A clock that was moved, either way, only makes this later."""
    # Compared both ways: after a clock was set back a moment of before lies in what is to come.
    left = (Notice.state == Notice.SENDING) & (
        (Notice.taken_at < now - GONE_AFTER) | (Notice.taken_at > now + GONE_AFTER)
    )
    swept = 0
    for notice in Notice.select().where(left):
        kind = every_kind()[notice.kind]
        with database.atomic():
            mine = Notice.update(taken_at=now).where(
                left, Notice.id == notice.id, Notice.taken_at == notice.taken_at
            )
            if not mine.execute():
                continue
            swept += 1
            notice.taken_at = now
            if notice.intent_at:
                _unknown(notice, kind)
            else:
                _noted(notice, state=Notice.WAITING, due_at=now)
    return swept


def _rests_until(name, now):
    lane = Lane.get_or_none(Lane.name == name, Lane.rests_until > now)
    return lane and lane.rests_until


def _rest(name, until):
    Lane.insert(name=name, rests_until=until).on_conflict(
        conflict_target=[Lane.name], update={Lane.rests_until: until}
    ).execute()


def _ended(notice, state, **changes):
    _noted(notice, state=state, done_at=outside.clock.now(), **changes)


def _noted(notice, **changes):
    """Change the row, and what we hold of it; False where somebody else has it meanwhile."""
    mine = Notice.update(**changes).where(
        Notice.id == notice.id, Notice.state == Notice.SENDING, Notice.taken_at == notice.taken_at
    )
    if not mine.execute():
        log.warning("a message was taken away while it was sent, what came of it is not noted")
        return False
    for name, value in changes.items():
        setattr(notice, name, value)
    return True
