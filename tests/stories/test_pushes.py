"""WeChat brings messages to the house as it runs; processes are killed, and each counts once."""

import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import postgres
from tests.stories.conftest import flask
from tests.stories.houses import environment
from tests.stories.server import Server
from tests.stories.supervised import Supervised
from tests.wechat.deliveries import DELIVERIES, delivered, once, packed
from tests.wechat.messages import NUMBER, WHO, as_json, as_xml, every_kind
from tests.wechat.standin import SECRET
from tests.wechat.storm import BOX, TOKEN, WECHAT
from tests.wechat.storm_worker import EFFECTS
from tests.wechat.vectors import A43

MESSAGES = 200


class Site:
    """A house with its processes: two that answer, and the night's worker under supervision."""

    def __init__(self, folder, **changes):
        self.folder, self.env = folder, environment(folder) | WECHAT | changes
        flask(self.env, "migrate")
        self.tell(EFFECTS)
        self.server, self.workers = Server(folder, self.env), []
        # Somebody listens before anybody answers.
        assert self.server.get("/readyz")[0] == 200

    def work(self, **changes):
        """A worker, started again whenever it dies."""
        folder = self.folder / f"worker-{len(self.workers)}"
        folder.mkdir()
        worker = Supervised("tests.wechat.storm_worker", self.env | changes, folder)
        self.workers.append(worker)
        return worker

    def tell(self, sql):
        """The rows of a statement."""
        line = sqlite3.connect(self.folder / "sanjin.db", timeout=10)
        rows = line.execute(sql).fetchall()
        line.commit()
        line.close()
        return rows

    def deliver(self, texts, times=1):
        """Each push so many times at once; what was answered how often."""
        with ThreadPoolExecutor(8) as many:
            told = many.map(lambda text: delivered(self.server.port, text, BOX), texts * times)
            return Counter(one.answered for tried in told for one in tried)

    def counts(self):
        """(stored, waiting, tallied, effects, effects of different pushes)."""
        ((stored, waiting),) = self.tell("SELECT COUNT(*), SUM(state = 'waiting') FROM push")
        ((tallied,),) = self.tell("SELECT COALESCE(SUM(count), 0) FROM push_tally")
        (effects,) = self.tell("SELECT COUNT(*), COUNT(DISTINCT serial) FROM storm_effect")
        return stored, waiting or 0, tallied, *effects

    def logs(self):
        """Everything every process said."""
        return "".join(path.read_text(errors="replace") for path in self.folder.rglob("*.log"))

    def stop(self):
        """End every process."""
        for worker in self.workers:
            worker.stop()
        self.server.stop()


@pytest.fixture
def site(tmp_path):
    """A house on SQLite."""
    made = Site(tmp_path)
    yield made
    made.stop()


def texts(count):
    """So many texts of a few people, as XML and as JSON."""
    now = int(time.time())
    return [
        (as_xml, as_json)[number % 2](every_kind(now, number, f"{WHO}{number % 7}")["text"])
        for number in range(count)
    ]


def wait_for(true, seconds=60):
    """Until something is so."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def test_three_deliveries_at_once_of_each_message_count_once_while_two_workers_are_killed(site):
    first, second = site.work(), site.work()
    wait_for(lambda: first.is_ready() and second.is_ready())
    begun = [worker.begun for worker in site.workers]
    with ThreadPoolExecutor(1) as beside:
        answers = beside.submit(site.deliver, texts(MESSAGES), 3)
        for worker in (first, second, first):
            time.sleep(0.3)
            worker.kill()
        assert answers.result() == {"success": 3 * MESSAGES}
    wait_for(lambda: site.counts()[2] == MESSAGES)
    assert site.counts() == (MESSAGES, 0, MESSAGES, MESSAGES, MESSAGES)
    assert [worker.begun for worker in site.workers] == [begun[0] + 2, begun[1] + 1]

    said = site.logs()
    for personal in (WHO, NUMBER, "二甲双胍多少钱", SECRET, TOKEN, A43):
        assert personal not in said
    assert "POST /wechat/callback" in said


def test_a_worker_killed_in_the_middle_of_a_push_leaves_nothing_of_it_and_the_next_does_it(site):
    site.deliver(texts(1))
    slow = site.work(SLOW_S="2")
    wait_for(lambda: site.tell("SELECT tries FROM push") == [(1,)])
    time.sleep(0.3)
    slow.kill()
    assert site.counts() == (1, 1, 0, 0, 0)
    wait_for(lambda: site.counts() == (1, 0, 1, 1, 1))
    assert site.tell("SELECT state, tries FROM push") == [("done", 2)]


def test_while_the_database_takes_nothing_nothing_is_answered_success_and_later_all_is(site):
    (text,) = texts(1)
    held = sqlite3.connect(site.folder / "sanjin.db", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    told = once(site.server.port, *packed(text, BOX), patience_s=1)
    held.execute("ROLLBACK")
    held.close()
    assert told.answered != "success"
    assert site.deliver([text]) == {"success": 1}
    assert site.counts()[0] == 1


@pytest.mark.long
def test_a_server_of_the_database_that_stops_and_comes_back_loses_nothing(tmp_path):
    with postgres.own_folder() as folder:
        server = postgres.Server(folder).initialised()
        server.start()
        made = postgres.Databases(server.url)
        site = OnPostgres(tmp_path, DATABASE_URL=made.url_of(made.make()))
        try:
            site.work()
            first, second = texts(2)
            assert site.deliver([first]) == {"success": 1}
            wait_for(lambda: site.counts() == (1, 0, 1, 1, 1))
            server.stop("immediate")
            assert site.deliver([second]) == {"503": DELIVERIES}
            server.start()
            assert site.deliver([second]) == {"success": 1}
            wait_for(lambda: site.counts() == (2, 0, 2, 2, 2))
        finally:
            site.stop()
            server.stop()


class OnPostgres(Site):
    """The same on PostgreSQL."""

    def tell(self, sql):
        """The rows of a statement."""
        url = self.env["DATABASE_URL"].replace("postgresql+pool", "postgresql")
        with postgres.psycopg.connect(url, autocommit=True) as line:
            rows = line.execute(sql.replace("SUM(state = 'waiting')",
                                            "SUM((state = 'waiting')::int)"))  # fmt: skip
            return rows.fetchall() if rows.description else []
