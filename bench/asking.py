"""The round of questions: each put to the lookup, the server and the bare engines in turn."""

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median

from backend import db
from backend.app import create_app
from bench import crowd, machine, meili, postgres
from bench.house import House
from bench.questions import Asked, Questions, chosen
from bench.raw import Raw
from bench.server import Client, serving
from bench.timing import Times, measured

CALL, HTTP, RAW, RAW_HTTP = "call", "http", "raw", "raw_http"
NOTHING = "（空的 Flask 路由）"
OURS, EMPTY = "backend.app:create_app()", "bench.empty:create_app()"
ROUNDS = 3

Round = dict[str, dict[str, Times]]


def asked_round(
    house: House, only: frozenset[str], bare: "meili.RawMeili | None", *, samples: int, warm_up: int
) -> Round:
    """Times by question, then by way of asking; the last question is a route that does nothing."""
    create_app(house.settings())
    with db.opened(), ExitStack() as open_:
        served = open_.enter_context(_served(house))
        raw = Raw(house)
        open_.callback(raw.close)
        questions = Questions(raw, bare)
        found = {
            title: measured(
                title,
                [_ways(asked, served) for asked in questions.drawn(title, samples + warm_up)],
                warm_up=warm_up,
            )
            for title in chosen(questions, only)
        }
    return found | {NOTHING: _nothing_asked(house, samples=samples, warm_up=warm_up)}


def _served(house, app=OURS):
    name = "gunicorn" if app == OURS else "gunicorn-empty"
    return serving(app, house.environment, log=house.folder / f"{name}.log")


def _ways(asked: Asked, served: Client) -> dict[str, Callable[[], object]]:
    ways: dict[str, Callable[[], object]] = {
        CALL: asked.call, HTTP: lambda: served.get(asked.path), RAW: asked.raw,
    }  # fmt: skip
    return ways | ({RAW_HTTP: asked.raw_http} if asked.raw_http else {})


def _nothing_asked(house, *, samples, warm_up):
    with _served(house, EMPTY) as served:
        ways = {HTTP: lambda: served.get("/healthz")}
        return measured(NOTHING, [ways] * (samples + warm_up), warm_up=warm_up)


def crowded(house: House, kinds: frozenset[str], *, seconds: float) -> dict[str, float]:
    """Answers a second to eight clients at once, and the memory (MB) of who answered.

    The empty route and the others take turns, so that a busy moment strikes all alike.
    """
    create_app(house.settings())
    with db.opened():
        raw = Raw(house)
        paths = {kind: p for kind, p in _paths(Questions(raw)).items() if kind in kinds}
        raw.close()
    counted: dict[str, list[float]] = {}
    with _served(house, EMPTY) as empty, _served(house) as served:
        asked = [("empty", empty, ["/healthz"]), *((k, served, p) for k, p in paths.items())]
        for _, client, these in asked:
            # What a process reads once when it is first asked is not counted.
            crowd.answers_per_second(client.port, these, seconds)
        for kind, client, these in asked * ROUNDS:
            rate = crowd.answers_per_second(client.port, these, seconds)
            counted.setdefault(kind, []).append(rate)
        weights = [machine.resident_mb(pid) for pid in served.workers()]
        found = {kind: round(median(rates), 1) for kind, rates in counted.items()}
        if house.server:
            pids = postgres.processes(house.folder / "server")
            found["database_mb"] = round(sum(map(machine.share_mb, pids)), 1)
    return found | {"worker_mb": round(max(weights), 1)}


def _paths(questions):
    kinds = questions.kinds()
    drawn = {title: [one.path for one in questions.drawn(title, 100)] for title in kinds}
    offers = [paths for title, paths in drawn.items() if title.startswith("offers")]
    suggest = next(paths for title, paths in drawn.items() if title.startswith("suggest"))
    return {"suggest": suggest, "offers": [path for four in zip(*offers, strict=True)
                                           for path in four]}  # fmt: skip
