"""The worker's thread that tells the index what was noted, a moment after it was."""

import logging
import threading
from collections.abc import Callable

from backend import db
from backend.indexing.draining import Sources, drain
from search import SearchError

log = logging.getLogger(__name__)

TROUBLES = (*db.AWAY, SearchError, OSError)


class Drainer(threading.Thread):
    """Looks for notes every `pause_s` seconds, later while that fails; `first` may add some."""

    most_s = 5.0

    def __init__(
        self, sources: Sources, *, first: Callable[[], object], pause_s: float = 0.25
    ) -> None:
        super().__init__(name="index", daemon=True)
        self.sources, self.first, self.pause_s = sources, first, pause_s
        self.told_to_stop = threading.Event()

    def run(self) -> None:
        """Drain until told to stop; trouble is said once when it begins and once when it ends."""
        pause = self.pause_s
        while not self.told_to_stop.wait(pause):
            trouble = self._tried()
            if trouble and pause == self.pause_s:
                log.warning("the index is not told for now, notes are kept: %s", trouble)
            if not trouble and pause > self.pause_s:
                log.warning("the index is told again")
            pause = min(2 * pause, self.most_s) if trouble else self.pause_s

    def _tried(self):
        try:
            with db.opened():
                self.first()
                drain(self.sources)
        except TROUBLES as error:
            return f"{type(error).__name__}"
        return None

    def stop(self) -> None:
        """Finish the batch that has begun, and end."""
        self.told_to_stop.set()
        self.join(timeout=30)
