"""One import in a process of its own, so that its memory is nobody else's."""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from backend import db
from backend.app import create_app
from backend.bars import Bar
from backend.intake import actions as intake
from backend.prices.sheetkinds import sheet_kinds


def take(path: Path) -> dict[str, float]:
    """Check and publish a sheet of prices: rows, seconds until each was done, peak memory in MB."""
    kind, bar = sheet_kinds()["prices"], Bar()
    with db.opened():
        begun = perf_counter()
        delivery = intake.receive(kind, path, progress=bar)
        checked = perf_counter() - begun
        intake.publish(kind, delivery, accept_doubts=True, progress=bar)
        published = perf_counter() - begun
    bar.close()
    return {
        "rows": delivery.rows, "checked_s": checked, "published_s": published,
        "peak_mb": _peak_mb(),
    }  # fmt: skip


def _peak_mb():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KB, macOS in bytes.
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    create_app()
    sys.stdout.write(json.dumps(take(Path(sys.argv[1]))))
