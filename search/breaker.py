"""A circuit breaker: after some failures in a row nobody asks for a while, then one tries."""

import threading
import time
from collections.abc import Callable

FAILURES, REST = 3, 5.0  # in a row; seconds


class Breaker:
    """Closed while all is well; open for `rest` seconds after `failures` in a row; then one
    caller at a time may try, and the first success closes it again."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limit, self.rest, self.clock = failures, rest, clock
        self.turn = threading.Lock()
        self.failures = 0
        self.next_try = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the last answers failed, and nobody but one now and then asks."""
        return self.failures >= self.limit

    def allows(self) -> bool:
        """Whether to try now; while it is open, True for one caller in each rest."""
        with self.turn:
            if self.failures < self.limit:
                return True
            if self.clock() < self.next_try:
                return False
            self.next_try = self.clock() + self.rest
            return True

    def failed(self) -> bool:
        """Note a failure; True when it opens the breaker."""
        with self.turn:
            self.failures += 1
            self.next_try = self.clock() + self.rest
            return self.failures == self.limit

    def succeeded(self) -> bool:
        """Note a success; True when it closes the breaker."""
        with self.turn:
            was_open = self.failures >= self.limit
            self.failures = 0
            return was_open
