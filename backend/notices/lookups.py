"""Reading messages: a person's inbox, whom clerks have to call, what stands still."""

from datetime import datetime
from typing import NamedTuple

from peewee import fn

from backend.notices import correspondents as people
from backend.notices.kinds import every_kind
from backend.notices.models import Notice, Unwanted
from backend.notices.writing import given_of
from backend.outside.vault import Unopenable

# How a person is told a message stands: what is on its way, and what may be read only here.
_ON_ITS_WAY = (Notice.WAITING, Notice.SENDING)


class Page(NamedTuple):
    """A page of an inbox, the newest first; `next_before` is 0 on the last one."""

    items: list[dict]
    unread: int
    next_before: int


def inbox(openid: str, *, before: int = 0, limit: int = 20) -> Page:
    """What somebody was told or is to be told: [{number, kind, title, text, page, at, read, how}].

    Readable from the moment it was owed, whichever way it goes out.
    """
    ids = people.ids_of(openid)
    mine = Notice.select().where(Notice.to_id << ids)
    if before:
        mine = mine.where(Notice.id < before)
    rows = list(mine.order_by(Notice.id.desc()).limit(limit + 1))
    more = rows[limit - 1].id if len(rows) > limit else 0
    return Page([_told(row) for row in rows[:limit]], unread_of(ids), more)


def unread_of(ids: list[int]) -> int:
    """How many messages somebody has not read, under any of his numbers."""
    return Notice.select().where(Notice.to_id << ids, Notice.read_at.is_null()).count()


def _told(row: Notice) -> dict:
    kind = every_kind()[row.kind]
    try:
        given = given_of(row)
        text, page = kind.words(given), kind.address(given)
    except Unopenable:
        text, page = "", ""
    return {
        "number": row.id, "kind": row.kind, "title": kind.title, "text": text, "page": page,
        "at": row.owed_at, "read": row.read_at is not None,
        "how": _how(row),
    }  # fmt: skip


def _how(row):
    """Which way it went; what was said with another of its case went that one's."""
    if row.state == Notice.JOINED:
        row = Notice.get_or_none(Notice.id == row.joined_id) or row
    return "on_its_way" if row.state in _ON_ITS_WAY else row.rung or "inbox"


def wanted(openid: str) -> list[dict]:
    """Every group of messages: [{group, titles, wanted}]."""
    ids, kinds = people.ids_of(openid), every_kind().values()
    titles: dict[str, list[str]] = {}
    for kind in kinds:
        titles.setdefault(kind.group, []).append(kind.title)
    unwanted = {row.group for row in Unwanted.select().where(Unwanted.to_id << ids)}
    return [
        {"group": group, "titles": said, "wanted": group not in unwanted}
        for group, said in sorted(titles.items())
    ]


def some(state: str, most: int) -> list[Notice]:
    """Messages of a state, the eldest first."""
    return list(Notice.select().where(Notice.state == state).order_by(Notice.id).limit(most))


def counts() -> dict[str, int]:
    """How many messages there are of each state."""
    rows = Notice.select(Notice.state, fn.COUNT(Notice.id)).group_by(Notice.state)
    return dict(rows.tuples())


def oldest_due_s(now: datetime) -> float:
    """How long the eldest message that could go out has been due; 0 where none is."""
    eldest = Notice.select().where(Notice.state == Notice.WAITING).order_by(Notice.due_at).first()
    return max(0.0, (now - eldest.due_at).total_seconds()) if eldest else 0.0
