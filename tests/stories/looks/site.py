"""The site that is looked at, running: its address, and what its API says."""

import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.house.project import ROOT
from tests.servers import free_port, wait_for_port
from tests.stories.houses import environment
from tests.stories.looks.walk import STOPS, Stop, codes


class Site(NamedTuple):
    """A running house and the codes of its town."""

    address: str
    codes: dict[str, str]

    def path_of(self, stop: Stop) -> str:
        """The address of a stop of the walk, percent-encoded as a browser would."""
        return urllib.parse.quote(stop.path.format(**self.codes), safe="/?&=%")

    def stops(self) -> Iterator[tuple[Stop, str]]:
        """Every stop with its whole address."""
        for stop in STOPS:
            yield stop, self.address + self.path_of(stop)


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """The house of tests.stories.looks.rare in a folder, on today's date, until the end."""
    env, port = environment(folder), free_port()
    command = [sys.executable, "-m", "flask", "--app", "backend.app:create_app", "demo"]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)
    server = subprocess.Popen(
        # One process: two would add what is rare at once, and one that fails to begin ends both.
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}",
         "--workers", "1", "--threads", "4",
         # The first minute may be slow where many tests share the machine.
         "--timeout", "300", "tests.stories.looks.rare:create_app()"],
        env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for_port(port, server)
        found = codes(lambda path, **asked: ask(address, path, **asked))
        yield Site(address, found | {"sign": _sign_of(address, found["active"])})
    finally:
        server.terminate()
        server.wait(timeout=20)


def _sign_of(address, code):
    """What the counter sign of an outlet says, as its badge's page links to it."""
    with urllib.request.urlopen(f"{address}/outlets/{code}/badge", timeout=120) as page:
        return re.search(r'/b/([^"]+)"', page.read().decode())[1]


def ask(address: str, path: str, **asked) -> dict:
    """What the API answers."""
    with urllib.request.urlopen(
        f"{address}{path}?{urllib.parse.urlencode(asked)}", timeout=120
    ) as answer:
        return json.load(answer)
