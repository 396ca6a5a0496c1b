"""The worker's thread that tells the index what was noted, a moment after it was."""

from collections.abc import Callable

from backend.indexing.draining import Sources, drain
from backend.outside.rounds import Rounds


class Drainer(Rounds):
    """Looks for notes; `first` may add some."""

    failing = "the index is not told for now, notes are kept: %s"
    working_again = "the index is told again"

    def __init__(
        self, sources: Sources, *, first: Callable[[], object], pause_s: float = 0.25
    ) -> None:
        super().__init__("index", pause_s=pause_s)
        self.sources, self.first = sources, first

    def round(self) -> None:
        """Tell all that is due."""
        self.first()
        drain(self.sources)
