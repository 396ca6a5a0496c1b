"""What is sealed of messages and of whom they go to, to be sealed anew with another key."""

from backend.notices import wording
from backend.notices.correspondents import merged, openid_of, rows_of, sealed_openid
from backend.notices.models import Correspondent, Notice
from backend.notices.writing import given_of, sealed_given
from backend.outside.resealing import Sealed


def _renew_openid(row: Correspondent) -> None:
    """Who stands twice under two marks becomes one."""
    openid = openid_of(row)
    rows = rows_of(openid)
    if rows:
        one = merged(rows)
        Correspondent.update(sealed_openid(openid)).where(Correspondent.id == one.id).execute()


def _renew_given(row: Notice) -> None:
    fresh = sealed_given(row.key, given_of(row))
    Notice.update(given=fresh).where(Notice.id == row.id, Notice.given == row.given).execute()


SEALED = (
    Sealed(wording.CHOICES, Correspondent, "openid", _renew_openid),
    Sealed(wording.MESSAGES, Notice, "given", _renew_given),
)
