"""The worker of a house in which somebody has things checked: `python -m tests.checking.night`."""

from backend import verdicts, worker
from tests.checking.caller import CALLERS

if __name__ == "__main__":
    # As a slice brings its own.
    verdicts.DECIDED.update(CALLERS)
    worker.main()
