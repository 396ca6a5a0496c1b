"""What is held of a person, part by part: told to him, and forgotten when he says so.

A slice with rows of persons offers a Holding of its own; backend/belongings.py lists them all.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from backend.citizens import wording
from backend.citizens.models import Citizen, Consent, Session
from backend.citizens.people import NO_PHONE, openid_of, phone_of, rows_of
from backend.citizens.terms import now, terms_on

Told = list[dict[str, Any]]


class Holding(NamedTuple):
    """One part of what is held: its name in words, and what is held of an openid as plain dicts.

    `forget` says how many rows it was; it runs inside the transaction that forgets everything.
    `keeps` says in words what the law has us keep of it, cut off from the person; else None.
    """

    name: str
    told: Callable[[str], Told]
    forget: Callable[[str], int]
    keeps: Callable[[], str] | None = None


def _ids(openid):
    return [row.id for row in rows_of(openid)]


def _sessions(openid: str) -> Told:
    of_him = Session.select().where(Session.citizen_id << _ids(openid)).order_by(Session.id)
    return [{"begun_at": one.begun_at, "used_on": one.used_on, "expires_at": one.expires_at}
            for one in of_him]  # fmt: skip


def _forget_sessions(openid: str) -> int:
    return Session.delete().where(Session.citizen_id << _ids(openid)).execute()


def _consents(openid: str) -> Told:
    of_him = Consent.select().where(Consent.citizen_id << _ids(openid)).order_by(Consent.id)
    return [{"kind": one.kind, "given": one.given, "version": one.version, "at": one.at,
             "by": one.said_by} for one in of_him]  # fmt: skip


def _cut_off(openid: str) -> int:
    cut = Consent.update(citizen_id=None, at=None)
    return cut.where(Consent.citizen_id << _ids(openid)).execute()


def _kept() -> str:
    return wording.kept_consents(terms_on(now()[1]).proof_days)


def _phones(openid: str) -> Told:
    phones = [phone_of(row) for row in rows_of(openid)]
    return [phone._asdict() for phone in phones if phone]


def _forget_phones(openid: str) -> int:
    had = (Citizen.id << _ids(openid)) & (Citizen.phone != "")
    return Citizen.update(NO_PHONE).where(had).execute()


def _persons(openid: str) -> Told:
    return [{"openid": openid_of(row), "minor": row.minor, "joined_on": row.joined_on,
             "seen_on": row.seen_on} for row in rows_of(openid)]  # fmt: skip


def _forget_persons(openid: str) -> int:
    return Citizen.delete().where(Citizen.id << _ids(openid)).execute()


# The person himself last: the others are found by him.
HOLDINGS = (
    Holding(wording.SESSIONS, _sessions, _forget_sessions),
    Holding(wording.CONSENTS, _consents, _cut_off, _kept),
    Holding(wording.PHONE, _phones, _forget_phones),
    Holding(wording.OPENID, _persons, _forget_persons),
)
