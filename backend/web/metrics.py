"""What Prometheus is told: how questions went, summed over every process of the server."""

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# The server shares its processes' counts by files in this folder.
_SHARED = "PROMETHEUS_MULTIPROC_DIR"


def _slot() -> str:
    """The server's number for this process: the next one in its place goes on with its files."""
    return os.environ.get("WORKER_SLOT") or str(os.getpid())


if os.environ.get(_SHARED):
    values.ValueClass = values.MultiProcessValue(_slot)

# Everything this process counts by itself.
OWN = CollectorRegistry()
REQUESTS = Counter(
    "sanjin_requests", "Questions answered.", ("door", "method", "status"), registry=OWN
)
SECONDS = Histogram(
    "sanjin_request_seconds",
    "Seconds from the first line of ours to the last.",
    ("door",),
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=OWN,
)


def register(app: Flask) -> None:
    """Count and time every question; a door is named by its rule, never by what was asked."""

    @app.before_request
    def _begin():
        g.began_at = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        door = request.url_rule.rule if request.url_rule else "none"
        REQUESTS.labels(door, request.method, str(response.status_code)).inc()
        SECONDS.labels(door).observe(time.perf_counter() - g.began_at)
        return response


def told(*collectors: Collector) -> bytes:
    """Everything counted by every process, and what the collectors find now, as text."""
    counted = OWN
    if os.environ.get(_SHARED):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    found = CollectorRegistry()
    for collector in collectors:
        found.register(collector)
    return generate_latest(counted) + generate_latest(found)
