"""The house that is measured: built once by the demonstration's own importers, then reused."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend import db
from backend.app import create_app
from backend.commands import Bar
from backend.demo.load import load_demo
from backend.prices.lookups import city_moment
from backend.settings import Settings


@dataclass(frozen=True)
class House:
    """A folder with a database, a search index and the outlines of the districts."""

    folder: Path

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
        return {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SEARCH_URL": f"sqlite:///{self.index}",
            "QUEUE_URL": f"sqlite:///{self.folder / 'queue.db'}",
            "LIMITS_URL": f"sqlite:///{self.folder / 'limits.db'}",
            # Counted like anybody's questions, but never refused.
            "RATE_LIMIT": "100000000/minute",
            "CACHE_DIR": str(self.folder / "cache"),
            "SECRET_KEY": "only for measuring",
        }

    def settings(self) -> Settings:
        """The same as settings."""
        return Settings.from_environment(self.environment)

    def built(self, scale: str, outer: Mapping[str, str]) -> "House":
        """The house itself, built first where it is not there.

        Another process builds it: the memory it took would stay with this one, and be counted as
        its children's.
        """
        whole = self.folder / f"{scale}.whole"
        if not whole.exists():
            command = [sys.executable, "-m", "bench.house", scale]
            subprocess.run(command, env={**outer, **self.environment}, check=True)
            whole.touch()
        return self


def build(scale: str) -> None:
    """Load the demonstration of this scale ("demo" or "city") where the environment points."""
    create_app()
    bar = Bar()
    with db.opened():
        db.migrate()
        load_demo(city_moment().date(), scale=scale, progress=bar)
    bar.close()


if __name__ == "__main__":
    build(sys.argv[1])
