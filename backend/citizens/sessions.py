"""Signing in and out: a token nobody can guess, of which only the hash is kept."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from backend.citizens.merging import merged
from backend.citizens.models import Citizen, Session
from backend.citizens.people import rows_of, sealed_openid
from backend.citizens.rules import MOST_SESSIONS
from backend.citizens.terms import now, terms_on
from backend.citizens.wechat_refusals import refusal_of
from backend.db import database
from backend.errors import SignInAgain
from backend.outside import outside
from backend.outside.wechat import NotDone

TOKEN_BYTES = 32


class SignedIn(NamedTuple):
    """A new session: its token, told once and never again, until when, and whose it is."""

    token: str
    expires_at: datetime
    citizen: Citizen


def sign_in(code: str) -> SignedIn:
    """Begin a session for whoever a code of wx.login belongs to.

    Raises CodeIsOver, RiskyPerson, TooMany, TryAgain, NotNow.
    """
    moment, today = now()
    terms = terms_on(today)
    try:
        person = outside.wechat.login(code)
    except NotDone as error:
        raise refusal_of(error) from None
    return _begin(person.openid, moment, today, days=terms.session_days)


def _begin(openid: str, moment: datetime, today: date, *, days: int) -> SignedIn:
    token, until = secrets.token_urlsafe(TOKEN_BYTES), moment + timedelta(days=days)
    with database.atomic():
        citizen = known(openid, today)
        Session.insert(
            token_hash=hash_of(token), citizen_id=citizen.id, begun_at=moment, used_on=today,
            expires_at=until,
        ).execute()  # fmt: skip
        _keep_the_newest(citizen.id)
    return SignedIn(token, until, citizen)


def known(openid: str, today: date) -> Citizen:
    """The person of this openid, made where there is none; inside the caller's transaction, which
    holds him: of many at once one makes him, and nobody deletes him meanwhile."""
    marks = outside.vault.marks("openid", openid)
    seen = Citizen.update(seen_on=today).where(Citizen.openid_mark << marks)
    if not seen.execute():
        Citizen.insert(**sealed_openid(openid), joined_on=today, seen_on=today).on_conflict(
            conflict_target=[Citizen.openid_mark], update={Citizen.seen_on: today}
        ).execute()
    return merged(rows_of(openid))


def _keep_the_newest(citizen_id):
    newest = (
        Session.select(Session.id).where(Session.citizen_id == citizen_id)
        .order_by(Session.used_on.desc(), Session.id.desc()).limit(MOST_SESSIONS)
    )  # fmt: skip
    kept = [row.id for row in newest]
    Session.delete().where(Session.citizen_id == citizen_id, Session.id.not_in(kept)).execute()


def signed_in(token: str) -> tuple[Citizen, Session]:
    """Whose token it is, and its session; used on a new day it lasts anew. Raises SignInAgain."""
    moment, today = now()
    session = Session.get_or_none(Session.token_hash == hash_of(token), Session.expires_at > moment)
    citizen = session and Citizen.get_or_none(Citizen.id == session.citizen_id)
    if citizen is None:
        raise SignInAgain
    if session.used_on < today:
        _use(session, citizen, moment, today)
    return citizen, session


def _use(session, citizen, moment, today):
    """Once a day for each session, so that a question costs no writing."""
    until = moment + timedelta(days=terms_on(today).session_days)
    with database.atomic():
        Session.update(used_on=today, expires_at=until).where(
            Session.id == session.id, Session.used_on < today
        ).execute()
        Citizen.update(seen_on=today).where(
            Citizen.id == citizen.id, Citizen.seen_on < today
        ).execute()
    session.used_on, session.expires_at = today, until


def end(session: Session) -> int:
    """Sign this device out; how many sessions ended."""
    return Session.delete().where(Session.id == session.id).execute()


def end_all(citizen: Citizen) -> int:
    """Sign out of every device; how many sessions ended."""
    return Session.delete().where(Session.citizen_id == citizen.id).execute()


def hash_of(token: str) -> str:
    """What is kept of a token: nobody who reads the table can sign in."""
    return sha256(token.encode()).hexdigest()
