"""Persons by night: sessions that ended, who never consented, records whose years are over."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from peewee import fn

from backend import db
from backend.citizens import wording
from backend.citizens.consents import records_of
from backend.citizens.models import Citizen, Consent, Session
from backend.citizens.rules import last_said
from backend.citizens.texts import PERSONAL
from backend.errors import SignInAgain
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.policy.packs import pack_on
from backend.queue import Huey

FORGET_CITIZENS = Nightly("forget_citizens", hour=0, minute=37, about=wording.FORGETS)
NIGHTLY = (FORGET_CITIZENS,)
AT_ONCE = 200

Forget = Callable[[Citizen], object]


def schedule(queue: Huey, *, city: str, forget: Forget) -> None:
    """Have the queue forget every night, and at its start: it may have been off for days.

    `forget` forgets a person with all that every slice holds of him.
    """
    FORGET_CITIZENS.put_on(queue, lambda: forget_citizens(city, forget), is_missing=has_any)


def forget_citizens(city: str, forget: Forget) -> int:
    """Delete what is over; how many persons went. Run twice it leaves the same."""
    moment = outside.clock.now()
    day = city_day(moment)
    with db.opened():
        Session.delete().where(Session.expires_at <= moment).execute()
        terms = pack_on(city, day).citizens
        if terms is None:
            return 0
        over = day - timedelta(days=terms.proof_days)
        Consent.delete().where(Consent.citizen_id.is_null(), Consent.day < over).execute()
        before = day - timedelta(days=terms.unconsented_days)
        return sum(_forgotten(citizen, forget) for citizen in unconsented(before))


def unconsented(before: date) -> Iterator[Citizen]:
    """Who joined before that day and does not consent to personal data: he never did, or withdrew
    before it."""
    last = 0
    newest = (
        Consent.select(fn.MAX(Consent.id))
        .where(Consent.kind == PERSONAL, Consent.citizen_id.is_null(False))
        .group_by(Consent.citizen_id)
    )
    consenting = Consent.select(Consent.citizen_id).where(
        Consent.id << newest, Consent.given | (Consent.day >= before)
    )
    while rows := list(
        Citizen.select()
        .where(Citizen.id > last, Citizen.joined_on < before, Citizen.id.not_in(consenting))
        .order_by(Citizen.id).limit(AT_ONCE)
    ):  # fmt: skip
        last = rows[-1].id
        yield from rows


def _forgotten(citizen, forget):
    # While others were forgotten he may have consented after all.
    last = last_said(records_of(citizen)).get(PERSONAL)
    if last is not None and last.given:
        return 0
    try:
        forget(citizen)
    except SignInAgain:
        return 0
    return 1


def has_any() -> bool:
    """Whether there is anything to forget."""
    with db.opened():
        return any(table.select().exists() for table in (Citizen, Session, Consent))
