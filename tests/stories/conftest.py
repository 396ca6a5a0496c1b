"""The house as its users meet it: its own processes, real HTTP, Debian's Chromium."""

import contextlib
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.stories.houses import (
    EMBEDDED,
    PRODUCTION,
    environment,
    houses_of,
    on_postgres,
    with_servers,
)
from tests.stories.server import Server

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def pytest_generate_tests(metafunc):
    """A story runs once in each house it is told in."""
    if "kind" in metafunc.fixturenames:
        kinds = [
            pytest.param(kind, marks=() if kind == EMBEDDED else pytest.mark.long)
            for kind in houses_of(metafunc.function.__name__, metafunc.module.__name__)
        ]
        metafunc.parametrize("kind", kinds, scope="session")


@pytest.fixture(scope="session")
def servers(tmp_path_factory):
    """The plugs of the servers production has beside its database; skips where one is missing."""
    with with_servers(tmp_path_factory.mktemp("servers")) as plugs:
        yield plugs


def flask(env, *words):
    """A command of the operator's."""
    command = [sys.executable, "-m", "flask", "--app", "backend.app:create_app", *words]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def site(kind, request, tmp_path_factory):
    """The address of a running house with the demonstration loaded, on today's real date."""
    folder = tmp_path_factory.mktemp("site")
    env, port = environment(folder), free_port()
    with ExitStack() as kept:
        if kind == PRODUCTION:
            env |= request.getfixturevalue("servers")
        if kind != EMBEDDED:
            databases = request.getfixturevalue("databases")
            env |= kept.enter_context(on_postgres(databases, "template1"))
        flask(env, "demo")
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1",
             "--threads", "4", "backend.app:create_app()"],
            env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(address):
    for _ in range(150):
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(f"{address}/readyz", timeout=2).status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the house did not open")


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright's library."""
    if not CHROMIUM:
        pytest.skip("没有找到 Debian 的 chromium：浏览器测试没有运行（apt-get install chromium）")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium, site):
    """A fresh browser profile at phone size; `base_url` is the site."""
    context = chromium.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, locale="zh-CN"
    )
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


@pytest.fixture(scope="session")
def indexed(servers, databases, request, tmp_path_factory):
    """The plugs of `servers` with the town of the tests in the index."""
    folder = tmp_path_factory.mktemp("indexed")
    name = request.getfixturevalue("town_database")
    flask(environment(folder) | servers | {"DATABASE_URL": databases.url_of(name)},
          "index", "rebuild")  # fmt: skip
    return servers


@pytest.fixture(scope="module")
def serve(kind, request, town_files, tmp_path_factory):
    """serve(**settings) → a running server of the town of the tests; stopped at the end."""
    plugs = {} if kind != PRODUCTION else request.getfixturevalue("indexed")
    started = []

    with ExitStack() as kept:

        def one(**changes):
            folder = tmp_path_factory.mktemp("served") / "town"
            shutil.copytree(town_files, folder)
            env = environment(folder) | plugs
            if kind != EMBEDDED:
                town = request.getfixturevalue("town_database")
                databases = request.getfixturevalue("databases")
                env |= kept.enter_context(on_postgres(databases, town))
            started.append(Server(folder, env | changes))
            return started[-1]

        yield one
        for server in started:
            server.stop()
