"""The worker as its own process: what it does at its start, how it stops, what killing leaves."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from backend import db, queue
from backend.outside.clock import city_day
from backend.prices.models import BandSnapshot
from tests.house.project import ROOT
from tests.intake.processes import until

pytestmark = pytest.mark.long


@pytest.fixture
def folder(town_files, tmp_path):
    """The files of a town in which nobody took today's bands."""
    folder = tmp_path / "town"
    shutil.copytree(town_files, folder)
    db.connect(f"sqlite:///{folder}/sanjin.db")
    with db.opened():
        # The town took those of the tests' own day, which is a real day once.
        BandSnapshot.delete().execute()
    yield folder
    db.database.close_all()


@pytest.fixture
def start(folder, cache, url):
    """start() → a running worker of that town; those still running at the end are killed."""
    started = []
    plugs = {
        "DATABASE_URL": f"sqlite:///{folder}/sanjin.db",
        "SEARCH_URL": f"sqlite:///{folder}/search.db",
        "CACHE_DIR": str(cache),
        "OPEN_DATA_DIR": str(folder / "open-data"),
        "QUEUE_URL": url,
    }

    def one():
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "backend.worker"], cwd=ROOT, env=os.environ | plugs,
                stderr=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.communicate()


def bands_today():
    today = city_day(datetime.now(UTC))
    with db.opened():
        return BandSnapshot.select().where(BandSnapshot.day == today).count()


def done(url):
    return queue.look(queue.connect(url)).results.get(("take_bands", "done"), 0)


def work_left(url):
    state = queue.look(queue.connect(url))
    return state.waiting, state.taken


def test_a_worker_makes_up_for_the_night_and_stops_when_told(start, url):
    worker = start()
    until(lambda: done(url) == 1 and work_left(url) == (0, 0))
    assert bands_today() > 0

    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "Consumer exiting" in said
    assert "Traceback" not in said
    assert work_left(url) == (0, 0)


def test_a_worker_killed_by_force_leaves_nothing_undone(start, url):
    first = start()
    until(lambda: queue.look(queue.connect(url)).taken or done(url))
    first.kill()
    first.wait()

    start()
    until(lambda: done(url) >= 1)
    assert bands_today() > 0
