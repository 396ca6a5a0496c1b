"""The server under load: reloaded without a failed question, stopped without half an answer."""

import json
import re
import signal
from collections import Counter

import pytest

from tests.intake.processes import until
from tests.stories.server import PATHS, Callers

pytestmark = pytest.mark.long


def counted(server):
    """Door → how many questions /metrics says were answered well, whoever of them answers."""
    _, text = server.get("/metrics")
    found = re.findall(
        r'^sanjin_requests_total\{door="([^"]+)",.*status="200"\} (\S+)$', text, re.M
    )
    return {door: float(count) for door, count in found}


def test_a_reload_under_load_fails_nobody_and_loses_no_count(serve):
    server = serve()
    before = server.workers()
    callers = Callers(server.port, 6)
    until(lambda: callers.told[200] > 50)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: server.workers() and not before & server.workers())
    asked = callers.told[200]
    until(lambda: callers.told[200] > asked + 50)
    callers.stop()
    assert callers.turned_away + callers.broken == []
    assert set(callers.told) == {200}

    # The processes that are gone counted into the same sum as those that came.
    for _ in range(3):
        sums = counted(server)
        assert sum(sums[path.split("?")[0]] for path in PATHS) == callers.told[200]


def test_a_stop_under_load_breaks_off_no_answer_and_logs_nothing_personal(serve):
    server = serve()
    assert server.get("/search?q=secretword", Referer="http://secretword/")[0] == 200
    callers = Callers(server.port, 6)
    until(lambda: callers.told[200] > 50)
    assert server.stop() == 0
    callers.stop()
    # Who called when nobody was there any more was turned away at the door, not left half-told.
    assert callers.broken == []
    assert set(callers.told) == {200}

    log = server.log.read_text()
    assert "GET /search 200" in log
    # The search alone tells its words, on a line that says nothing of who asked.
    told = [line for line in log.splitlines() if "secretword" in line]
    assert [set(json.loads(line)) for line in told] == [
        {"words", "matched", "found", "degraded", "hour"}
    ]
    assert "Traceback" not in log
    assert not [line for line in log.splitlines() if " GET " in line and "127.0.0.1" in line]


def test_all_processes_hold_one_limit_together(serve):
    server = serve(RATE_LIMIT="20/minute", WEB_CONCURRENCY="3")
    statuses = Counter(server.get("/api/v1/suggest?q=e")[0] for _ in range(60))
    assert statuses == {200: 20, 429: 40}
