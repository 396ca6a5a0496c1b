"""What is sealed of persons, to be sealed anew when the key is exchanged; so are their marks."""

from backend.citizens import wording
from backend.citizens.merging import merged
from backend.citizens.models import Citizen
from backend.citizens.people import openid_of, phone_of, rows_of, sealed_openid, sealed_phone
from backend.outside.resealing import Sealed


def _renew_openid(row: Citizen) -> None:
    """Who stands twice under two marks becomes one."""
    openid = openid_of(row)
    rows = rows_of(openid)
    if rows:
        person = merged(rows)
        Citizen.update(sealed_openid(openid)).where(Citizen.id == person.id).execute()


def _renew_phone(row: Citizen) -> None:
    phone = phone_of(row)
    same = (Citizen.id == row.id) & (Citizen.phone == row.phone)
    if phone:
        Citizen.update(sealed_phone(row.id, phone)).where(same).execute()


SEALED = (
    Sealed(wording.OPENID, Citizen, "openid", _renew_openid),
    Sealed(wording.PHONE, Citizen, "phone", _renew_phone),
)
