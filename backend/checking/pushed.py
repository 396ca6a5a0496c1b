"""What the content check does with a push: the verdict on a picture, whenever it comes."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from backend.checking.deciding import settle, words_of
from backend.checking.models import EarlyVerdict
from backend.checking.rules import Pushed, pushed
from backend.db import database
from backend.outside import outside

log = logging.getLogger(__name__)

TRACE_LETTERS = 100


def media_checked(fields: Mapping[str, Any]) -> None:
    """Do what a verdict says; one under a number we do not know (yet) is kept for a while."""
    verdict = pushed(fields)
    if not _is_ours(verdict):
        return
    moment = outside.clock.now()
    with database.atomic():
        if not settle(verdict.trace_id, verdict.said, moment):
            said = verdict.said
            EarlyVerdict.insert(
                trace_id=verdict.trace_id, suggest=said.suggest, label=words_of(said)["label"],
                why=said.why, came_at=moment,
            ).on_conflict_ignore().execute()  # fmt: skip


def _is_ours(verdict: Pushed) -> bool:
    if verdict.app_id and outside.mail and verdict.app_id != outside.mail.app_id:
        log.warning("a verdict is passed over: another account")
        return False
    if not 0 < len(verdict.trace_id) <= TRACE_LETTERS:
        log.warning("a verdict is passed over: no number")
        return False
    return True


HANDLES: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    "event:wxa_media_check": media_checked,
}
