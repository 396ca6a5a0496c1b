"""The roof of the night shift: runs what the queue holds and what the clock calls for."""

import logging
import sys
from pathlib import Path

from backend import db, leaving
from backend.belongings import forget_everything
from backend.checking import following
from backend.checking import pushed as checking_pushed
from backend.checking import tasks as checking
from backend.citizens import tasks as citizens
from backend.demand import tasks as demand
from backend.errors import Refusal
from backend.history import tasks as history
from backend.indexing.tasks import Drainer
from backend.monitoring import tasks as monitoring
from backend.notices import pushed as notices_pushed
from backend.notices import tasks as notices
from backend.opendata import tasks as opendata
from backend.outside import plug_in
from backend.prices import index_tasks
from backend.prices import tasks as prices
from backend.prices.indexing import sources
from backend.pushes import tasks as pushes
from backend.pushes.working import Handlers
from backend.queue import Consumer, Huey
from backend.reports import tasks as reports
from backend.settings import Settings
from backend.verdicts import DECIDED
from backend.watching import Watchman

# Each waits for WeChat's answer most of the time.
SENDERS = 4

# What the slices do about what WeChat pushes: a kind and who wants it, each kind once.
PUSHED: tuple[Handlers, ...] = (
    leaving.HANDLES,
    checking_pushed.HANDLES,
    notices_pushed.HANDLES,
)


def handlers() -> Handlers:
    """Who wants which kind of push."""
    kinds = [kind for wanted in PUSHED for kind in wanted]
    if len(set(kinds)) < len(kinds):
        raise ValueError("two want the same kind of push")
    return {kind: handler for wanted in PUSHED for kind, handler in wanted.items()}


def open_queue(settings: Settings) -> Huey:
    """The queue with everything that runs by the clock, its plugs in place."""
    db.connect(settings.database_url)
    line = plug_in(settings).queue
    following.plug_in(DECIDED)
    reports.schedule(line, city=settings.city)
    prices.schedule(line, city=settings.city)
    index_tasks.schedule(line, city=settings.city)
    history.schedule(line, city=settings.city)
    monitoring.schedule(line, city=settings.city)
    demand.schedule(line, city=settings.city)
    pushes.schedule(line, city=settings.city)
    citizens.schedule(line, city=settings.city, forget=forget_everything)
    notices.schedule(line, city=settings.city)
    opendata.schedule(
        line, city=settings.city, root=Path(settings.open_data_dir),
        nights=settings.open_data_nights,
    )  # fmt: skip
    checking.schedule(line, city=settings.city)
    return line


def main(wanted: Handlers | None = None) -> None:
    """Work until told to stop: TERM lets a task that has begun finish, Ctrl-C does not wait.

    `wanted` are who wants which pushes, of the slices where nothing else is said.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        settings = Settings.from_environment()
        line = open_queue(settings)
    except Refusal as refusal:
        sys.exit(refusal.words)
    drainer = Drainer(sources(settings.city), first=index_tasks.begin_round)
    postman = pushes.Postman(handlers() if wanted is None else wanted, city=settings.city)
    beside = (
        drainer,
        postman,
        notices.LogReader(),
        Watchman(),
        *(notices.Messenger(f"notices {n}") for n in range(SENDERS)),
    )
    for one in beside:
        one.start()
    try:
        consumer(line).run()
    finally:
        for one in beside:
            one.stop()


def consumer(line: Huey) -> Consumer:
    """What runs a queue's work, one task after another, and stops as supervisors ask for it.

    What is cut short all the same is rolled back, being one transaction, and stays noted in the
    queue: the next worker does it again.
    """
    return line.create_consumer(workers=1, graceful_signal="TERM")


if __name__ == "__main__":
    main()
