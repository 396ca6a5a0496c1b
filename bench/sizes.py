"""How large the houses are that are measured, and the sheets that fill them."""

import csv
import os
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from tqdm import tqdm

from backend.demo import outlets, prices
from backend.demo.prices import Product, Scale

# A city of nine million has ten thousand outlets, a province of 42 million nearly fifty thousand;
# there are 234 drugs to sell, so the last step takes more of them at each outlet as well.
SIZES = {
    "10k": Scale(100, 100, 25),
    "100k": Scale(1_000, 100, 25),
    "1m": Scale(10_000, 100, 25),
    "10m": Scale(50_000, 200, 25),
}
# What the first step of anything is tried with: none of the four.
SMALL = {"demo": prices.DEMO}

# A sheet may hold 1.2 million rows.
ROWS = 1_000_000


def offers_of(size: str) -> int:
    """How many offers a house of this size holds."""
    scale = (SIZES | SMALL)[size]
    return scale.outlets * scale.prices


class Sheets:
    """The sheets of a size in a folder: made when first asked for, the same for every engine.

    Those of prices have at most `rows` rows each.
    """

    def __init__(self, folder: Path, size: str, *, rows: int = ROWS) -> None:
        self.folder, self.scale, self.rows = folder, (SIZES | SMALL)[size], rows
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def today(self) -> date:
        """The day the sheets are of: the one on which the first of them was made."""
        noted = self.folder / "today"
        if not noted.exists():
            _put(noted, [[date.today().isoformat()]])
        return date.fromisoformat(noted.read_text(encoding="utf-8").strip())

    def outlets(self) -> Path:
        """The sheet of outlets."""
        path = self.folder / "outlets.csv"
        if not path.exists():
            rows = outlets.make_outlets(self.scale.outlets, today=self.today)
            told = tqdm(rows, path.name, total=self.scale.outlets, leave=False)
            _put(path, [outlets.HEADER], (row.values() for row in told))
        return path

    def prices(self, drugs: Sequence[Product]) -> Iterator[Path]:
        """The sheets of prices."""
        whole = self.scale.outlets * self.scale.prices
        paths = [self.folder / f"prices-{n:02d}.csv" for n in range(-(-whole // self.rows))]
        rows = self._rows(drugs)
        for path in paths:
            if path.exists():
                # Made before: what comes after it follows from its last row.
                for _ in islice(rows, self.rows if path != paths[-1] else 0):
                    pass
            else:
                told = tqdm(islice(rows, self.rows), path.name, unit=" 行", leave=False)
                _put(path, [prices.HEADER], told)
            yield path

    def _rows(self, drugs):
        with self.outlets().open(encoding="utf-8", newline="") as file:
            standing = list(csv.DictReader(file))
        return prices.make_prices(standing, drugs, today=self.today, size=self.scale)


def _put(path, *parts):
    """Whole or not at all, whoever else writes the same."""
    draft = path.with_suffix(f".{os.getpid()}")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for part in parts:
            writer.writerows(part)
    draft.replace(path)
