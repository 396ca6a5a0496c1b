"""What the connection of this thread is opened for."""

import threading
from typing import NamedTuple


class Visit(NamedTuple):
    """Whether only reading is meant, and how many seconds one statement may take (0: any)."""

    reads: bool = False
    patience_s: float = 0


class _Current(threading.local):
    visit = Visit()


current = _Current()
