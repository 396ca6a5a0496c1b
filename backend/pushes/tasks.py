"""The night's forgetting of what WeChat pushed."""

from backend import db
from backend.outside import outside
from backend.outside.nightly import Nightly
from backend.pushes import wording
from backend.pushes.actions import forget
from backend.pushes.models import Push
from backend.queue import Huey

FORGET_PUSHES = Nightly("forget_pushes", hour=0, minute=35, about=wording.FORGETS_PUSHES)
NIGHTLY = (FORGET_PUSHES,)


def schedule(queue: Huey) -> None:
    """Have the queue forget every night, and at its start: it may have been off for days."""
    FORGET_PUSHES.put_on(queue, forget_pushes, is_missing=has_any)


def forget_pushes() -> int:
    """Delete what is older than is kept; how many rows went. Run twice it leaves the same."""
    with db.opened():
        return forget(outside.clock.now())


def has_any() -> bool:
    """Whether there is anything to forget."""
    with db.opened():
        return Push.select().exists()
