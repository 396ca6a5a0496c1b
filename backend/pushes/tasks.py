"""The worker's thread that works on what WeChat pushed, and the night's forgetting of it."""

from backend import db
from backend.outside import outside
from backend.outside.nightly import Nightly
from backend.outside.rounds import Rounds
from backend.pushes import wording
from backend.pushes.actions import forget
from backend.pushes.models import Push
from backend.pushes.working import Handlers, work_off
from backend.queue import Huey

FORGET_PUSHES = Nightly("forget_pushes", hour=0, minute=35, about=wording.FORGETS_PUSHES)
NIGHTLY = (FORGET_PUSHES,)


class Postman(Rounds):
    """Hands every push to who wants its kind, a moment after it came.

    The table is the queue: the row that is answered `success` for is the one that is worked on, so
    nothing can be lost in between; and no long task of the night holds anybody up.
    """

    failing = "pushes are not worked on for now, they are kept: %s"
    working_again = "pushes are worked on again"

    def __init__(self, handlers: Handlers, *, city: str, pause_s: float = 0.25) -> None:
        super().__init__("pushes", pause_s=pause_s)
        self.handlers, self.city = handlers, city

    def round(self) -> None:
        """Work on all that is due."""
        work_off(self.handlers, city=self.city, until=self.told_to_stop.is_set)


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue forget every night, and at its start: it may have been off for days."""
    FORGET_PUSHES.put_on(queue, lambda: forget_pushes(city), is_missing=has_any)


def forget_pushes(city: str) -> int:
    """Delete what is older than is kept; how many rows went. Run twice it leaves the same."""
    with db.opened():
        return forget(outside.clock.now(), city=city)


def has_any() -> bool:
    """Whether there is anything to forget."""
    with db.opened():
        return Push.select().exists()
