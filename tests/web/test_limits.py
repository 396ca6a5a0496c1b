"""How often one address may ask: counted together, told in words, nobody's address kept."""

import multiprocessing
import sqlite3
from dataclasses import replace
from typing import ClassVar

import pytest
from limits import parse_many
from limits.storage import MemoryStorage

from backend import db
from backend.app import create_app
from backend.errors import BadSetting
from backend.outside import limits, outside
from backend.web.askers import mark_of
from tests.conftest import settings_in
from tests.servers import redis_server

SOMEBODY, SOMEBODY_ELSE = "8.8.4.4", "8.8.8.8"


@pytest.fixture
def opened(town, tmp_path, cache):
    """opened(**settings) → a client of the same town under these settings."""

    def one(**changes):
        settings = settings_in(tmp_path / "town", cache_dir=str(cache))
        return create_app(replace(settings, rate_limit="3/minute", **changes)).test_client()

    yield one
    db.database.close_all()
    outside.let_go()


def asked(client, path="/api/v1/suggest?q=e", address=SOMEBODY, **headers):
    return client.get(path, environ_base={"REMOTE_ADDR": address}, headers=headers)


def statuses(client, count, **named):
    return [asked(client, **named).status_code for _ in range(count)]


def test_who_asks_too_often_is_told_when_to_come_again(opened):
    client = opened()
    assert statuses(client, 3) == [200, 200, 200]
    answer = asked(client)
    wait = int(answer.headers["Retry-After"])
    assert answer.status_code == 429
    assert 1 <= wait <= 60
    assert answer.get_json() == {
        "code": "too_many", "status": 429, "message": f"问得太快了，请过 {wait} 秒再试。",
        "errors": {},
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_person_is_told_on_a_page(opened):
    client = opened()
    statuses(client, 3, path="/rules")
    answer = asked(client, path="/")
    assert (answer.status_code, answer.mimetype) == (429, "text/html")
    assert "问得太快了" in answer.get_data(as_text=True)


def test_others_are_not_held_up(opened):
    client = opened()
    statuses(client, 4)
    assert asked(client, address=SOMEBODY_ELSE).status_code == 200


def test_one_household_of_the_new_addresses_is_one_asker(opened):
    client = opened()
    for host in range(4):
        answer = asked(client, address=f"2400:3200:1:2::{host:x}")
    assert answer.status_code == 429
    assert asked(client, address="2400:3200:1:3::1").status_code == 200
    statuses(client, 3, address="::ffff:8.8.8.8")
    assert asked(client, address="8.8.8.8").status_code == 429


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/app.css", "/metrics"])
def test_files_and_the_state_of_the_house_are_not_counted(opened, path):
    client = opened(metrics_token="t")
    for _ in range(5):
        answer = asked(client, path=path, Authorization="Bearer t")
        answer.get_data()
        assert answer.status_code == 200
    assert asked(client).status_code == 200


def test_addresses_that_lead_nowhere_are_counted_too(opened):
    client = opened()
    assert statuses(client, 4, path="/wp-login.php") == [404, 404, 404, 429]


def test_behind_a_proxy_the_asker_is_the_one_the_proxy_names(opened):
    client = opened(trusted_proxies=1)
    for _ in range(4):
        # What stands further left the asker wrote himself.
        answer = asked(client, address="10.0.0.2", **{"X-Forwarded-For": f"1.2.3.4, {SOMEBODY}"})
    assert answer.status_code == 429
    other = asked(client, address="10.0.0.2", **{"X-Forwarded-For": SOMEBODY_ELSE})
    assert other.status_code == 200


def test_without_a_trusted_proxy_nobody_can_borrow_an_address(opened):
    client = opened()
    for number in range(4):
        answer = asked(client, **{"X-Forwarded-For": f"1.2.3.{number}"})
    assert answer.status_code == 429


def test_a_proxy_nobody_told_of_does_not_make_everybody_one_asker(opened, caplog):
    client = opened()
    for _ in range(6):
        answer = asked(client, address="10.0.0.2", **{"X-Forwarded-For": SOMEBODY})
    assert answer.status_code == 200
    assert [record.message for record in caplog.records if "TRUSTED_PROXIES" in record.message]
    assert SOMEBODY not in caplog.text


def test_off_means_off(town):
    assert statuses(town.test_client(), 5) == [200] * 5


def test_no_address_is_written_anywhere(opened, tmp_path):
    client = opened()
    statuses(client, 2)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "town").glob("limits.db*"))
    assert kept
    assert SOMEBODY.encode() not in kept
    ((asker, count),) = sqlite3.connect(tmp_path / "town/limits.db").execute(
        "SELECT asker, count FROM hits"
    )
    assert count == 2
    assert len(asker.split("/")[1]) == 32


