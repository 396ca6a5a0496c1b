"""A fresh house that has outlets and drugs but no price, and sheets of prices to hand in."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from openpyxl import Workbook
from tqdm import tqdm

from backend import db
from backend.money import yuan
from backend.prices.sheets import PRICES, SOURCES
from bench.house import House

HEADER = [column.name for column in PRICES.columns]

_SOURCE_WORDS = {
    weight: next(
        word for word, meant in (PRICES.by_key["source"].choices or {}).items() if meant == weight
    )
    for weight in SOURCES.values()
}
_STOCK_WORDS = {None: "", 0: "否", 1: "是"}

# Everything that stands before the first price comes in.
_KEPT = (
    "publication", "drug", "drug_tag", "batch", "win", "alias", "outlet", "badge_span",
)  # fmt: skip

_PRICES = """
SELECT offer.outlet_code, drug.code, offer.price_fen, offer.in_stock, offer.observed_on,
       offer.source
FROM offer JOIN drug ON drug.id = offer.drug_id ORDER BY offer.outlet_id, offer.drug_id
"""


def bare_house(whole: House, folder: Path) -> House:
    """A house in an empty folder with the outlets and drugs of another, and all indexes made."""
    folder.mkdir(parents=True)
    bare = House(folder)
    db.connect(bare.settings().database_url)
    with db.opened():
        db.migrate()
        db.run("ATTACH ? AS whole", str(whole.database))
        with db.database.atomic():
            db.run("DELETE FROM publication")
            for table in _KEPT:
                db.run(f"INSERT INTO {table} SELECT * FROM whole.{table}")
    db.database.close_all()
    return bare


def prices_csv(whole: House, path: Path, rows: int) -> int:
    """Write a sheet of at most so many of the house's prices; returns how many there are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        return _written(writer.writerow, whole, path, rows)


def prices_xlsx(whole: House, path: Path, rows: int) -> int:
    """The same as a workbook."""
    book = Workbook(write_only=True)
    page = book.create_sheet("价格")
    page.append(HEADER)
    count = _written(page.append, whole, path, rows)
    book.save(path)
    return count


def _written(write, whole, path, rows):
    count = 0
    for row in tqdm(_prices(whole, rows), desc=f"写 {path.name}", unit=" 行", leave=False):
        write(row)
        count += 1
    return count


def _prices(whole: House, most: int) -> Iterator[list[str]]:
    with closing(sqlite3.connect(whole.database)) as line:
        for outlet, drug, fen, stock, seen, source in islice(line.execute(_PRICES), most):
            yield [outlet, drug, yuan(fen), _STOCK_WORDS[stock], seen, _SOURCE_WORDS[source], "",
                   "在售"]  # fmt: skip
