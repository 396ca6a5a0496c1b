"""What Prometheus is told of the house as it stands: queue, deliveries, prices, search."""

from collections.abc import Iterator
from datetime import datetime, time

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend import db
from backend.checking.lookups import Counts
from backend.checking.lookups import counts as count_checks
from backend.indexing.models import waiting
from backend.intake.counts import deliveries_by_state
from backend.outside import outside
from backend.outside.clock import CITY_TIME
from backend.outside.readiness import DATABASE_TROUBLES, queue_state
from backend.prices.freshness import NewestPrice
from backend.pushes.lookups import standing

_newest = NewestPrice()


class House(Collector):
    """Looks when it is asked; what cannot be reached is told as down, and its numbers left out."""

    def collect(self) -> Iterator[Metric]:
        """One family after another."""
        up = _gauge("up", "1 where a plug of the house answers.", labels=("plug",))
        for plug, look in (("queue", _of_queue), ("database", _of_database)):
            found = look()
            up.add_metric((plug,), int(found is not None))
            yield from found or ()
        yield up
        yield from _of_token()
        # An engine that has a weaker one behind it says which of them answers.
        degraded = getattr(outside.index, "degraded", None)
        if degraded is not None:
            yield _gauge("search_degraded", "1 while a weaker engine answers.", degraded)


def _of_token():
    token = outside.wechat.token_state()
    if token is None:
        return []
    about = "Since WeChat's access token was asked for."
    return [
        _gauge("wechat_token_age_seconds", about, token.age_s),
        _gauge("wechat_token_left_seconds", "How long it is used yet.", token.left_s),
    ]


def _of_queue():
    state = queue_state()
    if state is None:
        return None
    ends = CounterMetricFamily(
        "sanjin_tasks", "Tasks by how they ended.", labels=("kind", "result")
    )
    for names, count in sorted(state.results.items()):
        ends.add_metric(names, count)
    return [
        _gauge("queue_waiting", "Tasks that wait.", state.waiting),
        _gauge("queue_scheduled", "Tasks put off to a later moment.", state.scheduled),
        _gauge("queue_taken", "Tasks a worker has taken and not finished.", state.taken),
        _gauge("queue_workers", "Workers that showed themselves lately.", state.workers),
        _gauge(
            "queue_oldest_seconds", "How long the oldest task has waited; 0 where none waits.",
            state.oldest_s or 0,
        ),
        ends,
        _by(
            "task_last_done_timestamp_seconds", "When a kind was last done.", "kind",
            state.last_done,
        ),
    ]  # fmt: skip


def _of_database():
    try:
        with db.opened():
            counts, newest, index = deliveries_by_state(), _newest.look(), waiting()
            pushed = standing() if outside.mail else None
            checks = count_checks(outside.clock.now())
    except DATABASE_TROUBLES:
        return None
    found = [_by("deliveries", "Sheets handed in, by state.", "state", counts)]
    found += [
        _gauge("index_waiting", "Documents the index must still be told of.", index.documents),
        _gauge(
            "index_oldest_seconds", "How long the oldest of them has waited; 0 where none waits.",
            index.oldest_s,
        ),
    ]  # fmt: skip
    found += _of_pushes(pushed) if pushed else []
    found += _of_checks(checks)
    if newest:
        midnight = datetime.combine(newest, time(), CITY_TIME)
        age = (outside.clock.now() - midnight).total_seconds()
        about = "Since the day of the newest price began."
        found.append(_gauge("newest_price_age_seconds", about, age))
    return found


def _of_pushes(pushed):
    about = "How long the oldest has waited; 0 where none waits."
    return [
        _gauge("pushes_waiting", "Pushes of WeChat that wait.", pushed.waiting),
        _gauge("pushes_oldest_seconds", about, pushed.oldest_s or 0),
        _gauge("pushes_failed", "Pushes that failed for good.", pushed.failed),
    ]


def _of_checks(counts: Counts):
    waits = "How long the oldest of them has waited in its state; 0 where none waits."
    return [
        _by("checks_waiting", "Content checks that wait.", "state", counts.waiting),
        _by("checks_oldest_seconds", waits, "state", counts.oldest_s),
        _by("checks_of_a_day", "What those of the last day came to.", "state", counts.of_a_day),
    ]


def _by(name, about, label, values):
    family = _gauge(name, about, labels=(label,))
    for key, value in sorted(values.items()):
        family.add_metric((key,), value)
    return family


def _gauge(name, about, value=None, labels=None):
    return GaugeMetricFamily(f"sanjin_{name}", about, value=value, labels=labels)
