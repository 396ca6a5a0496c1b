"""Whom we may write to: found by openid, the window and the credits counted as WeChat does."""

from datetime import datetime

from backend.notices.models import Alert, Correspondent, Credit, Notice, Unwanted
from backend.notices.windows import CLOSED, Act, Window, opened
from backend.outside import outside


def known(openid: str, now: datetime) -> Correspondent:
    """The correspondent of an openid, made where there is none. Inside the caller's transaction."""
    if found := find(openid):
        return found
    sealed = sealed_openid(openid)
    Correspondent.insert(**sealed, known_at=now).on_conflict_ignore().execute()
    return Correspondent.get(Correspondent.openid_mark == sealed["openid_mark"])


def find(openid: str) -> Correspondent | None:
    """The correspondent of an openid."""
    return next(iter(rows_of(openid)), None)


def rows_of(openid: str) -> list[Correspondent]:
    """The rows of an openid, the eldest first; two where a rolling restart made two."""
    marks = outside.vault.marks("openid", openid)
    rows = Correspondent.select().where(Correspondent.openid_mark << marks)
    return list(rows.order_by(Correspondent.id))


def ids_of(openid: str) -> list[int]:
    """Under which numbers somebody is written to."""
    return [row.id for row in rows_of(openid)]


def sealed_openid(openid: str) -> dict[str, str]:
    """An openid as a row has it."""
    mark = outside.vault.mark("openid", openid)
    sealed = outside.vault.sealed(f"correspondent {mark}", openid.encode())
    return {"openid": sealed, "openid_mark": mark}


def openid_of(one: Correspondent) -> str:
    """Whom to send it to. Raises Unopenable."""
    return outside.vault.opened(f"correspondent {one.openid_mark}", one.openid).decode()


def merged(rows: list[Correspondent]) -> Correspondent:
    """One of rows that are one person: the eldest, what is owed and allowed to the others his.

    The window that closes later is believed; credits of the others are let go, what they want no
    more is not wanted.
    """
    first, *others = rows
    for other in others:
        window, theirs = window_of(first), window_of(other)
        if theirs.until > window.until:
            set_window(first, theirs)
        Notice.update(to_id=first.id).where(Notice.to_id == other.id).execute()
        for row in Alert.select().where(Alert.to_id == other.id):
            _move_alert(row, first)
        for row in Unwanted.select().where(Unwanted.to_id == other.id):
            Unwanted.insert(
                to_id=first.id, group=row.group, at=row.at
            ).on_conflict_ignore().execute()
        for table in (Credit, Unwanted):
            table.delete().where(table.to_id == other.id).execute()
        Correspondent.delete().where(Correspondent.id == other.id).execute()
    return first


def _move_alert(row: Alert, first: Correspondent) -> None:
    """Of two that wait for the same thing the elder one stays."""
    same = (Alert.about == row.about, Alert.drug_id == row.drug_id, Alert.place == row.place)
    waits = Alert.select().where(Alert.to_id == first.id, Alert.pending == 1, *same).exists()
    if row.pending and waits:
        Alert.delete().where(Alert.id == row.id).execute()
    else:
        Alert.update(to_id=first.id).where(Alert.id == row.id).execute()


def window_of(one: Correspondent) -> Window:
    """What may still be said to him."""
    return Window(one.chat_left, one.chat_until) if one.chat_until else CLOSED


def note_act(openid: str, act: Act, at: datetime, now: datetime) -> None:
    """He wrote or entered: his window is raised. Inside the transaction that works on the push."""
    one = held(known(openid, now).id)
    window = opened(window_of(one), act, at)
    acted = max(at, one.acted_at) if one.acted_at else at
    Correspondent.update(chat_left=window.left, chat_until=window.until, acted_at=acted).where(
        Correspondent.id == one.id
    ).execute()


def held(number: int) -> Correspondent:
    """The correspondent as he is now; whoever else would count his window waits for us to end."""
    Correspondent.update(known_at=Correspondent.known_at).where(
        Correspondent.id == number
    ).execute()
    return Correspondent.get_by_id(number)


def set_window(one: Correspondent, window: Window) -> None:
    """Keep what was counted."""
    Correspondent.update(chat_left=window.left, chat_until=window.until).where(
        Correspondent.id == one.id
    ).execute()


def allow(openid: str, template: str, now: datetime, *, keeps: bool = False) -> None:
    """He accepted one message of a template, or all of a long-term one."""
    one = known(openid, now)
    Credit.insert(
        to_id=one.id, template=template, count=1, keeps=keeps, changed_at=now
    ).on_conflict(
        conflict_target=[Credit.to_id, Credit.template],
        update={Credit.count: Credit.count + 1, Credit.keeps: keeps, Credit.changed_at: now},
    ).execute()


def disallow(to_id: int, template: str, now: datetime) -> None:
    """He refused, or WeChat says there is nothing left."""
    Credit.update(count=0, keeps=False, changed_at=now).where(
        Credit.to_id == to_id, Credit.template == template
    ).execute()


def spend(to_id: int, template: str) -> bool:
    """Use up one credit; False where there is none. A long-term one stays."""
    mine = (Credit.to_id == to_id, Credit.template == template, Credit.count > 0)
    used = Credit.update(count=Credit.count - 1).where(*mine, Credit.keeps == False)  # noqa: E712
    return bool(used.execute()) or Credit.select().where(*mine, Credit.keeps).exists()


def give_back(to_id: int, template: str) -> None:
    """What certainly was not used."""
    Credit.update(count=Credit.count + 1).where(
        Credit.to_id == to_id,
        Credit.template == template,
        Credit.keeps == False,  # noqa: E712
    ).execute()


def may(to_id: int, template: str) -> bool:
    """Whether a subscribed message of this template may be sent."""
    return (
        Credit.select()
        .where(Credit.to_id == to_id, Credit.template == template, Credit.count > 0)
        .exists()
    )


def wants(to_id: int, group: str) -> bool:
    """Whether he has not unsubscribed from a group."""
    return not Unwanted.select().where(Unwanted.to_id == to_id, Unwanted.group == group).exists()
