"""PostgreSQL goes away and comes back while people ask: a sentence meanwhile, answers after."""

import http.client
import json
import os

import pytest

from backend import db
from backend.intake import actions as intake
from backend.intake.models import Delivery
from backend.prices.sheetkinds import sheet_kinds
from tests.conftest import close_house, open_house
from tests.intake.processes import end, start, until
from tests.makers import many_drugs, many_outlets, many_prices, sheet, take, visible
from tests.postgres import Databases, running_server
from tests.stories.server import Callers, Server

pytestmark = pytest.mark.long

DRUGS, OUTLETS = 40, 210


@pytest.fixture
def server():
    """A PostgreSQL of the test's own, to be stopped at will."""
    # What is committed must outlast a server that stops on the spot.
    with running_server(synchronous_commit="local") as made:
        yield made


@pytest.fixture
def shop(server, tmp_path, cache):
    """A house on it, with drugs and outlets."""
    databases = Databases(server.url)
    app = open_house(tmp_path, cache, database_url=databases.url_of(databases.make()))
    with db.opened():
        db.migrate()
        take("drugs", sheet(tmp_path, many_drugs(DRUGS)))
        take("outlets", sheet(tmp_path, many_outlets(OUTLETS)))
    yield app
    close_house()


@pytest.fixture
def site(shop, tmp_path):
    """gunicorn in front of the house."""
    settings = shop.config["SETTINGS"]
    names = ("database_url", "search_url", "queue_url", "limits_url", "rate_limit", "cache_dir",
             "secret_key")  # fmt: skip
    served = Server(tmp_path, os.environ | {n.upper(): getattr(settings, n) for n in names})
    yield served
    served.stop()


def asked(site, path):
    """Status, headers and text of one answer."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    line.request("GET", path)
    answer = line.getresponse()
    told = answer.status, answer.headers, answer.read().decode()
    line.close()
    return told


def test_people_are_told_to_come_again_and_are_answered_again_by_itself(server, site):
    callers = Callers(site.port, 3)
    assert asked(site, "/api/v1/outlets")[0] == 200
    server.stop("immediate")
    status, headers, told = asked(site, "/api/v1/outlets")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
    assert json.loads(told) == {
        "code": "try_again", "status": 503, "message": "现在查不了，请过几秒再试。", "errors": {},
    }  # fmt: skip
    status, headers, page = asked(site, "/outlets")
    assert (status, headers["Retry-After"]) == (503, "5")
    assert "您没有做错" in page
    assert (asked(site, "/healthz")[0], asked(site, "/readyz")[0]) == (200, 503)
    server.start()
    until(lambda: asked(site, "/api/v1/outlets")[0] == 200)
    assert asked(site, "/readyz")[0] == 200
    until(lambda: asked(site, "/outlets")[0] == 200)
    callers.stop()
    assert (callers.broken, callers.turned_away) == ([], [])
    assert set(callers.told) == {200, 503}


def test_an_import_that_loses_its_database_is_made_whole_by_the_next(server, shop, tmp_path):
    path = sheet(tmp_path, many_prices(DRUGS, OUTLETS))

    def bring():
        kind = sheet_kinds()["prices"]
        intake.publish(kind, intake.receive(kind, path), accept_doubts=True)

    worker = start(bring)
    until(lambda: Delivery.select().where(Delivery.state == "publishing").exists())
    db.database.close_all()
    server.stop("immediate")
    assert end(worker) != 0
    server.start()
    with db.opened():
        assert visible() == []
        intake.resume(sheet_kinds())
        assert len(visible()) == DRUGS * OUTLETS
        assert {d.state for d in Delivery.select()} == {"published"}


def test_a_statement_that_takes_too_long_is_ended_and_the_next_is_answered(shop):
    db.database.obj.patience_s = 0.05
    db.open_question(reads=False)
    with pytest.raises(db.AWAY):
        db.run("SELECT pg_sleep(5)")
    assert db.run("SELECT 1").fetchone()[0] == 1
    db.close_question()
    with db.opened():
        db.run("SELECT pg_sleep(0.1)")
