"""Real servers of Debian for the tests that need one: on a free port, stopped at the end."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MISSING = "没有找到 {name}：用它的测试没有运行（apt-get install {package}）"


def program(name: str, *, package: str, always: bool = True) -> str:
    """Where a program lies; without it the test is skipped, saying what to install.

    With SERVERS_NEEDED set it fails instead, where the program is one the proof `always` needs.
    """
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found:
        return found
    words = MISSING.format(name=name, package=package)
    needed = always and os.environ.get("SERVERS_NEEDED")
    return pytest.fail(words) if needed else pytest.skip(words)


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, process: subprocess.Popen, *, seconds: float = 30) -> None:
    """Wait until somebody listens; raises RuntimeError where the process ended instead."""
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nobody listens on {port}")


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """The URL of a Redis of the test's own, which keeps everything in memory."""
    port = free_port()
    command = [
        program("redis-server", package="redis-server"), "--port", str(port), "--save", "",
        "--bind", "127.0.0.1", "--dir", str(folder), "--loglevel", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)
