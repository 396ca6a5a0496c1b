"""What people and clerks do with messages: read them, want no more, call, send again, forget."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import and_

from backend.db import database
from backend.errors import NotFound
from backend.notices import correspondents as people
from backend.notices import wording
from backend.notices.kinds import every_kind
from backend.notices.models import Alert, Correspondent, Credit, Notice, Unwanted
from backend.outside import outside


def mark_read(openid: str, *, until: int) -> int:
    """Note that somebody read everything up to a number; how many were new to him."""
    return (
        Notice.update(read_at=outside.clock.now())
        .where(Notice.to_id << people.ids_of(openid), Notice.id <= until, Notice.read_at.is_null())
        .execute()
    )  # fmt: skip


def groups() -> list[str]:
    """The groups of messages somebody may unsubscribe from."""
    return sorted({kind.group for kind in every_kind().values()})


def want(openid: str, group: str, *, wanted: bool) -> None:
    """Note that somebody wants messages of a group, or none; said twice it is as once.

    Raises NotFound for a group nobody has.
    """
    if group not in groups():
        raise NotFound(wording.NO_SUCH_GROUP)
    now = outside.clock.now()
    with database.atomic():
        one = people.known(openid, now)
        if wanted:
            mine = (Unwanted.to_id << people.ids_of(openid), Unwanted.group == group)
            Unwanted.delete().where(*mine).execute()
        else:
            Unwanted.insert(to_id=one.id, group=group, at=now).on_conflict_ignore().execute()


def send_again(numbers: Sequence[int] | None) -> int:
    """Let parked messages try anew, these or all; how many."""
    parked = Notice.state == Notice.PARKED
    if numbers is not None:
        parked &= Notice.id << list(numbers)
    return (
        Notice.update(state=Notice.WAITING, tries=0, due_at=outside.clock.now(), intent_at=None,
                      done_at=None, refused="")
        .where(parked).execute()
    )  # fmt: skip


def note_call(number: int) -> None:
    """Note that a clerk reached whom the message is for. Raises NotFound where nobody has to."""
    done = Notice.update(state=Notice.CALLED, done_at=outside.clock.now()).where(
        Notice.id == number, Notice.state == Notice.CALL
    )
    if not done.execute():
        raise NotFound(wording.NOBODY_TO_CALL)


def forget(moment: datetime, *, keep_days: int) -> int:
    """Delete what ended before it is kept, and whom nothing is owed any more; how many rows.

    Whoever unsubscribed is remembered: he shall not be disturbed after a year of silence.
    """
    oldest = moment - timedelta(days=keep_days)
    gone = Notice.delete().where(Notice.owed_at < oldest, Notice.done_at.is_null(False)).execute()
    needed = [table.select(table.to_id) for table in (Notice, Alert, Unwanted)]
    idle = (Correspondent.acted_at.is_null() | (Correspondent.acted_at < oldest)) & (
        Correspondent.known_at < oldest
    )
    of_nobody = reduce(and_, (Correspondent.id.not_in(ids) for ids in needed), idle)
    nobodys = Correspondent.select(Correspondent.id).where(of_nobody)
    gone += Credit.delete().where(Credit.to_id << nobodys).execute()
    return gone + Correspondent.delete().where(of_nobody).execute()
