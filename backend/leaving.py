"""What WeChat says of a person's data: an authorization taken back, an account given up.

By the official page 授权用户信息变更: the event comes from the platform, `OpenID` says whose it is,
`RevokeInfo` what was taken back.
"""

from collections.abc import Callable, Mapping

from backend.belongings import forget_openid
from backend.citizens import consents
from backend.citizens.people import rows_of
from backend.citizens.phones import drop_phone
from backend.citizens.rules import SELF
from backend.pushes.rules import Fields, person_of

PLACE = "place"
# Of the codes of RevokeInfo those of which anything is held here: the number, where somebody is and
# where he chose to be. The others (a name, a picture, steps …) were never asked for.
_PHONE, _PLACES = "8", ("13", "18")


def revoked(fields: Fields) -> None:
    """He took back what he let us have; it goes, as if he had said so here."""
    what = str(fields.get("RevokeInfo", ""))
    for citizen in rows_of(person_of(fields)):
        if what == _PHONE:
            drop_phone(citizen)
        elif what in _PLACES:
            consents.say(citizen, PLACE, given=False, version="", by=SELF, age="")


def cancelled(fields: Fields) -> None:
    """He gave up his account: all that is held of him goes, signed in here or not."""
    openid = person_of(fields)
    if openid:
        forget_openid(openid)


HANDLES: Mapping[str, Callable[[Fields], None]] = {
    "event:user_authorization_revoke": revoked,
    "event:user_authorization_cancellation": cancelled,
}
