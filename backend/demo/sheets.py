"""The demonstration sheets as files: outlets and prices written, drugs and other names shipped."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from backend.demo import codes, outlets, prices
from backend.demo.prices import Product

SCALES = {"demo": prices.DEMO, "city": prices.CITY}


def shipped(kind: str) -> Traversable:
    """The sheet of a kind that comes with the project: "drugs" or "aliases"."""
    return files("backend.demo") / f"{kind}.csv"


def write_sheets(
    folder: Path, scale: str, today: date, drugs: Sequence[Product], *, seed: int = 2026
) -> tuple[Path, Path]:
    """Write outlets.csv and prices.csv of a scale ("demo" or "city"); return their paths.

    `drugs` are those to put prices on, with the codes they bear in the catalogue.
    """
    size = SCALES[scale]
    places = list(outlets.make_outlets(size.outlets, seed=seed, today=today))
    asked = prices.make_prices(places, drugs, seed=seed, today=today, size=size)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "outlets.csv", outlets.HEADER, (row.values() for row in places))
    _write(folder / "prices.csv", prices.HEADER, asked)
    return folder / "outlets.csv", folder / "prices.csv"


def write_codes(folder: Path, drugs: Sequence[Product]) -> Path:
    """Write product_codes.csv of these drugs; returns its path."""
    _write(folder / "product_codes.csv", codes.HEADER, codes.make_codes(drugs))
    return folder / "product_codes.csv"


def _write(path: Path, header, rows: Iterable):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
