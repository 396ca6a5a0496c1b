"""Pushes for minutes on end while processes are killed: is each stored once, and worked on once?

`python -m tests.wechat.storm --minutes 5 --rate 50 --kill-every 10 [--postgres]`
"""

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from backend import db
from backend.outside import outside, plug_in
from backend.outside.wechat import Lock, Mailbox, fields_of
from backend.outside.wechat.ciphers import push_key
from backend.outside.wechat.envelope import SAFE
from backend.pushes.actions import unsealed
from backend.pushes.models import Push, PushTally
from backend.settings import Settings
from tests import postgres
from tests.stories.houses import environment
from tests.stories.server import Server
from tests.stories.supervised import Supervised
from tests.wechat.deliveries import delivered
from tests.wechat.messages import as_json, as_xml, every_kind, serial_of
from tests.wechat.standin import APP_ID, SECRET
from tests.wechat.storm_worker import EFFECTS, WANTED
from tests.wechat.vectors import A43

TOKEN = "stormtoken"
BOX = Mailbox(APP_ID, SAFE, Lock(TOKEN, push_key(A43)))
WECHAT = {"WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": SECRET, "WECHAT_TOKEN": TOKEN,
          "WECHAT_AES_KEY": A43, "RATE_LIMIT": "3000/minute"}  # fmt: skip
# Every tenth push is brought three times at once, as a slow line makes it happen.
BESIDE = 10
ASKERS = 64


class Sent:
    """What was sent, and every delivery of it."""

    def __init__(self):
        self.turn, self.deliveries, self.pushes, self.waits = threading.Lock(), [], [], []

    def deliver(self, port, number, text):
        """Deliver one push, some of them three times at once."""
        began, times = time.monotonic(), 3 if number % BESIDE == 0 else 1
        with ThreadPoolExecutor(times) as beside:
            tried = list(beside.map(lambda _: delivered(port, text, BOX), range(times)))
        told = [one for each in tried for one in each]
        with self.turn:
            self.deliveries += told
            self.pushes.append((number, any(one.answered == "success" for one in told)))
            self.waits.append(time.monotonic() - began)


def texts(numbers):
    """Pushes of every kind in turn, XML and JSON, of a few hundred people."""
    for number in numbers:
        kinds = every_kind(int(time.time()), number, who=f"oStorm{number % 300:06}")
        fields = list(kinds.values())[number % len(kinds)]
        yield number, (as_xml if number // len(kinds) % 2 else as_json)(fields)


def send(port, *, seconds, rate, sent):
    """Send so many a second, whatever is answered."""
    began = time.monotonic()
    with ThreadPoolExecutor(ASKERS) as senders:
        for number, text in texts(itertools.count()):
            due = began + number / rate
            if due > began + seconds:
                return
            time.sleep(max(0.0, due - time.monotonic()))
            senders.submit(sent.deliver, port, number, text)


@contextmanager
def killing(server, worker, every_s):
    """A process of the web and the night's worker are killed in turn; counts them."""
    killed, over = Counter(), threading.Event()

    def kill():
        for turn in itertools.count():
            if over.wait(every_s):
                return
            if turn % 2:
                worker.kill()
            else:
                os.kill(int(random.choice(sorted(server.workers()))), signal.SIGKILL)
            killed["worker" if turn % 2 else "web"] += 1

    thread = threading.Thread(target=kill)
    if every_s:
        thread.start()
    yield killed
    over.set()
    if every_s:
        thread.join()


@contextmanager
def own_postgres():
    """A server that keeps what it says it keeps, unlike the one of the tests."""
    with postgres.own_folder() as folder:
        server = postgres.Server(folder).initialised()
        server.start(fsync="on", synchronous_commit="on", full_page_writes="on", autovacuum="on")
        try:
            name = postgres.Databases(server.url).make()
            yield postgres.Databases(server.url).url_of(name)
        finally:
            server.stop()


def wait_until_open(server, worker):
    """Until each process of the web has answered and the worker stands at its queue."""
    while len(server.workers()) < 2 or not worker.is_ready():
        time.sleep(0.1)
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda _: server.get("/readyz"), range(32)))


