"""The queue keeps what it is given, on every engine, whenever its worker is killed."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from backend import queue
from backend.queue.keeping import GONE_AFTER
from backend.worker import consumer
from tests.intake.processes import until

NOON = datetime(2020, 1, 1, 12, 0)


def opened(url, done):
    """A queue that knows one task, `write`, which adds a line to the file `done`."""
    line = queue.connect(url)

    def write(words):
        with done.open("a") as file:
            file.write(f"{words}\n")

    return line, line.task(name="write")(write)


def work(line):
    """What a worker does in one turn: the next task, if there is one."""
    task = line.dequeue()
    if task is not None:
        line.execute(task)
    return task is not None


def killed_at(url, done, moment):
    """Let a worker of its own take the next task and die by force at a moment."""
    child = os.fork()
    if not child:
        line, _ = opened(url, done)

        def die(*_):
            os.kill(os.getpid(), signal.SIGKILL)

        if moment == "after taking it":
            line.dequeue()
            die()
        hook = {"before it begins": line.pre_execute, "after it ran": line.post_execute}[moment]
        hook(name="die")(die)
        work(line)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.fixture
def done(tmp_path):
    return tmp_path / "done.txt"


def lines(done):
    return done.read_text().split() if done.exists() else []


def test_what_was_put_in_runs_once_and_in_order(url, done):
    line, write = opened(url, done)
    for words in ("a", "b", "c"):
        write(words)
    while work(line):
        pass
    assert lines(done) == ["a", "b", "c"]
    assert queue.look(line).taken == 0


@pytest.mark.parametrize(
    ("moment", "runs"),
    [("after taking it", ["a"]), ("before it begins", ["a"]), ("after it ran", ["a", "a"])],
)
def test_a_task_whose_worker_is_killed_goes_to_the_next_one(url, done, moment, runs):
    line, write = opened(url, done)
    write("a")
    line.storage.close()
    killed_at(url, done, moment)

    assert queue.look(line).taken == 1
    assert not work(line)
    line.storage.beat(now=time.time() + GONE_AFTER + 1)
    assert work(line)
    assert lines(done) == runs
    assert (queue.look(line).waiting, queue.look(line).taken) == (0, 0)


def test_a_worker_told_to_stop_finishes_what_it_began(url, done, tmp_path):
    line, _ = opened(url, done)

    def linger():
        (tmp_path / "begun").touch()
        time.sleep(0.5)
        done.write_text("finished")

    line.task(name="linger")(linger)()
    line.storage.close()
    child = os.fork()
    if not child:
        line = queue.connect(url)
        line.task(name="linger")(linger)
        consumer(line).run()
        os._exit(0)
    until((tmp_path / "begun").exists)
    os.kill(child, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert lines(done) == ["finished"]
    assert queue.look(line).taken == 0


def test_what_a_living_worker_has_taken_stays_with_it(url, done):
    line, write = opened(url, done)
    write("a")
    mine = line.dequeue()
    other, _ = opened(url, done)
    other.storage.beat(now=time.time())
    assert not work(other)
    line.execute(mine)
    assert lines(done) == ["a"]


def test_a_worker_that_was_only_slow_does_not_lose_what_others_took(url, done):
    slow, write = opened(url, done)
    write("a")
    taken = slow.dequeue()
    quick, _ = opened(url, done)
    quick.storage.beat(now=time.time() + GONE_AFTER + 1)
    assert work(quick)
    slow.execute(taken)
    assert lines(done) == ["a", "a"]
    assert queue.look(quick).taken == 0


def test_what_is_put_off_waits_for_its_moment_and_is_never_between_two_places(url, done):
    line, write = opened(url, done)
    line.add_schedule(write.s("later", eta=NOON))
    assert line.read_schedule(NOON - timedelta(minutes=1)) == []
    assert (queue.look(line).waiting, queue.look(line).scheduled) == (0, 1)

    assert line.read_schedule(NOON) == []
    assert (queue.look(line).waiting, queue.look(line).scheduled) == (1, 0)
    assert work(line)
    assert lines(done) == ["later"]


def test_a_task_nobody_knows_is_kept_for_a_worker_that_does(url, done):
    _, write = opened(url, done)
    write("a")
    stranger = queue.connect(url)
    with pytest.raises(Exception, match="write"):
        stranger.dequeue()
    knowing, _ = opened(url, done)
    knowing.storage.beat(now=time.time() + GONE_AFTER + 1)
    assert work(knowing)
    assert lines(done) == ["a"]


def test_the_state_tells_how_much_waits_and_since_when(url, done):
    line, write = opened(url, done)
    assert queue.look(line).oldest_s is None
    write("a")
    write("b")
    state = queue.look(line)
    assert state.waiting == 2
    assert state.oldest_s >= 0
    assert [task.args for task in line.pending()] == [("a",), ("b",)]


def test_the_state_counts_how_each_kind_of_work_ended(url, done):
    line, write = opened(url, done)

    @line.task(name="stumble", retries=1)
    def stumble():
        raise ValueError("stones")

    write("a")
    stumble()
    before = datetime.now(UTC).timestamp()
    while work(line):
        pass
    state = queue.look(line)
    assert state.results == {
        ("write", "done"): 1, ("stumble", "failed"): 2, ("stumble", "retried"): 1,
    }  # fmt: skip
    assert list(state.last_done) == ["write"]
    assert state.last_done["write"] >= before


def test_the_state_counts_the_workers_that_live(url, done):
    line, _ = opened(url, done)
    assert queue.look(line).workers == 0
    line.dequeue()
    other, _ = opened(url, done)
    other.dequeue()
    assert queue.look(line).workers == 2
    other.storage.beat(now=time.time() + GONE_AFTER + 1)
    assert queue.look(line).workers == 1


def test_a_worker_that_starts_shows_itself_before_it_takes(url, done):
    line, write = opened(url, done)
    write("a")
    taken = line.dequeue()
    other, _ = opened(url, done)
    other.storage.take_back(now=time.time())
    assert queue.look(other).taken == 1
    line.execute(taken)
