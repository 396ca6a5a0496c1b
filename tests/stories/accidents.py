"""What may befall a town: its database stops, an answering or an importing process is killed."""

import contextlib
import http.client
import os
import signal
import time
from itertools import cycle
from random import Random

import psycopg

from tests.intake.processes import until
from tests.stories.storm import DATABASE, DURABLE, WEB, WORKER, Storm

_UNFINISHED = "SELECT state FROM delivery WHERE state IN ('reading', 'publishing', 'settling')"


def befall(storm: Storm, *, seconds: float, seed: int) -> None:
    """One accident after another for so long, and each sort once at least."""
    drawn, last = Random(seed), time.monotonic() + seconds
    every = (stop_database, kill_clerk, kill_web, kill_clerk, kill_worker)
    for number, accident in enumerate(cycle(every)):
        if number >= len(every) and time.monotonic() > last:
            return
        accident(storm, drawn)
        time.sleep(drawn.uniform(0.1, 0.6))


def stop_database(storm: Storm, drawn: Random) -> None:
    """The server breaks its lines off or crashes, is away for a while and comes back."""
    over = storm.accidents.begin(DATABASE)
    storm.database.stop(drawn.choice(["fast", "immediate"]))
    time.sleep(drawn.uniform(0.2, 1.5))
    storm.database.start(**DURABLE)
    back = time.monotonic()
    until(lambda: answers(storm), seconds=30)
    over()
    storm.told.recoveries[DATABASE].append(time.monotonic() - back)


def kill_web(storm: Storm, drawn: Random) -> None:
    """One of the processes that answer is killed, or all of them."""
    before = sorted(storm.web.workers())
    over, killed = storm.accidents.begin(WEB), time.monotonic()
    gone = set(before[: drawn.randint(1, len(before))])
    for number in gone:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(number), signal.SIGKILL)
    until(lambda: len(storm.web.workers() - gone) >= len(before) and answers(storm), seconds=30)
    over()
    storm.told.recoveries[WEB].append(time.monotonic() - killed)


def kill_clerk(storm: Storm, drawn: Random) -> None:
    """The process that takes a sheet in is killed somewhere in the middle."""
    wanted = drawn.choice(["reading", "publishing", "publishing", "settling"])
    while True:
        until(lambda: storm.at_work, seconds=60)
        state = _wait_for(storm, wanted)
        time.sleep(drawn.uniform(0, 0.03))
        number = storm.at_work
        with contextlib.suppress(ProcessLookupError):
            if number:
                os.kill(number, signal.SIGKILL)
                storm.told.killed_in[state] += 1
                return


def _wait_for(storm, wanted):
    """Look on until an import stands there, or ends before; where it stands."""
    state, number = None, storm.at_work
    with contextlib.suppress(psycopg.Error), psycopg.connect(storm.data_url) as line:
        line.autocommit = True
        while state != wanted and storm.at_work == number:
            state = next((row[0] for row in line.execute(_UNFINISHED)), None)
            time.sleep(0.005)
    return state


def kill_worker(storm: Storm, drawn: Random) -> None:
    """The worker is killed, and its supervisor starts another."""
    killed = time.monotonic()
    storm.worker.kill()
    until(lambda: storm.worker.is_ready(), seconds=30)
    storm.told.recoveries[WORKER].append(time.monotonic() - killed)


def answers(storm: Storm) -> bool:
    """Whether a question that needs the database is answered."""
    line = http.client.HTTPConnection("127.0.0.1", storm.web.port, timeout=30)
    try:
        line.request("GET", "/api/v1/drugs/D0000")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
