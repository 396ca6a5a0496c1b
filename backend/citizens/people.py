"""Finding a person by his openid, sealing and opening what is known of him."""

from backend.citizens.models import Citizen
from backend.errors import SignInAgain
from backend.outside import outside
from backend.outside.wechat import Phone


def rows_of(openid: str) -> list[Citizen]:
    """The rows of an openid, the eldest first; two where a rolling restart made two."""
    marks = outside.vault.marks("openid", openid)
    return list(Citizen.select().where(Citizen.openid_mark << marks).order_by(Citizen.id))


def held(citizen: Citizen) -> Citizen:
    """The person as he is now, held until the transaction ends. Raises SignInAgain where he is
    deleted meanwhile."""
    same = Citizen.update(seen_on=Citizen.seen_on).where(Citizen.id == citizen.id)
    if not same.execute():
        raise SignInAgain
    return Citizen.get_by_id(citizen.id)


def sealed_openid(openid: str) -> dict[str, str]:
    """An openid as a row has it."""
    mark = outside.vault.mark("openid", openid)
    return {
        "openid": outside.vault.sealed(f"openid {mark}", openid.encode()), "openid_mark": mark,
    }  # fmt: skip


def openid_of(citizen: Citizen) -> str:
    """Whom WeChat says he is. Raises Unopenable."""
    return outside.vault.opened(f"openid {citizen.openid_mark}", citizen.openid).decode()


def sealed_phone(citizen_id: int, phone: Phone) -> dict[str, str]:
    """A number as the row of a person has it."""
    said = f"{phone.country} {phone.number}"
    return {
        "phone": outside.vault.sealed(f"phone {citizen_id}", said.encode()),
        "phone_mark": outside.vault.mark("phone", said),
    }  # fmt: skip


def phone_of(citizen: Citizen) -> Phone | None:
    """The number he gave, None where he gave none. Raises Unopenable."""
    if not citizen.phone:
        return None
    said = outside.vault.opened(f"phone {citizen.id}", citizen.phone).decode()
    country, _, number = said.partition(" ")
    return Phone(country, number)


# A row without a number.
NO_PHONE = {"phone": "", "phone_mark": ""}
