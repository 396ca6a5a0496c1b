"""A PostgreSQL server of the measurement's own: Debian's binaries and ordinary settings."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import machine
from bench.server import free_port
from tests.postgres import binaries

MISSING = "没有 PostgreSQL，这一部分不量（apt-get install postgresql）。"
SHUT = "{folder} 里建不了数据库：用户 {owner} 要能走进去，请用 --folder 换一个地方。"
OWNER = "postgres"
# As one would set them on a machine that does other work too; what is written is on the disk.
SETTINGS = {
    "shared_buffers": "1GB", "max_wal_size": "4GB", "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}  # fmt: skip


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of the database kept in this folder, for as long as its server runs.

    Nobody else uses the folder meanwhile: a server that still runs there was left behind.
    """
    if not (folder / "whole").exists():
        _make(folder)
    if (folder / "data" / "postmaster.pid").exists():
        _told("pg_ctl", "-D", folder / "data", "-w", "stop", check=False)
    port = free_port()
    words = " ".join(f"-c {key}={value}" for key, value in (SETTINGS | {"port": port}).items())
    # Replaying what a killed fill left may take minutes.
    _told("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-t", "900", "-o", words,
          "start")  # fmt: skip
    try:
        yield f"postgresql+pool://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        _told("pg_ctl", "-D", folder / "data", "-w", "-t", "300", "-m", "fast", "stop")


def _make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
    try:
        _told("initdb", "-D", folder / "data", "-A", "trust", "-U", OWNER, "-E", "UTF8",
              "--locale=C.UTF-8")  # fmt: skip
    except RuntimeError as error:
        raise RuntimeError(SHUT.format(folder=folder, owner=OWNER)) from error
    (folder / "whole").touch()


def processes(folder: Path) -> list[int]:
    """The server's processes, the one that listens first."""
    first = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    return [first, *machine.children(first)]


def _told(name, *words, check=True):
    as_owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str((binaries() or Path()) / name), *map(str, words)]
    # What a server says goes to its log: a pipe would stay open as long as it runs.
    done = subprocess.run(
        command, check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, **as_owner,
    )  # fmt: skip
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}")
