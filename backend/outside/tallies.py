"""Counting in portions: of a generous limit a process tells the others every so many questions."""

import threading
import time
from dataclasses import dataclass
from typing import Protocol

# Each process is ahead of what the others know by at most a hundredth, for at most so long.
PORTIONS, LATEST_S = 100, 0.25
MANY = 10_000


class Limit(Protocol):
    """So many questions in a window."""

    amount: int

    def key_for(self, *identifiers: str) -> str:
        """Under which name an asker is counted."""

    def get_expiry(self) -> int:
        """How many seconds a window lasts."""


class Counts(Protocol):
    """What every process counts in."""

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count so many more; how many there are in the window that runs."""


@dataclass
class _Tally:
    told: int
    untold: int
    told_at: float


class Tallies:
    """How often each asker asked, over every process; limits under 200 are told one by one."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.lock = threading.Lock()
        self.tallies: dict[str, _Tally] = {}

    def known(self, item: Limit, asker: str) -> int:
        """How many of this asker this process knows of, in the window it last heard of."""
        tally = self.tallies.get(item.key_for(asker))
        return tally.told + tally.untold if tally else 0

    def count(self, item: Limit, asker: str) -> int:
        """Count one more of this asker; how many there are in the window that runs.

        Raises what `counts` raises where they cannot be told.
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
