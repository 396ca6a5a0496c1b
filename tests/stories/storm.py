"""A storm: people ask and sheets come in while servers fall over; every answer is checked.

An answer must be right as of one publication that was in force between question and answer. No
answer at all is only for those whose process was just killed, and "come again" only for the time
in which the database is away.
"""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.postgres import Server as Postgres
from tests.stories import storm_town as town
from tests.stories.clerk import Desk
from tests.stories.server import Server
from tests.stories.storm_questions import Question, questions, right, told_by
from tests.stories.supervised import Supervised

# A crash must not lose what was said to be published; the disk's own failing is not tried.
DURABLE = {"synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
# How long after an accident its consequences may still be met.
ECHO_S = 1.0
# A resident takes a breath: the machine has others to serve, and processes to start.
PAUSE_S = 0.02
DATABASE, WEB, CLERK, WORKER = "database", "web", "clerk", "worker"


@dataclass
class Told:
    """What came of a storm: nothing wrong, unforeseen or lost is what it must say."""

    answers: Counter = field(default_factory=Counter)
    turned_away: int = 0
    wrong: list[str] = field(default_factory=list)
    unforeseen: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    published: int = 0
    killed_in: Counter = field(default_factory=Counter)
    recoveries: dict[str, list[float]] = field(
        default_factory=lambda: {DATABASE: [], WEB: [], CLERK: [], WORKER: []}
    )


class Accidents:
    """When something was broken: (sort, since, until), the last one perhaps still open."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, float, float]] = []

    def begin(self, sort: str) -> Callable[[], None]:
        """Note that something breaks now; call what comes back when it is whole again."""
        place, since = len(self.spans), time.monotonic()
        self.spans.append((sort, since, float("inf")))

        def over() -> None:
            self.spans[place] = (sort, since, time.monotonic() + ECHO_S)

        return over

    def explain(self, sort: str, since: float, until: float) -> bool:
        """Whether such an accident was felt between two moments."""
        return any(s == sort and a <= until and since <= b for s, a, b in self.spans)


class Residents:
    """People who ask one question after another and check each answer."""

    def __init__(self, storm: "Storm", count: int) -> None:
        self.storm, self.stopped = storm, threading.Event()
        self.threads = [threading.Thread(target=self._live, args=(n,)) for n in range(count)]
        for thread in self.threads:
            thread.start()

    def _live(self, number):
        line = http.client.HTTPConnection("127.0.0.1", self.storm.web.port, timeout=30)
        for question in questions(Random(number)):
            if self.stopped.wait(PAUSE_S):
                line.close()
                return
            self._ask(line, question)

    def _ask(self, line, question):
        storm, since, oldest = self.storm, time.monotonic(), self.storm.oldest
        try:
            line.request("GET", question.path)
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            line.close()
            storm.heard_nothing(question, error, since)
            return
        with storm.lock:
            storm.told.answers[answer.status] += 1
        if answer.status == 200:
            storm.check(question, json.loads(body), oldest)
        else:
            storm.heard_no(question, answer, body, since)

    def stop(self) -> None:
        """Let everybody finish and go."""
        self.stopped.set()
        for thread in self.threads:
            thread.join()


class Storm:
    """The servers of a town, what is published there, and what was heard of them."""

    def __init__(
        self, folder: Path, database: Postgres, data_url: str, web: Server, desk: Desk,
        worker: Supervised,
    ) -> None:  # fmt: skip
        self.folder, self.database, self.web, self.desk = folder, database, web, desk
        self.worker = worker
        self.data_url = data_url
        self.told, self.accidents, self.lock = Told(), Accidents(), threading.Lock()
        # The step that is surely published, and the one that may be.
        self.oldest = self.newest = 0
        self.at_work: int | None = None

    def check(self, question: Question, answer: dict, oldest: int) -> None:
        """Compare an answer with the right ones of the steps it may show."""
        said = told_by(question, answer)
        for step in range(oldest, self.newest + 1):
            if said == right(question, town.step(step)):
                # Nobody may be told anything older from now on.
                self.reach(step)
                return
        self.told.wrong.append(f"{question.path} at {oldest}–{self.newest}: {said}")

    def reach(self, step: int) -> None:
        """From now on at least this step is what everybody must be told."""
        with self.lock:
            self.oldest = max(self.oldest, step)

    def heard_nothing(self, question: Question, error: Exception, since: float) -> None:
        """A line broke off: where no process was killed just then, nobody knows why."""
        with self.lock:
            self.told.turned_away += 1
        if not self.accidents.explain(WEB, since, time.monotonic()):
            self.told.unforeseen.append(f"{question.path}: {error!r}")

    def heard_no(self, question, answer, body, since: float) -> None:
        """A refusal: foreseen where it says when to come again and the database is away."""
        away = self.accidents.explain(DATABASE, since, time.monotonic())
        if answer.status != 503 or not answer.headers["Retry-After"] or not away:
            self.told.unforeseen.append(f"{question.path}: {answer.status} {body[:200]!r}")

    def publish(self, number: int) -> None:
        """Hand in the sheet of a step again and again until it is published."""
        kind, path = town.kind_of(number), town.written(self.folder, number)
        self.newest, died = number, None
        while True:
            self.at_work = self.desk.begin(kind, path)
            status = self.desk.end()
            self.at_work = None
            if status == 0:
                break
            died = died or time.monotonic()
            time.sleep(0.05)
        if died:
            self.told.recoveries[CLERK].append(time.monotonic() - died)
        self.reach(number)
        self.told.published += 1
        path.unlink()
