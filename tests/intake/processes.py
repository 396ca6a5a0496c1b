"""Real processes that work on the house of a test, and die when they are told to."""

import os
import signal
import time
import traceback
from collections.abc import Callable

from backend import db
from backend.outside import outside

KILLED = -signal.SIGKILL


def start(work: Callable[[], object]) -> int:
    """Do the work in a process of its own, on connections of its own; returns its number."""
    db.database.close_all()
    outside.index.close()
    number = os.fork()
    if not number:
        _work_and_go(work)
    db.database.connect(reuse_if_open=True)
    return number


def _work_and_go(work):
    """Never comes back into the tests: whatever happens, the process ends here."""
    status = 1
    try:
        with db.opened():
            work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def end(number: int) -> int:
    """Wait for a process; how it went: 0 well, KILLED by force, else with an error."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def kill(number: int) -> int:
    """Kill a process as the power going out would."""
    os.kill(number, signal.SIGKILL)
    return end(number)


def dying(*, at: int, step: str = "") -> Callable[[str, float], None]:
    """A progress that kills its own process when it is told of its `at`-th step."""
    told = []

    def progress(name: str, share: float) -> None:
        told.append(name)
        if len([one for one in told if step in one]) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return progress


def until(condition: Callable[[], object], *, seconds: float = 120) -> None:
    """Wait for something another process does; a guard against waiting for ever."""
    last = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > last:
            raise TimeoutError("what another process should do did not happen")
        time.sleep(0.002)
