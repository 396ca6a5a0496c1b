"""Everything that is held of a person, over all slices; and everything that is sealed."""

from typing import Any

from backend.checking import holding as checking
from backend.checking import sealed as checking_sealed
from backend.citizens import holdings as citizens
from backend.citizens import sealed as citizens_sealed
from backend.citizens.holdings import Holding
from backend.citizens.models import Citizen
from backend.citizens.people import held, openid_of
from backend.db import database
from backend.notices import holding as notices
from backend.notices import sealed as notices_sealed
from backend.outside.resealing import Sealed
from backend.pushes import holding as pushes
from backend.pushes import sealed as pushes_sealed

# The person himself stands at the end: what others hold of him is found by him.
HOLDINGS: tuple[Holding, ...] = (
    *notices.HOLDINGS,
    *checking.HOLDINGS,
    *pushes.HOLDINGS,
    *citizens.HOLDINGS,
)
SEALED: tuple[Sealed, ...] = (
    *citizens_sealed.SEALED,
    *pushes_sealed.SEALED,
    *checking_sealed.SEALED,
    *notices_sealed.SEALED,
)


def everything_of(citizen: Citizen) -> list[dict[str, Any]]:
    """[{name, rows}] of everything that is held of a person. Raises Unopenable."""
    openid = openid_of(citizen)
    return [{"name": one.name, "rows": one.told(openid)} for one in HOLDINGS]


def forget_everything(
    citizen: Citizen, holdings: tuple[Holding, ...] = HOLDINGS
) -> dict[str, list[dict[str, Any]]]:
    """Forget a person, at once or not at all: {deleted: [{name, rows}], kept: [{name, rows, why}]}.

    What is kept by law is cut off from him. Raises SignInAgain where he is gone, Unopenable.
    """
    with database.atomic():
        return forget_openid(openid_of(held(citizen)), holdings)


def forget_openid(
    openid: str, holdings: tuple[Holding, ...] = HOLDINGS
) -> dict[str, list[dict[str, Any]]]:
    """The same of whoever has this openid, signed in or not; inside the caller's transaction."""
    deleted, kept = [], []
    for one in holdings:
        rows = one.forget(openid)
        if rows and one.keeps:
            kept.append({"name": one.name, "rows": rows, "why": one.keeps()})
        elif rows:
            deleted.append({"name": one.name, "rows": rows})
    return {"deleted": deleted, "kept": kept}
