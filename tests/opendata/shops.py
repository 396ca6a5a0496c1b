"""Prices of every source at a few outlets, and what was published of them."""

import gzip
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from backend.opendata.actions import publish
from backend.outside import outside
from tests.makers import A_PRICE, many_drugs, many_outlets, sheet, take
from tests.opendata.conftest import TODAY

PHARMACY = {"机构类别": "零售药店（连锁）"}


def open_shops(folder: Path, *, drugs: int = 3, outlets: int = 4, **facts) -> None:
    """So many drugs and outlets, nothing sold yet."""
    take("drugs", sheet(folder, many_drugs(drugs)))
    take("outlets", sheet(folder, [row | facts for row in many_outlets(outlets)]))


def asked(outlet: int, drug: int, price: str, source: str = "机构申报", **facts) -> dict:
    """A row of a price sheet."""
    named = {
        "定点编码": f"A{outlet:04d}",
        "药品编码": f"D{drug:04d}",
        "价格": price,
        "来源": source,
    }
    return A_PRICE | named | facts


def hand_in(folder: Path, *rows: dict) -> None:
    """Hand prices in and publish them on the site."""
    take("prices", sheet(folder, list(rows)))


def later(*, days: int) -> None:
    """The clock of the house moves on."""
    outside.clock.moment += timedelta(days=days)


def opened(folder: Path, day=TODAY) -> Path:
    """Publish the open data of a day; the folder of that day."""
    publish(folder / "open-data", day, city="shenyang", nights=99)
    return folder / "open-data" / day.isoformat()


def rows(day: Path, table: str) -> list[dict]:
    """The rows of a table, as its JSON Lines have them."""
    with gzip.open(day / f"{table}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def ask(day: Path, sql: str) -> list[tuple]:
    """A question to the SQLite file."""
    with sqlite3.connect(f"file:{day / 'sanjin.db'}?mode=ro", uri=True) as file:
        return file.execute(sql).fetchall()


def every_byte(day: Path) -> bytes:
    """All that is published of a day, unpacked."""
    read = (path.read_bytes() for path in sorted(day.iterdir()))
    return b"\n".join(gzip.decompress(b) if b[:2] == b"\x1f\x8b" else b for b in read)
