"""The round of questions: each put to the lookup, the app, the server and bare SQLite in turn."""

from backend import db
from backend.app import create_app
from bench import empty
from bench.house import House
from bench.questions import Asked, Questions, chosen
from bench.raw import Raw
from bench.server import serving
from bench.timing import Times, measured

CALL, APP, HTTP, RAW = "call", "app", "http", "raw"
NOTHING = "（空的 Flask 路由）"


def asked_round(
    house: House, only: frozenset[str], *, samples: int, warm_up: int
) -> dict[str, dict[str, Times]]:
    """Times by question, then by way of asking; the last question is a route that does nothing."""
    app = create_app(house.settings())
    client = app.test_client()
    log = house.folder / "gunicorn.log"
    with db.opened(), serving("backend.app:create_app()", house.environment, log=log) as served:
        questions = Questions(Raw(house))

        def ways(asked: Asked):
            return {
                CALL: asked.call,
                APP: lambda: _answered(client, asked.path),
                HTTP: lambda: served.get(asked.path),
                RAW: asked.raw,
            }

        found = {
            title: measured(
                title,
                [ways(asked) for asked in questions.drawn(title, samples + warm_up)],
                warm_up=warm_up,
            )
            for title in chosen(questions, only)
        }
    return found | {NOTHING: nothing_asked(house, samples=samples, warm_up=warm_up)}


def nothing_asked(house: House, *, samples: int, warm_up: int) -> dict[str, Times]:
    """What Flask and gunicorn take to answer nothing."""
    client = empty.create_app().test_client()
    log = house.folder / "gunicorn-empty.log"
    with serving("bench.empty:create_app()", house.environment, log=log) as served:
        ways = {
            APP: lambda: _answered(client, "/healthz"),
            HTTP: lambda: served.get("/healthz"),
        }
        return measured(NOTHING, [ways] * (samples + warm_up), warm_up=warm_up)


def _answered(client, path: str) -> bytes:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    # A request closes the connection it used; the next lookup finds one open again.
    db.database.connect(reuse_if_open=True)
    return answer.data
