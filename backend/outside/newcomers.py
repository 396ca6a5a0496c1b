"""Who comes for the first time in a week or a day, told by marks that fit thousands of addresses.

A mark is sixteen bits of a keyed hash: it cannot be read back, since tens of thousands of addresses
have the same one, and two askers who share one count as one, so that counts are never too high.
The key is drawn by chance, is kept beside the marks, and goes with them at the end of the stretch.
"""

import secrets
import threading
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple, Protocol

MARK_BYTES = 2


class Counts(Protocol):
    """What every process counts in and agrees on; `troubles` is raised where it is away."""

    troubles: tuple[type[Exception], ...]

    def incr(self, key: str, expiry: int) -> int:
        """Count one more for so many seconds; how many there are."""

    def agree(self, key: str, value: int, expiry: int) -> int:
        """The number that the first process put there."""

    def clear(self, key: str) -> None:
        """Forget what was counted there."""


class Stretch(NamedTuple):
    """The week or day a moment lies in: its first day, and how many seconds of it are left."""

    first: date
    seconds: int


class Newcomers:
    """Tells newcomers apart in the counts every process of the house shares.

    A stretch is a city's week (7 days, from Monday) or day (1). The key of a day is asked for
    anew each time, so that no process knows it longer than the counts do.
    """

    def __init__(self, counts: Counts, *, name: str = "newcomer", days: int = 7) -> None:
        self.counts, self.name, self.days = counts, name, days
        self.lock = threading.Lock()
        self.key = ("", b"")

    @property
    def troubles(self) -> tuple[type[Exception], ...]:
        """What is raised where the counts cannot be reached."""
        return self.counts.troubles

    def is_new(self, asker: str, about: str, moment: datetime) -> bool:
        """Whether this asker comes about this for the first time in the stretch.

        `asker` is a mark the asker keeps for the stretch, `moment` the city's time. Where the
        counts cannot be reached nobody is new.
        """
        try:
            return self.times(asker, about, moment) == 1
        except self.troubles:
            return False

    def times(self, asker: str, about: str, moment: datetime) -> int:
        """How often this asker has come about this in the stretch, now included.

        Raises `troubles` where the counts cannot be reached.
        """
        stretch = self._stretch(moment)
        return self.counts.incr(self._mark(asker, about, stretch), stretch.seconds)

    def forget(self, asker: str, about: str, moment: datetime) -> None:
        """As if this asker had not come about this in the stretch; raises `troubles`."""
        self.counts.clear(self._mark(asker, about, self._stretch(moment)))

    def _stretch(self, moment):
        first = moment.date() - timedelta(days=moment.weekday() % self.days)
        end = datetime.combine(
            first + timedelta(days=self.days), datetime.min.time(), moment.tzinfo
        )
        return Stretch(first, max(1, int((end - moment).total_seconds())))

    def _mark(self, asker, about, stretch):
        key = self._key_of(stretch)
        matter = blake2b(about.encode(), key=key, digest_size=8).hexdigest()
        mark = blake2b(f"{about} {asker}".encode(), key=key, digest_size=MARK_BYTES).hexdigest()
        return f"{self.name} {matter} {mark}"

    def _key_of(self, stretch):
        with self.lock:
            first = stretch.first.isoformat()
            if self.key[0] == first:
                return self.key[1]
            drawn = self.counts.agree(
                f"{self.name}s {first}", secrets.randbits(62) + 1, stretch.seconds
            )
            key = drawn.to_bytes(8, "big")
            self.key = (first, key) if self.days > 1 else ("", b"")
            return key
