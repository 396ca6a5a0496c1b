"""The number a person lets us have, and takes back."""

from backend.citizens import wording
from backend.citizens.consents import has
from backend.citizens.models import Citizen
from backend.citizens.people import NO_PHONE, held, openid_of, sealed_phone
from backend.citizens.texts import PERSONAL
from backend.citizens.wechat_refusals import refusal_of
from backend.db import database
from backend.errors import NeedsConsent
from backend.outside import outside
from backend.outside.wechat import NotDone


def take_phone(citizen: Citizen, code: str) -> Citizen:
    """Keep the number behind a code of the phone button, which must be this person's.

    Raises NeedsConsent, CodeIsOver, TooMany, TryAgain, SignInAgain.
    """
    _needs_consent(citizen)
    try:
        phone = outside.wechat.phone(code, openid_of(citizen))
    except NotDone as error:
        raise refusal_of(error, code_is_over=wording.PHONE_CODE_OVER) from None
    return _keep(citizen, phone)


def _keep(citizen, phone):
    with database.atomic():
        citizen = held(citizen)
        # While WeChat was asked it may have been withdrawn.
        _needs_consent(citizen)
        Citizen.update(sealed_phone(citizen.id, phone)).where(Citizen.id == citizen.id).execute()
        return Citizen.get_by_id(citizen.id)


def drop_phone(citizen: Citizen) -> Citizen:
    """Forget the number. Raises SignInAgain."""
    with database.atomic():
        citizen = held(citizen)
        Citizen.update(NO_PHONE).where(Citizen.id == citizen.id).execute()
        return Citizen.get_by_id(citizen.id)


def _needs_consent(citizen):
    if not has(citizen, PERSONAL):
        raise NeedsConsent(wording.NEEDS_PERSONAL)
