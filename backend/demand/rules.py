"""What counts as one matter of one week, and what of it may be shown."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

WHYS = ("nothing_found", "nobody_sells", "none_in_stock", "none_in_reach")


class Cell(NamedTuple):
    """What is counted: a day, a district's code, a drug's code or words, and why."""

    day: date
    district: str
    drug: str
    words: str
    why: str

    @property
    def about(self) -> str:
        """What one asker may be counted for once a week, whatever the reasons were."""
        return f"{self.district} {self.drug} {self.words}"


class Matter(NamedTuple):
    """A drug or words in a district and a week (its Monday): the main reason, how many askers."""

    week: date
    district: str
    drug: str
    words: str
    why: str
    askers: int


def monday_of(day: date) -> date:
    """The Monday a day's week begins with."""
    return day - timedelta(days=day.weekday())


def rolled(cells: Iterable[tuple[Cell, int]]) -> list[Matter]:
    """The cells of each matter and week together, the latest week and the most askers first.

    An asker was counted for one of the reasons only, so their sum counts askers.
    """
    whys: dict[tuple, Counter[str]] = {}
    for cell, askers in cells:
        key = (monday_of(cell.day), cell.district, cell.drug, cell.words)
        whys.setdefault(key, Counter())[cell.why] += askers
    matters = [
        Matter(week, district, drug, words, _main(counts), counts.total())
        for (week, district, drug, words), counts in whys.items()
    ]
    return sorted(matters, key=lambda m: (-m.week.toordinal(), -m.askers, *m[1:4]))


def _main(counts):
    return min(counts, key=lambda why: (-counts[why], WHYS.index(why)))


def shown(matters: Iterable[Matter], least: int) -> Iterator[Matter]:
    """Those so many askers had; what fewer asked for may point at one of them."""
    return (matter for matter in matters if matter.askers >= least)
