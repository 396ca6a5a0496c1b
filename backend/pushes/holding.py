"""What is held of a person of what WeChat pushed: told without the words' numbers, and deleted."""

import json

from backend.citizens.holdings import Holding, Told
from backend.outside import outside
from backend.pushes import wording
from backend.pushes.actions import PERSON
from backend.pushes.models import Push


def told(openid: str) -> Told:
    """Each push of a person as {kind, received_at, seen}, the oldest first."""
    rows = Push.select().where(_of(openid)).order_by(Push.id)
    return [
        {"kind": push.kind, "received_at": push.received_at.isoformat(),
         "seen": json.loads(push.masked)}
        for push in rows
    ]  # fmt: skip


def forget(openid: str) -> int:
    """Delete all of them, worked on or not; how many."""
    return Push.delete().where(_of(openid)).execute()


def _of(openid):
    # Under an earlier key a person has another mark.
    return Push.sender.in_(outside.vault.marks(PERSON, openid))


HOLDINGS = (Holding(wording.PUSHES, told, forget),)
