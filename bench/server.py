"""The project under gunicorn on a free port of this machine, and a client that keeps its line."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench import machine

CONFIG = "gunicorn.conf.py"
START_WITHIN = 60.0


class Client:
    """One resident's browser: asks one thing after another over the same connection."""

    def __init__(self, port: int, server: int = 0) -> None:
        self.port, self.server = port, server
        self.line = HTTPConnection("127.0.0.1", port, timeout=30)

    def workers(self) -> list[int]:
        """The processes that answer."""
        return machine.children(self.server)

    def get(self, path: str) -> bytes:
        """The body of the answer; raises RuntimeError for anything but 200."""
        try:
            return self._get(path)
        except (HTTPException, ConnectionError):
            # A server may hang up on an idle line; a browser then calls again.
            self.line.close()
            return self._get(path)

    def _get(self, path):
        self.line.request("GET", path)
        answer = self.line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return body


@contextmanager
def serving(
    app: str, environment: Mapping[str, str], *, log: Path, workers: int = 2
) -> Iterator[Client]:
    """A client of `app` served with the project's own gunicorn settings, stopped at the end."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "-c", CONFIG, "--workers", str(workers),
        "--bind", f"127.0.0.1:{port}", app,
    ]  # fmt: skip
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=out, stderr=out
        )
        try:
            client = Client(port, server.pid)
            _wait(client, server, log)
            yield client
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _wait(client, server, log):
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            client.get("/healthz")
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"gunicorn did not start, see {log}") from None
            time.sleep(0.1)
