"""The front door of the house: port, addresses, key, and what the server's logs leave out."""

import logging
import os
import runpy
import socket
import stat
import subprocess
import sys
from types import SimpleNamespace
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from backend import serve
from backend.errors import BadSetting, NotNow
from backend.settings import Settings
from tests.house.project import ROOT
from tests.intake.processes import until
from tests.servers import free_port


@pytest.fixture
def busy_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


@pytest.fixture
def conf():
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))


def test_a_busy_port_is_said_in_one_sentence_before_anything_is_loaded(busy_port):
    answer = CliRunner().invoke(serve.main, ["--check"], env={"PORT": str(busy_port)})
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"{busy_port} 端口已被占用")
    assert len(answer.stderr.splitlines()) == 1


def test_the_check_loads_nothing_of_the_house():
    told = "import sys, backend.serve; print([m for m in sys.modules if m.startswith('backend')])"
    answer = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "backend.app" not in answer.stdout


def test_a_free_port_passes(busy_port):
    serve.see_that_it_is_free("127.0.0.1", 0)


def test_the_sentence_offers_another_port(busy_port):
    with pytest.raises(NotNow, match=f"PORT={busy_port + 1}"):
        serve.see_that_it_is_free("127.0.0.1", busy_port)


def test_an_address_that_is_not_this_machines_is_refused_by_name():
    with pytest.raises(BadSetting, match="HOST"):
        serve.see_that_it_is_free("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "beginning"),
    [
        ("127.0.0.1", "http://127.0.0.1:8099/"),
        ("0.0.0.0", "http://127.0.0.1:8099/"),
        ("::1", "http://[::1]:8099/"),
    ],
)
def test_the_addresses_can_be_opened_on_this_machine(host, beginning):
    found = serve.addresses(Settings(host=host, port=8099))
    assert len(found) == 3
    assert all(address.startswith(beginning) for address in found)


def test_the_three_addresses_answer_in_the_demonstration(town):
    client = town.test_client()
    for address in serve.addresses(Settings()):
        parts = urlsplit(address)
        answer = client.get(parts.path, query_string=parts.query)
        assert answer.status_code == 200, address
        assert "二甲双胍" in answer.get_data(as_text=True) or parts.path == "/", address


def test_the_announcement_names_every_address():
    settings = Settings()
    assert all(one in serve.announcement(settings) for one in serve.addresses(settings))


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    kept = tmp_path / "var" / "key"
    key = serve.secret_key(Settings(), kept)
    assert len(key) == 64
    assert stat.S_IMODE(os.stat(kept).st_mode) == 0o600
    assert serve.secret_key(Settings(), kept) == key


def test_a_key_that_is_set_is_used_and_nothing_is_written(tmp_path):
    kept = tmp_path / "key"
    assert serve.secret_key(Settings(secret_key="mine"), kept) == "mine"
    assert not kept.exists()


def test_the_access_log_has_no_query_address_referrer_or_browser(conf):
    atoms = {"%(h)s", "%(r)s", "%(q)s", "%(f)s", "%(a)s", "%(u)s", "}i", "}e", "}o"}
    assert not [atom for atom in atoms if atom in conf["access_log_format"]]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Invalid request from ip=203.0.113.9: Invalid HTTP request line: '/search?q=secret'", ()),
        ("Error handling request %s %s", ("GET", "/search?q=secret")),
    ],
)
def test_the_servers_own_complaints_lose_address_and_query(conf, said, values):
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 0, said, values, None)
    assert conf["_leave_out_who_asked_what"](record)
    assert record.getMessage() in ("Invalid request", "Error handling request")


def test_other_lines_of_the_server_stay_as_they_are(conf):
    record = logging.LogRecord("gunicorn.error", logging.INFO, "", 0, "Booting %d", (7,), None)
    conf["_leave_out_who_asked_what"](record)
    assert record.getMessage() == "Booting 7"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/scan/00000078123456789012", "/api/v1/scan/*"),
        ("/api/v1/scan/(01)09520000000073\n(21)AB", "/api/v1/scan/*"),
        ("/api/v1/scam/00000078123456789012", "/api/v1/scam/*"),
        ("/outlets/DEMO210103-0001", "/outlets/DEMO210103-0001"),
        ("/scan", "/scan"),
    ],
)
def test_the_access_log_holds_no_scanned_code(conf, path, told):
    record = logging.LogRecord(
        "gunicorn.access", logging.INFO, "", 1, "%(U)s", ({"U": path},), None
    )
    assert conf["_leave_out_codes"](record)
    assert record.getMessage() == told


def test_no_connection_crosses_a_fork(conf):
    assert conf["preload_app"] is False


def test_a_worker_is_given_the_lowest_number_that_is_free(conf):
    class Worker:
        slot = -1

    class Server:
        WORKERS: ClassVar[dict] = {}

    for process in (11, 12, 13):
        Server.WORKERS[process] = Worker()
        conf["pre_fork"](Server, Server.WORKERS[process])
    assert [worker.slot for worker in Server.WORKERS.values()] == [0, 1, 2]
    del Server.WORKERS[12]
    came = Worker()
    conf["pre_fork"](Server, came)
    assert came.slot == 1


def test_a_worker_loads_the_code_that_is_there_when_it_starts():
    """The server read the settings long ago; HUP must not mix that code with new one."""
    told = (
        "import runpy, sys; from types import SimpleNamespace as Any;"
        "conf = runpy.run_path('gunicorn.conf.py'); assert 'backend.settings' in sys.modules;"
        "conf['post_fork'](Any(cfg=Any(preload_app=False)), Any(slot=0));"
        "print([name for name in sys.modules if name.startswith('backend')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_the_counts_of_an_earlier_server_are_gone_and_nothing_else(conf, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for name in ("counter_0.db", "histogram_1.db", "sanjin.db"):
        (tmp_path / name).touch()
    logs = SimpleNamespace(error_log=logging.Logger("none"), access_log=logging.Logger("none"))
    conf["on_starting"](SimpleNamespace(log=logs))
    assert [path.name for path in tmp_path.iterdir()] == ["sanjin.db"]


@pytest.mark.parametrize(("queue", "beside"), [("sqlite:///var/queue.db", 1), ("redis://one", 0)])
def test_the_night_shift_comes_along_where_the_queue_is_a_file_here(queue, beside):
    assert len(serve.night_shift(Settings(queue_url=queue))) == beside


def test_the_night_shift_starts_with_the_server_and_stops_with_it(tmp_path):
    plugs = {"DATABASE_URL": "sanjin.db", "SEARCH_URL": "search.db", "QUEUE_URL": "queue.db",
             "LIMITS_URL": "limits.db"}  # fmt: skip
    env = os.environ | {name: f"sqlite:///{tmp_path}/{file}" for name, file in plugs.items()}
    env |= {"CACHE_DIR": str(tmp_path / "cache"), "PORT": str(free_port()), "SECRET_KEY": "tests",
            "OPEN_DATA_DIR": str(tmp_path / "open-data")}  # fmt: skip
    migrate = [sys.executable, "-m", "flask", "--app", "backend.app", "migrate"]
    subprocess.run(migrate, cwd=ROOT, env=env, check=True, capture_output=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "backend.serve"], cwd=ROOT, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    log = tmp_path / "cache" / "worker.log"
    try:
        until(lambda: log.exists() and "check_index" in log.read_text(), seconds=60)
    finally:
        server.terminate()
        assert server.wait(timeout=60) == 0
    assert "Consumer exiting" in log.read_text()
