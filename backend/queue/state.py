"""How the queue stands: how much waits, since when, and how the work ended."""

import time
from dataclasses import dataclass, field

from huey import Huey
from huey.constants import EmptyData

from backend.queue.keeping import waits_since

# Enough to find the oldest where a few were put back in front.
_LOOKED_AT = 100


@dataclass(frozen=True)
class State:
    """Counts of tasks, and of workers that live.

    `oldest_s` is how long the oldest has waited, None where nothing waits.
    `results` counts ends since the queue was made, by (kind, done | failed | retried |
    interrupted); `last_done` gives the moment each kind was last done (seconds since 1970).
    """

    waiting: int = 0
    scheduled: int = 0
    taken: int = 0
    workers: int = 0
    oldest_s: float | None = None
    results: dict[tuple[str, str], int] = field(default_factory=dict)
    last_done: dict[str, float] = field(default_factory=dict)


def look(queue: Huey) -> State:
    """Look at a queue without touching it; raises one of TROUBLES where it cannot be reached."""
    storage = queue.storage
    since = [moment for data in storage.waiting(_LOOKED_AT) if (moment := waits_since(data))]
    results = {
        (kind, result): count
        for name, count in storage.counters().items()
        for kind, _, result in [name.rpartition(":")]
    }
    return State(
        waiting=queue.pending_count(),
        scheduled=queue.scheduled_count(),
        taken=storage.taken_size(),
        workers=storage.living(now=time.time()),
        oldest_s=max(0.0, time.time() - min(since)) if since else None,
        results=results,
        last_done=dict(_last_done(storage, {kind for kind, _ in results})),
    )


def _last_done(storage, kinds):
    for kind in kinds:
        kept = storage.peek_data(f"last:{kind}")
        if kept is not EmptyData:
            yield kind, float(bytes(kept))
