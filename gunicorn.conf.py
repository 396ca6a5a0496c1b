"""How gunicorn serves the house: how many at once, how it stops, what its logs leave out."""

import logging
import os
import re
import subprocess
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from backend.settings import Settings

_settings = Settings.from_environment()
_host = f"[{_settings.host}]" if ":" in _settings.host else _settings.host
bind = f"{_host}:{_settings.port}"

# One process per core, since answering is computing; WEB_CONCURRENCY sets another number.
workers = int(os.environ.get("WEB_CONCURRENCY") or min(8, max(2, os.cpu_count() or 2)))
# Threads let a slow reader of an answer hold up nobody else; more of them would only take turns.
worker_class = "gthread"
threads = 4
# What comes while workers change waits here instead of being turned away.
backlog = 2048
# The sign of life is a file's time: on a disk that is busy it would come late.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# A worker that gives no sign of life for so long is replaced. A question takes milliseconds.
timeout = 30
# Answers that have begun are finished before a worker stops.
graceful_timeout = 20
# Longer than proxies and load balancers keep an idle line (60 s by default): who hangs up first
# must be the one who asks, else a question now and then meets a line that is just being closed.
keepalive = 75
# Where the page caches of many requests pile up, a fresh worker takes over; not all at once.
max_requests, max_requests_jitter = 50_000, 5_000

# Each worker loads the house after the fork: a SQLite connection must not cross one, and HUP
# brings new code only to workers that load it themselves.
preload_app = False
# Nothing of ours asks the running server anything.
control_socket_disable = True

# What was looked up is health data: no query, no address, no referrer, no browser.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)sms"

_TELLING = ("Invalid request from ip", "Error handling request")


def _leave_out_who_asked_what(record: logging.LogRecord) -> bool:
    """Two of gunicorn's own sentences carry an address or a whole URL: keep their first words."""
    for beginning in _TELLING:
        if str(record.msg).startswith(beginning):
            record.msg, record.args = beginning.removesuffix(" from ip"), ()
    return True


# A code off a box names a single box, and through it who bought it: nothing of one is written.
_SCANNED = re.compile(r"(?<=/scan/).*|[0-9]{14,}.*", re.DOTALL)


def _leave_out_codes(record: logging.LogRecord) -> bool:
    """The path of a question, as the access log tells it, without what was scanned."""
    if isinstance(record.args, dict) and "U" in record.args:
        record.args["U"] = _SCANNED.sub("*", record.args["U"])
    return True


_beside: list[subprocess.Popen] = []


def when_ready(server) -> None:
    """By `make run` and `make demo` the night shift comes and goes with the server."""
    if os.environ.get("WORKER_BESIDE"):
        log = Path(_settings.cache_dir) / "worker.log"
        with log.open("ab") as told:
            command = [sys.executable, "-m", "backend.worker"]
            _beside.append(subprocess.Popen(command, stdout=told, stderr=told))
        server.log.info("The worker runs beside, its log is %s", log)


def on_exit(server) -> None:
    """Let the night shift finish what it has begun."""
    for worker in _beside:
        worker.terminate()
        with suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=20)


def on_starting(server) -> None:
    """Before any worker is forked, so that all of them inherit the filter and the folder."""
    server.log.error_log.addFilter(_leave_out_who_asked_what)
    server.log.access_log.addFilter(_leave_out_codes)
    folder = Path(
        os.environ.setdefault(
            "PROMETHEUS_MULTIPROC_DIR", f"{_settings.cache_dir}/metrics-{_settings.port}"
        )
    )
    folder.mkdir(parents=True, exist_ok=True)
    # What an earlier server counted is told already; counters begin at nought with the server.
    for left in (*folder.glob("counter_*.db"), *folder.glob("histogram_*.db")):
        left.unlink()


def pre_fork(server, worker) -> None:
    """Give the worker the lowest number that is free, and nothing that must not cross a fork."""
    taken = {other.slot for other in server.WORKERS.values()}
    worker.slot = next(number for number in count() if number not in taken)
    _let_go()


def post_fork(server, worker) -> None:
    """In the worker, before it loads the house: its metrics go on where that number's stood."""
    os.environ["WORKER_SLOT"] = str(worker.slot)
    if not server.cfg.preload_app:
        # This page read the settings: after HUP a worker must not meet the code of before.
        for name in [name for name in sys.modules if name.split(".")[0] == "backend"]:
            del sys.modules[name]


def post_worker_init(worker) -> None:
    """What was asked in vain is written down by a thread of its own, for nobody to wait."""
    from backend.demand.tasks import Writer

    worker.writer = Writer()
    worker.writer.start()


def worker_exit(server, worker) -> None:
    """What still waits is written."""
    if hasattr(worker, "writer"):
        worker.writer.stop()


def _let_go() -> None:
    """With --preload the parent holds connections: closed here, none is taken across the fork."""
    if "backend.outside" not in sys.modules:
        return
    from backend import db
    from backend.outside import outside

    if db.database.obj is not None:
        db.database.close_all()
    outside.let_go()
