"""A clerk's desk: each sheet is taken in by a process of its own, which may be killed any time.

The process that waits at the desk has loaded the project once and forks for each sheet, so that
one costs milliseconds: with a start of Python for each, a storm would be mostly starting.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from backend import db
from backend.app import create_app
from backend.intake import actions as intake
from backend.outside import outside
from backend.prices.sheetkinds import sheet_kinds
from tests.house.project import ROOT


class Desk:
    """Hands sheets to the waiting process: `begin` gives the number of the one at work."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.stories.clerk"], cwd=ROOT, env=env, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=out,
            )  # fmt: skip

    def begin(self, kind: str, path: Path) -> int:
        """Have a sheet taken in; the number of the process that does it."""
        self.process.stdin.write(json.dumps([kind, str(path)]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> int:
        """Wait for it; 0 well, below that the signal that killed it, above it failed."""
        return int(self.process.stdout.readline())

    def close(self) -> None:
        """Go home."""
        self.process.stdin.close()
        self.process.wait(timeout=60)


def main() -> None:
    """Wait for sheets, a line for each; tell the number of the process, then how it went."""
    create_app()
    with db.opened():
        db.migrate()
    db.database.close_all()
    for line in sys.stdin:
        kind, path = json.loads(line)
        number = os.fork()
        if not number:
            os._exit(_status(kind, path))
        print(number, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)  # noqa: T201


def _status(key, path):
    """What anybody does after an accident: finish what is unfinished, hand the sheet in again."""
    try:
        with db.opened():
            intake.resume(sheet_kinds())
            kind = sheet_kinds()[key]
            intake.publish(kind, intake.receive(kind, path), accept_doubts=True)
    except Exception as error:
        print(type(error).__name__, error, file=sys.stderr, flush=True)  # noqa: T201
        return 1
    finally:
        outside.index.close()
    return 0


if __name__ == "__main__":
    main()
