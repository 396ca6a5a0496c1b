"""Working on what waits: each push once, in the order they came, by one process at a time.

What a handler writes, that the push is done, and the day's tally stand or fall together.
"""

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from backend.db import alone, database, run
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.rounds import described
from backend.outside.vault import Unopenable
from backend.outside.wechat import fields_of
from backend.policy.packs import pack_on
from backend.policy.push_terms import Pushes
from backend.pushes.actions import unsealed
from backend.pushes.models import DONE, FAILED, KEPT, WAITING, Push
from backend.pushes.rules import Fields, counted_as, wait_before

log = logging.getLogger(__name__)

# A handler writes tables. What needs the network it leaves to the queue: while it runs nobody else
# works on pushes, and on SQLite nobody writes.
Handler = Callable[[Fields], None]
Handlers = Mapping[str, Handler]

TURN, AT_ONCE, WHY_LETTERS = "pushes", 50, 80
LOST_KEY, KILLS = "unopenable", "worker_died"

# The oldest that waits of each person, of nobody's every one: what somebody sent later does not
# overtake what failed and waits for another try.
_DUE = """
SELECT id FROM push WHERE state = 'waiting' AND (due_at IS NULL OR due_at <= ?) AND NOT EXISTS (
    SELECT 1 FROM push AS before
    WHERE before.sender = push.sender AND before.state = 'waiting' AND before.id < push.id
)
ORDER BY id LIMIT ?
"""
_COUNT = """
INSERT INTO push_tally (day, kind, count) VALUES (?, ?, 1)
ON CONFLICT (day, kind) DO UPDATE SET count = push_tally.count + 1
"""


def work_off(handlers: Handlers, *, city: str, until: Callable[[], bool] = lambda: False) -> int:
    """Work on all that is due, or until told to stop; how many ended.

    Where another process is at it nothing is done. Raises what the database raises while away.
    """
    ended = 0
    with alone(TURN) as ours:
        for id_ in _all_due(until) if ours else ():
            ended += _work_on(id_, handlers, pack_on(city, city_day(_now())).pushes)
    return ended


def _all_due(until: Callable[[], bool]) -> Iterator[int]:
    while rows := run(_DUE, Push.due_at.db_value(_now()), AT_ONCE).fetchall():
        for (id_,) in rows:
            if until():
                return
            yield id_


def _work_on(id_: int, handlers: Handlers, terms: Pushes) -> bool:
    push = _counted(id_)
    if push is None:
        return False
    if push.tries > terms.tries:
        # None of its tries came to an end, so it was not they who noted that.
        return _park(push, KILLS)
    try:
        return _end(push, handlers)
    except Unopenable:
        return _park(push, LOST_KEY)
    except Exception as error:
        why = described(error)
        if push.tries == terms.tries:
            return _park(push, why)
        _put_off(push, why, terms)
        return False


def _counted(id_: int) -> Push | None:
    """The push with this try counted, in a statement of its own: it may kill us."""
    _change(id_, tries=Push.tries + 1)
    return Push.get_or_none(Push.id == id_, Push.state == WAITING)


def _end(push: Push, handlers: Handlers) -> bool:
    handler = handlers.get(push.kind)
    fields, _ = fields_of(unsealed(push)) if handler else ({}, "")
    with database.atomic():
        # First, so that of two who try it one waits here and then finds it done.
        if not _change(push.id, state=DONE if handler else KEPT, due_at=None, why=""):
            return False
        if handler:
            handler(fields)
        run(_COUNT, city_day(_now()), counted_as(push.kind))
    return True


def _park(push: Push, why: str) -> bool:
    log.error("push %s (%s) failed for good: %s", push.id, push.kind, why)
    return bool(_change(push.id, state=FAILED, due_at=None, why=why[:WHY_LETTERS]))


def _put_off(push: Push, why: str, terms: Pushes) -> None:
    log.warning("push %s (%s) failed and is tried again: %s", push.id, push.kind, why)
    wait = wait_before(
        push.tries, first_s=terms.first_wait_s, most_s=terms.most_wait_s, chance=random.random()
    )
    _change(push.id, due_at=_now() + timedelta(seconds=wait), why=why[:WHY_LETTERS])


def _change(id_: int, **values) -> int:
    return Push.update(**values).where(Push.id == id_, Push.state == WAITING).execute()


def _now() -> datetime:
    return outside.clock.now()
