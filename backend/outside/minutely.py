"""Work that is looked after every minute, as data: what runs it and what lists it agree."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.queue import Huey

# Behind a long task of the night it would pile up: what waited this long is left to the next.
STALE_S = 55


@dataclass(frozen=True)
class Minutely:
    """A task that runs every minute and is not tried again: the next minute is soon enough.

    It must bear being run twice, and being left out.
    """

    name: str
    about: str

    def put_on(self, queue: Huey, work: Callable[[], object]) -> None:
        """Let the queue's worker do it."""
        queue.periodic_task(lambda moment: True, name=self.name, expires=STALE_S)(work)
