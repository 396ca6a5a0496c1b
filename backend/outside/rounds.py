"""A thread that goes its round every moment, and less often while that fails."""

import logging
import threading
import traceback

from backend import db

log = logging.getLogger(__name__)


class Rounds(threading.Thread):
    """Calls `round()` with the database open, every `pause_s` seconds; heirs say what a round is.

    No trouble ends the thread: it is said once when it begins and once when it ends, by its kind
    and place, for its text may quote a person.
    """

    most_s = 5.0
    failing, working_again = "a round failed and is tried again: %s", "rounds succeed again"

    def __init__(self, name: str, *, pause_s: float = 0.25) -> None:
        super().__init__(name=name, daemon=True)
        self.pause_s = pause_s
        self.told_to_stop = threading.Event()

    def round(self) -> None:
        """What is done each time."""
        raise NotImplementedError

    def run(self) -> None:
        """Go round until told to stop."""
        pause = self.pause_s
        while not self.told_to_stop.wait(pause):
            trouble = self._tried()
            if trouble and pause == self.pause_s:
                log.warning(self.failing, trouble)
            if not trouble and pause > self.pause_s:
                log.warning(self.working_again)
            pause = min(2 * pause, self.most_s) if trouble else self.pause_s

    def _tried(self):
        try:
            with db.opened():
                self.round()
        except Exception as error:
            return described(error)
        return None

    def stop(self) -> None:
        """Finish what has begun, and end."""
        self.told_to_stop.set()
        self.join(timeout=30)


def described(error: BaseException) -> str:
    """An error by its kind and the line it came from, without its text: "KeyError words.py:12"."""
    frames = traceback.extract_tb(error.__traceback__)[-1:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    return " ".join((type(error).__name__, *places))
