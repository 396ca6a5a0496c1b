"""How badges stand on a day, for one outlet or thousands, withdrawn ones among them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from backend.badges import wording
from backend.catalog import editions
from backend.outlets.lookups import NO_BADGE, badge_history, badges
from backend.outlets.models import Outlet

HELD = "active"


class Worn(Protocol):
    """What is needed of an outlet to say how its badge stands."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def withdrawn_on(self) -> date | None: ...


def standings(outlets: Sequence[Worn], day: date) -> dict[int, dict]:
    """The badge of each by its id: {state, text, since, until, round, reason, edition}.

    `since` is the day the state began: an expired badge's the day after its last, a withdrawn
    outlet's the day it was withdrawn. Without a badge ever, the state is "none".
    """
    worn = badges([outlet.id for outlet in outlets], day)
    number, named = editions.naming("outlets", [outlet.code for outlet in outlets], day)
    return {
        outlet.id: _standing(
            worn.get(outlet.id, NO_BADGE), outlet, number if outlet.code in named else None, day
        )
        for outlet in outlets
    }


def _standing(worn, outlet, edition, day):
    told = _ended(worn) | {"edition": edition}
    if outlet.withdrawn_on is None or outlet.withdrawn_on > day or worn["state"] == "none":
        return told
    gone = outlet.withdrawn_on.isoformat()
    return told | {
        "state": "withdrawn", "text": wording.WITHDRAWN, "since": gone, "until": None,
        "reason": wording.withdrawn(gone), "edition": None,
    }  # fmt: skip


def _ended(worn):
    if worn["state"] == "expired":
        began = date.fromisoformat(worn["until"]) + timedelta(days=1)
        reason = worn["reason"] or wording.expired(worn["until"])
        return worn | {"since": began.isoformat(), "reason": reason}
    if worn["state"] in ("suspended", "left") and not worn["reason"]:
        return worn | {"reason": wording.NO_REASON}
    return dict(worn)


def history(outlet: Outlet, now: dict, day: date) -> list[dict]:
    """Every stretch of a badge, the newest first; being withdrawn counts as one."""
    told = badge_history(outlet, day)
    if now["state"] == "withdrawn":
        return [{key: now[key] for key in NO_BADGE}, *told]
    return told
