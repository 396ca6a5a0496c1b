"""How old the newest price is."""

from datetime import date

from backend.db import as_day, run


class NewestPrice:
    """The day of the newest observation, found by reading each one once: they never change."""

    def __init__(self) -> None:
        self.read_to = 0
        self.day: date | None = None

    def look(self) -> date | None:
        """The day of the newest price anybody handed in, None before the first."""
        asked = "SELECT max(id), max(observed_on) FROM observation WHERE id > ?"
        read_to, day = run(asked, self.read_to).fetchone()
        if day:
            self.read_to = read_to
            self.day = max(self.day or date.min, as_day(day))
        return self.day
