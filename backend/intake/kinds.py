"""What a kind of sheet must know to come in: its form, how rows are staged, compared, published."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Protocol

from backend.intake.models import Delivery
from backend.sheets.forms import Form
from backend.sheets.reading import Problem, Row

Progress = Callable[[str, float], None]
# Tells the search index what was noted for it.
Tell = Callable[[Progress], None]


def in_silence(step: str, share: float) -> None:
    """The progress nobody watches."""


@dataclass
class Diff:
    """What a delivery would change: counts, and the first few examples of each change."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    older: int = 0
    doubts: int = 0
    examples: list[dict] = field(default_factory=list)
    doubtful: list[dict] = field(default_factory=list)

    EXAMPLES, DOUBTFUL = 20, 100

    @property
    def is_empty(self) -> bool:
        """Whether publishing would change nothing."""
        return not (self.added or self.changed or self.withdrawn or self.older)

    def as_facts(self) -> dict:
        """Plain JSON-able facts."""
        return asdict(self)


class Stager(Protocol):
    """One delivery being staged; it remembers what the rows before said."""

    def take(self, rows: Sequence[Row]) -> list[Problem]:
        """Stage these rows; return what is wrong with them."""

    def finish(self) -> list[Problem]:
        """After the last row: stage what was gathered, and say what only the whole shows."""


class Kind(Protocol):
    """One kind of sheet."""

    key: str
    form: Form

    def stager(self, delivery: Delivery, *, columns: frozenset[str], today: date) -> Stager:
        """A stager for a new delivery; `columns` are the keys its header has."""

    def compare(self, delivery: Delivery, progress: Progress) -> Diff:
        """Compare what is staged with what is published."""

    def write(self, delivery: Delivery, progress: Progress) -> None:
        """Write, in short transactions from `delivery.cursor`, what stays unseen until the flip."""

    def flip(self, delivery: Delivery) -> None:
        """Inside the one short transaction that publishes: change the rows that exist already."""

    def settle(self, delivery: Delivery, progress: Progress) -> None:
        """After publishing, as often as needed: sweep, index, derive."""

    def clear(self, delivery: Delivery) -> None:
        """Drop what is staged."""