def test_the_mark_of_an_asker_changes_with_the_day_and_the_secret(town):
    with town.test_request_context(environ_base={"REMOTE_ADDR": SOMEBODY}) as context:
        marks = {
            mark_of(context.request, secret=secret, day=day)
            for secret in ("a", "b")
            for day in ("2026-11-24", "2026-11-25")
        }
        again = mark_of(context.request, secret="a", day="2026-11-24")
    assert len(marks) == 4
    assert again in marks


@pytest.fixture(params=["sqlite", "redis"])
def url(request, tmp_path):
    """Where the counts lie that several processes share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/counts.db"
    else:
        with redis_server(tmp_path) as address:
            yield address


def ask_many(url, most, answers):
    limiter = limits.connect(url, f"{most}/minute")
    answers.put(sum(limiter.wait("somebody") == 0 for _ in range(most)))


def let_in(url, most):
    """How many of thrice the limit three processes let in together."""
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    workers = [fork.Process(target=ask_many, args=(url, most, answers)) for _ in range(3)]
    for worker in workers:
        worker.start()
    count = sum(answers.get() for _ in workers)
    for worker in workers:
        worker.join()
    return count


def test_the_processes_of_a_house_count_together(url):
    assert let_in(url, 10) == 10


def test_of_a_generous_limit_each_process_is_ahead_by_a_hundredth_at_most(url):
    assert 2_000 <= let_in(url, 2_000) <= 2_000 + 3 * 20


class Told(MemoryStorage):
    """Counts that remember in which portions they were told."""

    portions: ClassVar[list[int]] = []

    def incr(self, key, expiry, amount=1):
        self.portions.append(amount)
        return super().incr(key, expiry, amount)


def test_a_generous_limit_is_told_in_portions_and_ends_where_it_should():
    limiter = limits.Limiter(Told(), parse_many("1000/minute"))
    waits = [limiter.wait("somebody") for _ in range(1_020)]
    assert 990 <= waits.index(next(filter(None, waits))) <= 1_000
    assert len(Told.portions) < 300


def test_every_limit_of_several_holds(url):
    limiter = limits.connect(url, "2/day;100/hour")
    waits = [limiter.wait("somebody") for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert 3600 < waits[2] <= 24 * 3600


def test_what_is_past_is_forgotten(tmp_path):
    limiter = limits.connect(f"sqlite:///{tmp_path}/counts.db", "2/minute")
    limiter.wait("somebody")
    file = sqlite3.connect(tmp_path / "counts.db")
    with file:
        file.execute("UPDATE hits SET until = 0")
    limiter.counts.sweep_at = 0
    limiter.wait("somebody else")
    assert file.execute("SELECT count(*) FROM hits").fetchone() == (1,)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "sqlite:////proc/no/such/place.db"])
def test_counts_out_of_reach_let_everybody_in_and_say_so_once(url, caplog):
    limiter = limits.connect(url, "1/minute")
    assert [limiter.wait("somebody") for _ in range(5)] == [0] * 5
    assert len([r for r in caplog.records if "limits are not counted" in r.message]) == 1


@pytest.mark.parametrize("url", ["", "sqlite:///", "postgres://x", "limits.db"])
def test_another_url_is_refused_by_name(url):
    with pytest.raises(BadSetting, match="LIMITS_URL"):
        limits.connect(url, "1/minute")
