"""The thread that writes down what was noted, and the night's forgetting."""

import logging
import threading

from backend import db
from backend.demand import wording
from backend.demand.actions import roll_and_forget, waiting, write_down
from backend.demand.models import Unmet
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.queue import Huey

log = logging.getLogger(__name__)

FORGET_DEMAND = Nightly("forget_demand", hour=0, minute=30, about=wording.FORGETS_DEMAND)
NIGHTLY = (FORGET_DEMAND,)
TROUBLES = (*db.AWAY, OSError)


class Writer(threading.Thread):
    """Writes every few seconds in each process of the server, so that no question waits for it."""

    def __init__(self, *, pause_s: float = 2.0) -> None:
        super().__init__(name="demand", daemon=True)
        self.pause_s = pause_s
        self.told_to_stop = threading.Event()

    def run(self) -> None:
        """Write until told to stop, and once more then."""
        while not self.told_to_stop.wait(self.pause_s):
            self._try()
        self._try()

    def _try(self):
        if waiting.is_empty:
            return
        try:
            with db.opened():
                write_down()
        except TROUBLES as error:
            log.warning("what was asked in vain is not written for now: %s", type(error).__name__)

    def stop(self) -> None:
        """Write what waits, and end."""
        self.told_to_stop.set()
        self.join(timeout=5)


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue forget every night."""
    # Made up for at the start: what may be kept so long must not be kept longer.
    FORGET_DEMAND.put_on(queue, lambda: forget_demand(city), is_missing=has_any)


def forget_demand(city: str) -> int:
    """Roll and forget on the city's day; how many rows went. Run twice it leaves the same."""
    with db.opened():
        return roll_and_forget(city_day(outside.clock.now()), city=city)


def has_any() -> bool:
    """Whether there is anything to forget."""
    with db.opened():
        return Unmet.select().exists()