def wait_until_worked_off(*, at_most_s=300):
    """Until nothing waits any more; how long that took."""
    began = time.monotonic()
    while time.monotonic() < began + at_most_s:
        with db.opened():
            if not Push.select().where(Push.state == "waiting").exists():
                break
        time.sleep(0.25)
    return time.monotonic() - began


def counts(sent):
    """What became of all that was sent."""
    with db.opened():
        stored = Counter(
            serial_of(fields_of(unsealed(push))[0]) for push in Push.select().iterator()
        )
        states = Counter(state for (state,) in Push.select(Push.state).tuples())
        tallied = sum(row.count for row in PushTally.select())
        effects = Counter(n for (n,) in db.run("SELECT serial FROM storm_effect").fetchall())
        wanted = Push.select().where(Push.kind.in_(WANTED)).count()
    delivered_ = {str(number) for number, well in sent.pushes if well}
    return {
        "sent": len(sent.pushes), "deliveries": len(sent.deliveries),
        "answered success": sum(one.answered == "success" for one in sent.deliveries),
        "answered otherwise": dict(Counter(
            one.answered or "nothing" for one in sent.deliveries if one.answered != "success")),
        "pushes answered success": len(delivered_), "stored": len(stored),
        "stored twice": sum(count > 1 for count in stored.values()),
        "lost": len(delivered_ - set(stored)), "states": dict(states),
        "worked on": tallied, "effects wanted": wanted, "effects": sum(effects.values()),
        "effects twice": sum(count > 1 for count in effects.values()),
    }  # fmt: skip


def times(sent):
    """p50, p99 and the longest of all deliveries answered success, in milliseconds."""
    took = sorted(one.seconds for one in sent.deliveries if one.answered == "success")
    steps = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}
    told = {name: round(1000 * took[min(len(took) - 1, int(part * len(took)))])
            for name, part in steps.items()}  # fmt: skip
    longest = round(1000 * max(sent.waits))
    return told | {"over 100 ms": sum(one > 0.1 for one in took), "until success": longest}


def storm(env, folder, *, minutes, rate, kill_every):
    """The whole of it; what became of all."""
    settings = Settings.from_environment(env)
    db.connect(settings.database_url)
    plug_in(settings)
    with db.opened():
        db.migrate()
        db.run(EFFECTS)
    sent, server = Sent(), Server(folder, env)
    worker = Supervised("tests.wechat.storm_worker", env, folder)
    try:
        wait_until_open(server, worker)
        with killing(server, worker, kill_every) as killed:
            send(server.port, seconds=60 * minutes, rate=rate, sent=sent)
        waited = wait_until_worked_off()
        told = counts(sent) | {"killed": dict(killed), "worked off after s": round(waited, 1)}
        return told | {f"ms: {name}": took for name, took in times(sent).items()}
    finally:
        worker.stop()
        server.stop()
        db.database.close_all()
        outside.let_go()


def main():
    """Read the command line, storm, print, and fail where something is lost or doubled."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--rate", type=float, default=50)
    asked.add_argument("--kill-every", type=float, default=0)
    asked.add_argument("--postgres", action="store_true")
    said = asked.parse_args()
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="sanjin-storm-")))
        env = environment(folder) | WECHAT
        if said.postgres:
            env["DATABASE_URL"] = kept.enter_context(own_postgres())
        told = storm(env, folder, minutes=said.minutes, rate=said.rate, kill_every=said.kill_every)
    told["load of the machine (1, 5, 15 min)"] = os.getloadavg()
    for name, value in told.items():
        print(f"{name:40} {value}")  # noqa: T201
    whole = told["sent"] == told["pushes answered success"] == told["stored"] == told["worked on"]
    once = told["effects"] == told["effects wanted"]
    ill = [told[name] for name in ("stored twice", "lost", "effects twice") if told[name]]
    sys.exit(0 if whole and once and not ill else 1)


if __name__ == "__main__":
    main()
