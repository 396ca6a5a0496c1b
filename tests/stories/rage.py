"""A storm from the first sheet to the calm: real PostgreSQL, real gunicorn, real processes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from tests.intake.processes import until
from tests.postgres import Databases, running_server
from tests.stories import storm_town as town
from tests.stories.accidents import answers, befall
from tests.stories.calm import ask_again, losses
from tests.stories.clerk import Desk
from tests.stories.houses import environment
from tests.stories.server import Server
from tests.stories.storm import DURABLE, Residents, Storm, Told
from tests.stories.supervised import Supervised

Progress = Callable[[str], None]


def rage(
    folder: Path, *, seconds: float, residents: int, seed: int = 1, progress: Progress = str
) -> Told:
    """What came of a storm of so many seconds; filling the town before takes its own time."""
    with _town(folder, progress) as storm:
        until(lambda: answers(storm))
        over = threading.Event()
        publisher = threading.Thread(target=_publish_on, args=(storm, over))
        people = Residents(storm, residents)
        publisher.start()
        try:
            progress("风暴")
            befall(storm, seconds=seconds, seed=seed)
        finally:
            over.set()
            publisher.join()
            people.stop()
        progress("核对")
        ask_again(storm, 100)
        storm.told.lost += losses(storm, f"sqlite:///{folder}/search.db")
        return storm.told


def _publish_on(storm, over):
    for number in count(1):
        storm.publish(number)
        if over.is_set():
            return


@contextmanager
def _town(folder: Path, progress: Progress) -> Iterator[Storm]:
    progress("准备")
    with running_server(**DURABLE) as database:
        databases = Databases(database.url)
        name = databases.make()
        data_url = databases.url_of(name)
        env = environment(folder) | {"DATABASE_URL": data_url, "RATE_LIMIT": "off"}
        with closing(Desk(env, folder / "desk.log")) as desk:
            _fill(desk, folder)
            web, worker = Server(folder, env), Supervised("backend.worker", env, folder)
            try:
                plain = data_url.replace("+pool", "")
                yield Storm(folder, database, plain, web, desk, worker)
            finally:
                worker.stop()
                web.stop()


def _fill(desk, folder):
    first = town.step(0)
    sheets = {
        "drugs": town.drug_rows(), "outlets": town.outlet_rows(first),
        "prices": town.price_rows(first),
    }  # fmt: skip
    for kind, rows in sheets.items():
        desk.begin(kind, town.write(folder / f"{kind}.csv", rows))
        if desk.end():
            raise RuntimeError((folder / "desk.log").read_text())
