"""The house that is measured: built once by the project's own importers, then reused."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from backend.settings import Settings
from bench import postgres

ENGINES = ("sqlite", "postgresql")
BUSY = "{folder} 正被另一个进程使用（可能还在装数据），等它做完再来。"


@dataclass(frozen=True)
class House:
    """A folder with a search index and a database, unless that is on a server (its URL).

    `search` is the URL of a Meilisearch server, where that finds instead of the built-in index.
    """

    folder: Path
    server: str = ""
    search: str = ""

    @property
    def engine(self) -> str:
        """What holds its tables."""
        return "postgresql" if self.server else "sqlite"

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "sanjin.db"

    @property
    def index(self) -> Path:
        """The search index's file."""
        return self.folder / "search.db"

    @property
    def environment(self) -> dict[str, str]:
        """What points the project here."""
        built_in = f"sqlite:///{self.index}"
        return {
            "DATABASE_URL": self.server or f"sqlite:///{self.database}",
            "SEARCH_URL": self.search or built_in,
            "SEARCH_KEY": os.environ.get("TEST_MEILI_KEY", "") if self.search else "",
            "SEARCH_FALLBACK_URL": built_in,
            "QUEUE_URL": f"sqlite:///{self.folder / 'queue.db'}",
            "LIMITS_URL": f"sqlite:///{self.folder / 'limits.db'}",
            # Counted like anybody's questions, but never refused.
            "RATE_LIMIT": "100000000/minute",
            "CACHE_DIR": str(self.folder / "cache"),
            "OPEN_DATA_DIR": str(self.folder / "open-data"),
            "SECRET_KEY": "only for measuring",
        }

    def settings(self) -> Settings:
        """The same as settings."""
        return Settings.from_environment(self.environment)

    def with_search(self, url: str) -> "House":
        """The same house, finding with a server."""
        return replace(self, search=url)

    def built(self, size: str, outer: Mapping[str, str]) -> "House":
        """The house itself, filled first where it is not, or not wholly.

        Another process fills it: the memory it took would stay with this one, and be counted as
        its children's.
        """
        if not (self.folder / f"{size}.whole").exists():
            sheets = self.folder.parent.parent / "sheets" / size
            command = [sys.executable, "-m", "bench.filling", size, str(self.folder), str(sheets)]
            subprocess.run(command, env={**outer, **self.environment}, check=True)
        # What was filled by another version may have tables and an index of that version.
        for command in (["migrate"], ["index", "check", "--repair"]):
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "backend.app", *command],
                env={**outer, **self.environment}, check=True, capture_output=True,
            )  # fmt: skip
        return self


@contextmanager
def opened(engine: str, folder: Path) -> Iterator[House]:
    """The house of an engine in a folder that is nobody else's meanwhile; RuntimeError else."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(BUSY.format(folder=folder)) from None
        if engine == "sqlite":
            yield House(folder)
            return
        with postgres.running(folder / "server") as url:
            yield House(folder, url)
