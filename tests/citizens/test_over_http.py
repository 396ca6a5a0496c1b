"""A resident's whole way over real HTTP: two processes of the house, and one in WeChat's place."""

import http.client
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.citizens.conftest import LOGIN, NUMBER, OF_AGE, STABLE
from tests.house.project import ROOT
from tests.stories.houses import environment
from tests.stories.server import Server
from tests.wechat.standin import APP_ID, SECRET, SOMEBODY


@pytest.fixture
def server(standin, tmp_path):
    """gunicorn with two workers, its WeChat the stand-in."""
    env = environment(tmp_path) | {
        "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": SECRET, "WECHAT_API_URL": standin.url,
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "--app", "backend.app", "migrate"]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)
    server = Server(tmp_path, env)
    yield server
    server.stop()


def ask(server, method, path, body=None, token=""):
    """(status, answer, headers) of one question over a line of its own."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Content-Type": "application/json"} if body is not None else {}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    said = None if body is None else json.dumps(body)
    line.request(method, f"/api/v1{path}", body=said, headers=headers)
    answer = line.getresponse()
    told = answer.status, json.loads(answer.read()), answer.headers
    line.close()
    return told


def test_from_the_first_sign_in_to_being_forgotten(server, standin):
    codes = [f"code-{number}" for number in range(12)]
    standin.codes |= dict.fromkeys(codes, SOMEBODY)
    with ThreadPoolExecutor(12) as many:
        begun = list(many.map(lambda code: ask(server, "POST", "/sessions", {"code": code}), codes))
    assert [status for status, *_ in begun] == [201] * 12
    token, other = begun[0][1]["token"], begun[1][1]["token"]

    assert ask(server, "PUT", "/me/consents/personal", OF_AGE, token)[0] == 200
    status, told, _ = ask(server, "POST", "/me/phone", {"code": "phone-1"}, other)
    assert (status, told["phone"]["number"]) == (200, "13800000000")
    status, told, headers = ask(server, "GET", "/me?file=true", token=token)
    held = {part["name"]: part["rows"] for part in told["held"]}
    assert (status, len(held["登录着的设备"]), len(held["微信的 openid 和来过的日子"])) == (
        200,
        12,
        1,
    )
    assert headers["Content-Disposition"].startswith("attachment")

    # No token is to be had any more: number after number fails, and a login goes on.
    standin.expire()
    standin.trouble = {STABLE: "down", NUMBER: "down"}
    failed = [ask(server, "POST", "/me/phone", {"code": "x"}, token) for _ in range(20)]
    assert {status for status, *_ in failed} == {503}
    assert all(int(headers["Retry-After"]) >= 1 for *_, headers in failed)
    standin.codes["late"] = SOMEBODY
    assert ask(server, "POST", "/sessions", {"code": "late"})[0] == 201
    standin.trouble = {LOGIN: 40226}
    assert ask(server, "POST", "/sessions", {"code": "late"})[1]["code"] == "risky_person"

    status, told, _ = ask(server, "DELETE", "/me", token=token)
    assert (status, [part["name"] for part in told["kept"]]) == (200, ["同意的记录"])
    for dead in (token, other):
        status, told, headers = ask(server, "GET", "/me", token=dead)
        assert (status, told["code"]) == (401, "sign_in_again")
        assert headers["WWW-Authenticate"].startswith("Bearer")

    server.stop()
    log = server.log.read_text(encoding="utf-8")
    secrets = (SOMEBODY, "13800000000", "phone-1", "code-1", token, other, "SESSION-KEY", SECRET)
    assert [one for one in secrets if one in log] == []
