"""Work the city's clock calls for once a day, as data: what runs it and what lists it agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.outside.clock import CITY_TIME
from backend.queue import Huey


@dataclass(frozen=True)
class Nightly:
    """When a task runs by the city's clock, and how often again where it fails.

    A task must bear being run twice: a worker killed in between leaves it to the next one.
    """

    name: str
    hour: int
    minute: int
    about: str
    retries: int = 2
    retry_minutes: int = 10

    def is_due(self, moment: datetime) -> bool:
        """Whether a moment (UTC, naive, as the queue tells it) is the one."""
        local = moment.replace(tzinfo=UTC).astimezone(CITY_TIME)
        return (local.hour, local.minute) == (self.hour, self.minute)

    def put_on(
        self, queue: Huey, work: Callable[[], object], *, is_missing: Callable[[], bool]
    ) -> None:
        """Let the queue's worker do it when it is due, and at its start where it is missing."""
        task = queue.periodic_task(
            self.is_due, retries=self.retries, retry_delay=60 * self.retry_minutes, name=self.name
        )(work)

        @queue.on_startup(name=f"{self.name} if missing")
        def _catch_up():
            if is_missing():
                task()
