"""What was asked in vain, waiting in the process's memory for a moment, for nobody to wait."""

import threading
from collections import Counter
from datetime import datetime
from typing import NamedTuple

from backend.demand.rules import Cell

# A process that cannot write forgets rather than grows.
MOST_NOTES, MOST_CELLS = 2_000, 5_000
# More in a day than a person looks for: whoever goes through everything is a program.
MOST_OF_ONE, MOST_ASKERS = 40, 50_000


class Note(NamedTuple):
    """One asker, by a mark, with something he could not get; the city's time."""

    cell: Cell
    asker: str
    moment: datetime


class Waiting:
    """Notes not yet looked at, and cells counted but not yet written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin with nothing."""
        self.notes: list[Note] = []
        self.cells: Counter[Cell] = Counter()
        self.day = ""
        self.asked: Counter[str] = Counter()

    def add(self, note: Note) -> None:
        """Keep a note; one too many, or of one who asks too much, is dropped."""
        with self.lock:
            if self.day != note.cell.day.isoformat() or len(self.asked) > MOST_ASKERS:
                self.day, self.asked = note.cell.day.isoformat(), Counter()
            self.asked[note.asker] += 1
            if self.asked[note.asker] <= MOST_OF_ONE and len(self.notes) < MOST_NOTES:
                self.notes.append(note)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at or to write."""
        return not (self.notes or self.cells)

    def taken(self) -> list[Note]:
        """All notes, which wait no longer."""
        with self.lock:
            notes, self.notes = self.notes, []
        return notes

    def count(self, cell: Cell) -> None:
        """Count one more asker of a cell."""
        with self.lock:
            if cell in self.cells or len(self.cells) < MOST_CELLS:
                self.cells[cell] += 1

    def written(self, cells: Counter[Cell]) -> None:
        """Take out what has been written."""
        with self.lock:
            self.cells -= cells
