"""PostgreSQL for the tests: Debian's own server on a free port, or one that is named.

TEST_POSTGRES_URL names an existing server whose user may make databases; without it the binaries
are looked for. With neither, the tests that need one are skipped and say so in one line, unless
POSTGRES_NEEDED is set: then they fail.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

MISSING = "没有 PostgreSQL：相关测试没有运行（apt-get install postgresql，或设 TEST_POSTGRES_URL）"
OWNER = "postgres"
# Nothing here must outlive the power going out.
FAST = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "listen_addresses": "127.0.0.1", "shared_buffers": "64MB", "max_connections": "60",
}  # fmt: skip


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def binaries() -> Path | None:
    """The folder of the newest server's binaries, if there is one."""
    told = shutil.which("pg_config")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if told:
        out = subprocess.run([told, "--bindir"], capture_output=True, text=True, check=False).stdout
        folders.append(Path(out.strip()))
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _version(folder):
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


class Server:
    """A server of the tests' own: make it, start it, stop it, lose it."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder, self.port = folder, port or free_port()
        self.url = f"postgresql://{OWNER}@127.0.0.1:{self.port}/postgres"

    def initialised(self) -> "Server":
        """The same, with a cluster that was set up for Chinese: text sorts unlike in SQLite."""
        _run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", OWNER, "--no-sync",
             "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu",
             "--icu-locale=zh")  # fmt: skip
        return self

    def start(self, **changes: str) -> None:
        """Start it and wait until it answers."""
        said = {**FAST, "port": str(self.port), "unix_socket_directories": str(self.folder)}
        words = " ".join(f"-c {name}={value}" for name, value in (said | changes).items())
        _run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", words,
             "start")  # fmt: skip

    def stop(self, how: str = "fast") -> None:
        """Stop it: fast breaks connections off, immediate is a crash."""
        _run("pg_ctl", "-D", self.folder / "data", "-w", "-m", how, "stop")

    def promote(self) -> None:
        """Make a replica the primary."""
        _run("pg_ctl", "-D", self.folder / "data", "-w", "promote")


def _run(name, *words):
    as_owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str((binaries() or Path()) / name), *map(str, words)]
    # What a server says goes to its log: a pipe would stay open as long as it runs.
    done = subprocess.run(
        command, check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, **as_owner,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}")


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder in which the server's user may write; a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="sanjin-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replica_of(server: Server, folder: Path) -> Server:
    """A streaming replica, made as an operator makes it."""
    made = Server(folder)
    _run("pg_basebackup", "-D", folder / "data", "-d", server.url, "-R", "-X", "stream",
         "-c", "fast", "--no-sync")  # fmt: skip
    return made


class Databases:
    """Makes databases on a server, each a copy of another."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.names = (f"sanjin_test_{os.getpid()}_{number}" for number in count(1))
        self.made: list[str] = []

    def make(self, template: str = "template1") -> str:
        """A fresh database; its name."""
        name = next(self.names)
        self.tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        self.made.append(name)
        return name

    def drop(self, name: str) -> None:
        """Drop it, whoever is still connected."""
        self.tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.made.remove(name)

    def url_of(self, name: str) -> str:
        """What DATABASE_URL says of it."""
        place = urlsplit(self.url)
        return place._replace(scheme="postgresql+pool", path=f"/{name}").geturl()

    def tell(self, sql: str) -> None:
        """One statement outside the databases of the tests."""
        place = urlsplit(self.url)._replace(scheme="postgresql").geturl()
        with psycopg.connect(place, autocommit=True) as line:
            line.execute(sql)


@contextmanager
def running_server(**changes: str) -> Iterator[Server]:
    """A server for as long as it is needed; skips where there are no binaries."""
    needed()
    with own_folder() as folder:
        server = Server(folder).initialised()
        server.start(**changes)
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop("immediate")


def needed() -> None:
    """Skip, or fail where it must not be missing."""
    if binaries() is None:
        (pytest.fail if os.environ.get("POSTGRES_NEEDED") else pytest.skip)(MISSING)


@contextmanager
def databases() -> Iterator[Databases]:
    """The server of the session and the databases made on it."""
    named = os.environ.get("TEST_POSTGRES_URL")
    if not named:
        with running_server() as server:
            yield Databases(server.url)
        return
    kept = Databases(named)
    try:
        yield kept
    finally:
        for name in list(kept.made):
            kept.drop(name)
