"""Two rows of one openid made one: a rolling restart onto a new key can make two."""

from collections.abc import Sequence
from functools import reduce

from backend.citizens.models import Citizen, Consent, Session
from backend.citizens.people import NO_PHONE, phone_of, sealed_phone
from backend.citizens.rules import last_said, stands
from backend.citizens.texts import PERSONAL


def merged(rows: Sequence[Citizen]) -> Citizen:
    """The eldest of these rows with all that the others have; inside the caller's transaction.

    Raises Unopenable.
    """
    return reduce(_merge, rows)


def _merge(elder: Citizen, younger: Citizen) -> Citizen:
    """Every session goes on, every consent counts in its order; the number of whoever came last."""
    for table in (Session, Consent):
        table.update(citizen_id=elder.id).where(table.citizen_id == younger.id).execute()
    facts = {
        "minor": _either(elder.minor, younger.minor),
        "joined_on": min(elder.joined_on, younger.joined_on),
        "seen_on": max(elder.seen_on, younger.seen_on),
        **_phone_of_both(elder, younger),
    }
    Citizen.delete().where(Citizen.id == younger.id).execute()
    Citizen.update(facts).where(Citizen.id == elder.id).execute()
    return Citizen.get_by_id(elder.id)


def _either(one, other):
    """Whether somebody is a minor, where one of two says so he is."""
    said = {one, other} - {None}
    return max(said) if said else None


def _phone_of_both(elder, younger):
    records = Consent.select().where(Consent.citizen_id == elder.id).order_by(Consent.at)
    if not stands(last_said(records).get(PERSONAL), minor=None):
        return NO_PHONE
    last_first = sorted((elder, younger), key=lambda one: (one.seen_on, one.id), reverse=True)
    phones = [phone for phone in map(phone_of, last_first) if phone]
    return sealed_phone(elder.id, phones[0]) if phones else NO_PHONE
