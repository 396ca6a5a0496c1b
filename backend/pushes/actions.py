"""Answering WeChat's greeting, taking what it pushes, and forgetting it in time."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from backend.catalog.searches import masked
from backend.errors import NotFound, NotFromWeChat
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.wechat import Mailbox, Refused, greeted, opened
from backend.pushes.models import Push
from backend.pushes.rules import KEEP_DAYS, key_of, kind_of, seen

log = logging.getLogger(__name__)


def greet(asked: Mapping[str, str]) -> str:
    """What to answer when the address is saved. Raises NotFound, NotFromWeChat."""
    box, moment = _mail(), outside.clock.now()
    try:
        return greeted(asked, box, now=moment.timestamp(), today=city_day(moment))
    except Refused as refused:
        raise _refusal(refused) from None


def take(asked: Mapping[str, str], body: bytes) -> None:
    """Keep what was pushed, each once; it is worked on later. Raises NotFound, NotFromWeChat."""
    box, moment = _mail(), outside.clock.now()
    try:
        push = opened(asked, body, box, now=moment.timestamp(), today=city_day(moment))
    except Refused as refused:
        raise _refusal(refused) from None
    key = key_of(push.fields, push.raw)
    Push.insert(
        key=key,
        kind=kind_of(push.fields),
        sealed=outside.vault.sealed(f"push {key}", push.raw),
        masked=json.dumps(seen(push.fields, masked), ensure_ascii=False),
        received_at=moment,
    ).on_conflict_ignore().execute()


def unsealed(push: Push) -> bytes:
    """What was pushed, whole. Raises Unopenable."""
    return outside.vault.opened(f"push {push.key}", push.sealed)


def forget(moment: datetime) -> int:
    """Delete what is older than is kept; how many rows went."""
    oldest = moment - timedelta(days=KEEP_DAYS)
    return Push.delete().where(Push.received_at < oldest).execute()


def _mail() -> Mailbox:
    if outside.mail is None:
        raise NotFound
    return outside.mail


def _refusal(refused):
    log.warning("a push was refused: %s", refused.why)
    return NotFromWeChat()
