"""The way production goes: Debian's nginx with the file of docs/deploy in front of the server."""

import gzip
import http.client
import os
import re
import signal
import subprocess

import pytest

from tests.house.project import ROOT
from tests.intake.processes import until
from tests.servers import free_port, program, wait_for_port
from tests.stories.server import Callers

pytestmark = pytest.mark.long

DEPLOY = ROOT / "docs/deploy/nginx"


class Nginx:
    """nginx with the project's own files, on ports and in a folder of the test."""

    def __init__(self, folder, server_port):
        self.folder, self.port = folder, free_port()
        mine = {
            "/etc/nginx/sanjin": str(folder),
            "/var/log/nginx": str(folder),
            "listen 80 ": f"listen 127.0.0.1:{self.port} ",
            "127.0.0.1:8000": f"127.0.0.1:{server_port}",
            "http {": "http {" + "".join(
                f"{kind}_temp_path {folder}/{kind};"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            ),
        }  # fmt: skip
        for name in ("nginx.conf", "doors.conf", "upstream.conf"):
            text = (DEPLOY / name).read_text(encoding="utf-8")
            for theirs, ours in mine.items():
                text = text.replace(theirs, ours)
            (folder / name).write_text(text, encoding="utf-8")
        # Its workers must get into the folder of the test.
        user = "user root;" if os.geteuid() == 0 else ""
        self.process = subprocess.Popen(
            [program("nginx", package="nginx-light"), "-c", str(folder / "nginx.conf"),
             "-g", f"daemon off; pid {folder}/pid; {user}"],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for_port(self.port, self.process)

    def get(self, path, **headers):
        """One answer with its body read."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", path, headers={n.replace("_", "-"): v for n, v in headers.items()})
        answer = line.getresponse()
        answer.body = answer.read()
        line.close()
        return answer


@pytest.fixture(scope="module")
def start(serve, tmp_path_factory):
    """start(**settings) → (nginx, the server behind it)."""
    program("nginx", package="nginx-light")
    started = []

    def one(**changes):
        server = serve(TRUSTED_PROXIES="1", **changes)
        started.append(Nginx(tmp_path_factory.mktemp("nginx"), server.port))
        return started[-1], server

    yield one
    for nginx in started:
        nginx.process.terminate()
        nginx.process.wait(timeout=20)


@pytest.fixture(scope="module")
def front(start):
    """One pair for the tests that only ask."""
    return start(METRICS_TOKEN="the token")


def test_a_reload_behind_nginx_fails_nobody(front):
    nginx, server = front
    before = server.workers()
    callers = Callers(nginx.port, 6)
    until(lambda: callers.told[200] > 50)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: server.workers() and not before & server.workers())
    asked = callers.told[200]
    until(lambda: callers.told[200] > asked + 50)
    callers.stop()
    assert callers.turned_away + callers.broken == []
    assert set(callers.told) == {200}


def test_what_the_house_says_arrives_as_it_said_it(front):
    nginx, server = front
    packed = nginx.get("/api/openapi.json", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body).decode() == server.get("/api/openapi.json")[1]
    mark = packed.headers["ETag"]
    assert not mark.startswith("W/")
    again = nginx.get("/api/openapi.json", Accept_Encoding="gzip", If_None_Match=mark)
    assert (again.status, again.body) == (304, b"")


def test_the_house_hears_who_asks_and_nobody_can_pretend(start):
    nginx, _ = start(RATE_LIMIT="3/minute")
    statuses = [
        nginx.get("/api/v1/suggest?q=e", X_Forwarded_For=f"8.8.8.{number}").status
        for number in range(5)
    ]
    assert statuses == [200, 200, 200, 429, 429]


def test_the_numbers_of_the_house_are_not_for_those_outside(front):
    nginx, server = front
    assert nginx.get("/metrics").status == 403
    assert nginx.get("/metrics", Authorization="Bearer the token").status == 200
    assert server.get("/metrics")[0] == 200


def test_too_large_a_form_is_refused_by_the_house_in_chinese(front):
    nginx, _ = front
    line = http.client.HTTPConnection("127.0.0.1", nginx.port, timeout=60)
    line.request("POST", "/place", body=b"x" * 1_500_000,
                 headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    answer = line.getresponse()
    assert answer.status == 413
    assert "提交的内容太大" in answer.read().decode()
    line.close()


def test_the_logs_of_nginx_tell_neither_address_nor_query(front):
    nginx, server = front
    nginx.get("/search?q=secretword", Referer="http://secretword/", User_Agent="secretword")
    for path in ("/api/v1/scan/00000078123456789012", "/nowhere/00000078123456789012"):
        nginx.get(path)
    server.stop()
    assert nginx.get("/search?q=secretword").status == 502
    nginx.process.terminate()
    nginx.process.wait(timeout=20)
    kept = "".join(path.read_text() for path in nginx.folder.glob("*.log"))
    assert re.search(r"GET /search 200 ", kept)
    assert re.search(r"GET /search 502 ", kept)
    assert "secretword" not in kept
    assert "8123456789012" not in kept
    assert "GET /api/v1/scan/* 200 " in kept
    assert "127.0.0.1" not in kept
