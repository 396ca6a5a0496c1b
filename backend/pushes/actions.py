"""Answering WeChat's greeting, taking what it pushes, and forgetting it in time."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from backend.catalog.searches import masked
from backend.db import run
from backend.errors import NotFound, NotFromWeChat
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.wechat import Mailbox, Refused, greeted, opened
from backend.policy.packs import pack_on
from backend.pushes.models import FAILED, WAITING, Push
from backend.pushes.rules import Fields, key_of, kind_of, person_of, seen

log = logging.getLogger(__name__)

PERSON = "openid"

# By hand: WeChat waits for it, and to put it together anew took as long as to do it.
_KEEP = """
INSERT INTO push (key, kind, sealed, masked, received_at, sender, state, tries, why)
VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, '') ON CONFLICT (key) DO NOTHING
"""


class Taken(NamedTuple):
    """The kind of a push that was kept, and whether it is here for the first time."""

    kind: str
    is_new: bool


def greet(asked: Mapping[str, str]) -> str:
    """What to answer when the address is saved. Raises NotFound, NotFromWeChat."""
    box, moment = _mail(), outside.clock.now()
    try:
        return greeted(asked, box, now=moment.timestamp(), today=city_day(moment))
    except Refused as refused:
        raise _refusal(refused) from None


def take(asked: Mapping[str, str], body: bytes) -> Taken:
    """Keep what was pushed, each once; it is worked on later. Raises NotFound, NotFromWeChat."""
    box, moment = _mail(), outside.clock.now()
    try:
        push = opened(asked, body, box, now=moment.timestamp(), today=city_day(moment))
    except Refused as refused:
        raise _refusal(refused) from None
    key, kind = key_of(push.fields, push.raw), kind_of(push.fields)
    put = run(
        _KEEP, key, kind, outside.vault.sealed(f"push {key}", push.raw),
        json.dumps(seen(push.fields, masked), ensure_ascii=False),
        Push.received_at.db_value(moment), mark_of(push.fields),
    )  # fmt: skip
    return Taken(kind, put.rowcount > 0)


def unsealed(push: Push) -> bytes:
    """What was pushed, whole. Raises Unopenable."""
    return outside.vault.opened(f"push {push.key}", push.sealed)


def try_again(ids: list[int] | None = None) -> int:
    """Have those that failed (all, or some) tried anew, as often as at first; how many."""
    chosen = Push.state == FAILED
    if ids is not None:
        chosen &= Push.id.in_(ids)
    return Push.update(state=WAITING, tries=0, due_at=None, why="").where(chosen).execute()


def forget(moment: datetime, *, city: str) -> int:
    """Delete what is older than is kept, whatever became of it; how many rows went."""
    oldest = moment - timedelta(days=pack_on(city, city_day(moment)).pushes.keep_days)
    return Push.delete().where(Push.received_at < oldest).execute()


def mark_of(fields: Fields) -> str | None:
    """By what the pushes of a person are found; None for a push of nobody."""
    who = person_of(fields)
    return outside.vault.mark(PERSON, who) if who else None


def _mail() -> Mailbox:
    if outside.mail is None:
        raise NotFound
    return outside.mail


def _refusal(refused):
    log.warning("a push was refused: %s", refused.why)
    return NotFromWeChat(refused.why)
