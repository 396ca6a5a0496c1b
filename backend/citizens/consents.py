"""Consents: given and withdrawn, each a record of its own; what stands is told by the last."""

from datetime import date, datetime

from backend.citizens import wording
from backend.citizens.models import Citizen, Consent
from backend.citizens.people import NO_PHONE, held
from backend.citizens.rules import ages, holds, last_said, may_give, stands
from backend.citizens.terms import now, terms_on
from backend.citizens.texts import PERSONAL, Text, kinds, text_on, texts_on
from backend.db import database
from backend.errors import BadInput, NeedsConsent, NotFound, TextChanged


def has(citizen: Citizen, kind: str) -> bool:
    """Whether he consents today: given, not withdrawn, to today's text, and so is the first one.

    `kind` is "personal", "health", "place" or "notices".
    """
    _, today = now()
    said = last_said(records_of(citizen))
    return all(
        holds(said.get(one), minor=citizen.minor, version=text_on(one, today).version)
        for one in {PERSONAL, kind}
    )


def records_of(citizen: Citizen) -> list[Consent]:
    """Every record of a person, in the order they were made."""
    of_him = Consent.select().where(Consent.citizen_id == citizen.id)
    return list(of_him.order_by(Consent.at, Consent.id))


def standing(citizen: Citizen) -> list[dict]:
    """How each kind stands: {kind, title, version, given, current, said_version, at, by}."""
    _, today = now()
    said = last_said(records_of(citizen))
    return [_standing(text, said.get(text.kind), citizen.minor) for text in texts_on(today)]


def _standing(text: Text, said, minor):
    return {
        "kind": text.kind, "title": text.title, "version": text.version,
        "given": stands(said, minor=minor),
        "current": holds(said, minor=minor, version=text.version),
        "said_version": said.version if said else "",
        "at": said.at if said else None, "by": said.said_by if said else "",
    }  # fmt: skip


def say(citizen: Citizen, kind: str, *, given: bool, version: str, by: str, age: str) -> Citizen:
    """Note that somebody gives a consent or withdraws it; said twice it is noted once.

    Raises NotFound for the kind, TextChanged, BadInput, NeedsConsent, SignInAgain.
    """
    if kind not in kinds():
        raise NotFound(wording.NO_SUCH_KIND)
    moment, today = now()
    with database.atomic():
        citizen = held(citizen)
        if given:
            _give(citizen, text_on(kind, today), version, by, age, moment, today)
        else:
            _withdraw(citizen, kind, by, moment, today)
    return citizen


def _give(
    citizen: Citizen, text: Text, version: str, by: str, age: str, moment: datetime, today: date
) -> None:
    if version != text.version:
        raise TextChanged(
            wording.text_changed(text.title, text.version), errors={"version": [text.version]}
        )
    limit = terms_on(today).guardian_under
    if text.kind == PERSONAL:
        _say_age(citizen, age, by, limit)
    else:
        _refuse_alone(by, minor=bool(citizen.minor), limit=limit)
        if not has(citizen, PERSONAL):
            raise NeedsConsent(wording.NEEDS_PERSONAL)
    last = last_said(records_of(citizen)).get(text.kind)
    told = (True, version, by)
    if last is None or (last.given, last.version, last.said_by) != told:
        _note(citizen, text.kind, told, moment, today)


def _say_age(citizen, age, by, limit):
    if age not in ages(limit):
        raise wrong("age", wording.needs_age(limit))
    minor = age == ages(limit)[1]
    _refuse_alone(by, minor=minor, limit=limit)
    if citizen.minor != minor:
        Citizen.update(minor=minor).where(Citizen.id == citizen.id).execute()
        citizen.minor = minor


def _refuse_alone(by, *, minor, limit):
    if not may_give(by, minor=minor):
        raise wrong("by", wording.needs_guardian(limit))


def _withdraw(citizen, kind, by, moment, today):
    """Whatever stands on the first consent falls with it, and so does the number."""
    said = last_said(records_of(citizen))
    for one in kinds() if kind == PERSONAL else (kind,):
        last = said.get(one)
        if last is not None and last.given:
            _note(citizen, one, (False, last.version, by), moment, today)
    if kind == PERSONAL:
        Citizen.update(NO_PHONE).where(Citizen.id == citizen.id).execute()
        citizen.phone = ""


def _note(citizen, kind, told, moment, today):
    given, version, by = told
    Consent.insert(
        citizen_id=citizen.id, kind=kind, given=given, version=version, day=today, at=moment,
        said_by=by,
    ).execute()  # fmt: skip


def wrong(field: str, words: str) -> BadInput:
    """The refusal of one field, to be raised."""
    return BadInput(f"{field}：{words}", errors={field: [words]})
