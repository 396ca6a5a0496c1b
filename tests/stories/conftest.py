"""The house as its users meet it: its own processes, real HTTP, Debian's Chromium."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.stories.server import Server

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def environment(folder: Path) -> dict[str, str]:
    """The environment of a house that lives in a folder."""
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/sanjin.db",
        "SEARCH_URL": f"sqlite:///{folder}/search.db",
        "QUEUE_URL": f"sqlite:///{folder}/queue.db",
        "LIMITS_URL": f"sqlite:///{folder}/limits.db",
        # One address asks for everybody here.
        "RATE_LIMIT": "100000/minute",
        "CACHE_DIR": f"{folder}/cache",
        "SECRET_KEY": "only for tests",
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running house with the demonstration loaded, on today's real date."""
    folder = tmp_path_factory.mktemp("site")
    env, port = environment(folder), free_port()
    flask = [sys.executable, "-m", "flask", "--app", "backend.app:create_app"]
    subprocess.run([*flask, "demo"], env=env, cwd=ROOT, check=True, capture_output=True)
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


@pytest.fixture(scope="module")
def serve(town_files, tmp_path_factory):
    """serve(**settings) → a running server of the town of the tests; stopped at the end."""
    started = []

    def one(**changes):
        folder = tmp_path_factory.mktemp("served") / "town"
        shutil.copytree(town_files, folder)
        started.append(Server(folder, environment(folder) | changes))
        return started[-1]

    yield one
    for server in started:
        server.stop()
