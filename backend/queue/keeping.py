"""The queue that loses nothing: what a worker takes stays written down until it is done.

A task may therefore run twice, when its worker was killed between the work and the note of it:
every task must bear that.
"""

import secrets
import struct
import time
from abc import abstractmethod

from huey import Huey
from huey import signals as said
from huey.api import Task

# A worker shows itself every so often; one not seen for so long is gone, and what it had taken
# goes back to the queue.
BEAT, GONE_AFTER = 10.0, 60.0

RESULTS = {
    said.SIGNAL_COMPLETE: "done",
    said.SIGNAL_ERROR: "failed",
    said.SIGNAL_RETRYING: "retried",
    said.SIGNAL_INTERRUPTED: "interrupted",
}

_STAMP = struct.Struct(">4sd")
_MARK = b"sjq1"


class KeepingHuey(Huey):
    """Huey that takes a task off the list only after it ran, and counts how each ended."""

    def __init__(self, name: str, **options) -> None:
        super().__init__(name, **options)
        self._signal.connect(self._count, *RESULTS)

    def dequeue(self) -> Task | None:
        """The next task, noted as taken; None where nothing waits."""
        data = self.storage.dequeue()
        if data is None:
            return None
        task = self.deserialize_task(bare(data))
        task.taken = data
        return task

    def execute(self, task: Task, timestamp=None):
        """Run a task and cross it off; one that was cut short stays noted."""
        answer = super().execute(task, timestamp)
        if hasattr(task, "taken"):
            self.storage.done(task.taken)
        return answer

    def _count(self, signal, task, *_):
        kind = type(task).__name__
        self.storage.incr(f"{kind}:{RESULTS[signal]}")
        if signal == said.SIGNAL_COMPLETE:
            self.storage.put_data(f"last:{kind}", str(time.time()).encode())


class Beating:
    """What both storages do now and then: show that their worker lives, look for dead ones."""

    def __init__(self, *values, **named) -> None:
        super().__init__(*values, **named)
        self.owner = secrets.token_hex(8)
        self._beat_at = float("-inf")

    def beat(self, *, now: float | None = None) -> None:
        """Show this worker and take back what the dead had taken; most calls do nothing."""
        if now is None and time.monotonic() < self._beat_at + BEAT:
            return
        self._beat_at = time.monotonic()
        moment = time.time() if now is None else now
        self.show(until=moment + GONE_AFTER)
        self.take_back(now=moment)

    @abstractmethod
    def show(self, *, until: float) -> None:
        """Note until when this worker counts as living."""

    @abstractmethod
    def take_back(self, *, now: float) -> None:
        """Put what workers gone before `now` had taken back into the queue."""


def stamped(data: bytes) -> bytes:
    """A message with the moment it began to wait."""
    return _STAMP.pack(_MARK, time.time()) + data


def bare(data: bytes) -> bytes:
    """A message as huey wrote it."""
    return bytes(data[_STAMP.size :]) if data[:4] == _MARK else bytes(data)


def waits_since(data: bytes) -> float | None:
    """When a message began to wait (seconds since 1970), if it says so."""
    return _STAMP.unpack_from(data)[1] if data[:4] == _MARK else None
