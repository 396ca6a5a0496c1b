"""Counting in portions: of a generous limit a process tells the others every so many questions."""

import threading
import time
from dataclasses import dataclass

from limits import RateLimitItem
from limits.storage import Storage

# Each process is ahead of what the others know by at most a hundredth, for at most so long.
PORTIONS, LATEST_S = 100, 0.25
MANY = 10_000


@dataclass
class _Tally:
    told: int
    untold: int
    told_at: float


class Tallies:
    """How often each asker asked, over every process; limits under 200 are told one by one."""

    def __init__(self, counts: Storage) -> None:
        self.counts = counts
        self.lock = threading.Lock()
        self.tallies: dict[str, _Tally] = {}

    def count(self, item: RateLimitItem, asker: str) -> int:
        """Count one more of this asker; how many there are in the window that runs.

        Raises StorageError where they cannot be told.
        """
        key, portion = item.key_for(asker), item.amount // PORTIONS
        with self.lock:
            tally = self.tallies.get(key)
            untold = tally.untold + 1 if tally else 1
            if tally and untold < portion and time.monotonic() - tally.told_at < LATEST_S:
                tally.untold = untold
                return tally.told + untold
            self.tallies[key] = tally = _Tally(tally.told if tally else 0, 0, time.monotonic())
            if len(self.tallies) > MANY:
                self.tallies = {key: tally}
        told = self.counts.incr(key, item.get_expiry(), amount=untold)
        with self.lock:
            tally.told = told
            return tally.told + tally.untold
