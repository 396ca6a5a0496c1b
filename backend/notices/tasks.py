"""The worker's thread that sends what is owed, and the night's forgetting of it."""

from datetime import datetime, timedelta

from backend import db
from backend.notices import wording
from backend.notices.actions import forget
from backend.notices.alerts import forget_ended, read_log
from backend.notices.models import Notice
from backend.notices.sending import send, sweep
from backend.notices.taking import take
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.outside.rounds import Rounds
from backend.policy.packs import pack_on
from backend.queue import Huey

FORGET_NOTICES = Nightly("forget_notices", hour=0, minute=38, about=wording.FORGETS_NOTICES)
NIGHTLY = (FORGET_NOTICES,)

SWEEP_EVERY = timedelta(minutes=1)
# A city whose pack says nothing keeps messages as long as ours.
KEEP_DAYS = 400


class Messenger(Rounds):
    """Takes what is due and sends it, a moment after it was owed; several may work at once."""

    failing = "messages are not sent for now, they are kept: %s"
    working_again = "messages are sent again"

    def __init__(self, name: str = "notices", *, pause_s: float = 0.25) -> None:
        super().__init__(name, pause_s=pause_s)
        self.swept_at: datetime | None = None

    def round(self) -> None:
        """Send all that is due, now and then looking for what a dead worker left."""
        now = outside.clock.now()
        # Compared both ways: a clock that was set back must not stop it.
        if self.swept_at is None or abs(now - self.swept_at) >= SWEEP_EVERY:
            sweep(now)
            self.swept_at = now
        while not self.told_to_stop.is_set() and (notice := take(outside.clock.now())):
            send(notice)


class LogReader(Rounds):
    """Reads the log of facts for whom it concerns."""

    failing, working_again = "alerts wait: %s", "alerts go out again"

    def __init__(self, *, pause_s: float = 5.0) -> None:
        super().__init__("alerts", pause_s=pause_s)

    def round(self) -> None:
        """Owe what is new."""
        read_log()


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue forget every night, and at its start."""
    FORGET_NOTICES.put_on(queue, lambda: forget_notices(city), is_missing=has_any)


def forget_notices(city: str) -> int:
    """Delete what is older than is kept; how many rows went. Run twice it leaves the same."""
    now = outside.clock.now()
    terms = pack_on(city, city_day(now)).notices
    days = terms.keep_days if terms else KEEP_DAYS
    with db.opened():
        return forget(now, keep_days=days) + forget_ended(now - timedelta(days=days))


def has_any() -> bool:
    """Whether there is anything to forget."""
    with db.opened():
        return Notice.select().exists()
