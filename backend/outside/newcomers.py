"""Who comes for the first time in a week, told by marks that fit thousands of addresses each.

A mark is sixteen bits of a keyed hash: it cannot be read back, since tens of thousands of addresses
have the same one, and two askers who share one count as one, so that counts are never too high.
The key is drawn by chance, is kept beside the marks, and goes with them at the end of the week.
"""

import secrets
import threading
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Protocol

MARK_BYTES = 2


class Counts(Protocol):
    """What every process counts in and agrees on; `troubles` is raised where it is away."""

    troubles: tuple[type[Exception], ...]

    def incr(self, key: str, expiry: int) -> int:
        """Count one more for so many seconds; how many there are."""

    def agree(self, key: str, value: int, expiry: int) -> int:
        """The number that the first process put there."""


class Newcomers:
    """Tells newcomers apart in the counts every process of the house shares."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.lock = threading.Lock()
        self.key = ("", b"")

    def is_new(self, asker: str, about: str, moment: datetime) -> bool:
        """Whether this asker comes about this for the first time in the city's week.

        `asker` is a mark the asker keeps for the week, `moment` the city's time. Where the counts
        cannot be reached nobody is new.
        """
        monday = moment.date() - timedelta(days=moment.weekday())
        end = datetime.combine(monday + timedelta(days=7), datetime.min.time(), moment.tzinfo)
        seconds = max(1, int((end - moment).total_seconds()))
        try:
            key = self._key_of(monday.isoformat(), seconds)
            matter = blake2b(about.encode(), key=key, digest_size=8).hexdigest()
            mark = blake2b(f"{about} {asker}".encode(), key=key, digest_size=MARK_BYTES).hexdigest()
            return self.counts.incr(f"newcomer {matter} {mark}", seconds) == 1
        except self.counts.troubles:
            return False

    def _key_of(self, week, seconds):
        with self.lock:
            if self.key[0] != week:
                drawn = self.counts.agree(f"newcomers {week}", secrets.randbits(62) + 1, seconds)
                self.key = (week, drawn.to_bytes(8, "big"))
            return self.key[1]
