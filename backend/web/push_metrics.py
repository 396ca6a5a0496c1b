"""What Prometheus is told of what WeChat pushes: kinds, repetitions, refusals, how long it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import g
from prometheus_client import Counter, Histogram
from werkzeug.exceptions import RequestEntityTooLarge

from backend.errors import NotFromWeChat
from backend.pushes.actions import Taken
from backend.pushes.rules import counted_as
from backend.web.metrics import OWN

PUSHES = Counter("sanjin_pushes", "Pushes kept, each once.", ("kind",), registry=OWN)
REPEATED = Counter("sanjin_pushes_repeated", "Pushes that were here before.", registry=OWN)
REFUSED = Counter("sanjin_pushes_refused", "Pushes not taken.", ("why",), registry=OWN)
SECONDS = Histogram(
    "sanjin_push_seconds",
    "Seconds until a push is answered success.",
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=OWN,
)


@contextmanager
def counted() -> Iterator[Callable[[Taken], None]]:
    """Count what becomes of one push; whoever takes it tells what was taken."""
    try:
        yield _taken
    except NotFromWeChat as refused:
        REFUSED.labels(refused.why).inc()
        raise
    except RequestEntityTooLarge:
        REFUSED.labels("too_long").inc()
        raise
    SECONDS.observe(time.perf_counter() - g.began_at)


def _taken(push):
    if push.is_new:
        PUSHES.labels(counted_as(push.kind)).inc()
    else:
        REPEATED.inc()
