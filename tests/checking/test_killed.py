"""A worker killed anywhere leaves what the next one goes on with, and nothing happens twice."""

import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from backend.checking.models import Check
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.checking.conftest import ABOUT
from tests.checking.test_images import MEDIA
from tests.house.project import ROOT


@pytest.fixture
def killed(desk, environment):
    """killed("after the answer") → a worker of its own does its round until it is killed there."""
    # The other process goes by the clock of the machine.
    outside.clock = StoppedClock(datetime.now(UTC))

    def run(where):
        command = [sys.executable, "-m", "tests.checking.killed", where]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120)
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()

    return run


def test_killed_before_the_question_it_is_put_a_minute_later(desk, standin, killed):
    desk.image()
    killed("before the question")
    assert (standin.counts[MEDIA], Check.get().tries) == (0, 1)
    assert desk.round() == (0, 0)
    assert desk.round(minutes=2) == (1, 0)
    desk.push("trace-1", "pass")
    assert desk.told() == [(ABOUT, "pass")]


def test_killed_after_the_answer_it_is_put_again_and_the_first_verdict_does_no_harm(
    desk, standin, killed
):
    desk.image()
    killed("after the answer")
    assert (standin.counts[MEDIA], Check.get().trace_id) == (1, None)
    desk.push("trace-1", "pass")
    assert desk.round(minutes=2) == (1, 0)
    assert desk.states() == [("asked", "")]
    for _ in range(2):
        desk.push("trace-2", "risky")
    assert desk.told() == [(ABOUT, "risky")]


def test_killed_while_deciding_nothing_is_decided_and_the_push_is_worked_on_again(
    desk, standin, killed
):
    desk.image()
    desk.round()
    killed("while deciding")
    assert (desk.states(), desk.told()) == ([("asked", "")], [])
    desk.push("trace-1", "pass")
    assert (desk.states()[0][0], desk.told()) == ("pass", [(ABOUT, "pass")])


def test_killed_every_time_it_is_for_a_person_in_the_end(desk, killed):
    desk.image()
    killed("before the question")
    assert desk.round(minutes=121) == (0, 1)
    assert desk.told() == [(ABOUT, "review")]
