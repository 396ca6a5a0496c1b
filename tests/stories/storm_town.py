"""The town a storm rages over, and what its sheets say at each step."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from backend.money import yuan
from backend.outside.clock import SystemClock, city_day
from tests.makers import A_DRUG, A_PRICE, AN_OUTLET

DRUGS, OUTLETS, SOME = 40, 1_200, 200
WINNING_FEN = 1_200
MIDDLE = (41.796, 123.455)
# Every third step moves and renames all outlets, the others change all prices.
OUTLETS_EVERY = 3


class Step(NamedTuple):
    """What is published after a step: how often outlets, and how often prices were."""

    outlets: int
    prices: int


def step(number: int) -> Step:
    """The state after so many steps; the first two fill the town."""
    renamed = number // OUTLETS_EVERY
    return Step(renamed, number - renamed)


def kind_of(number: int) -> str:
    """What sort of sheet a step hands in."""
    return "outlets" if number % OUTLETS_EVERY == 0 else "prices"


def name_of(outlet: int, told: Step) -> str:
    """What an outlet is called."""
    return f"演示{outlet:04d}号药房第{told.outlets}版"


@lru_cache(maxsize=4)
def places(outlets: int) -> list[tuple[float, float]]:
    """Where the outlets stand; each time they are published anew, somewhere else."""
    drawn = Random(f"places {outlets}")
    return [
        (round(MIDDLE[0] + drawn.uniform(-0.02, 0.02), 5),
         round(MIDDLE[1] + drawn.uniform(-0.02, 0.02), 5))
        for _ in range(OUTLETS)
    ]  # fmt: skip


class Prices(NamedTuple):
    """What is asked in a state, 分: by drug and outlet, and by outlet and drug."""

    of_drug: dict[int, dict[int, int]]
    at_outlet: dict[int, dict[int, int]]


@lru_cache(maxsize=4)
def prices(times: int) -> Prices:
    """One drug is sold everywhere, each other one at some outlets; no price is asked twice."""
    drawn, found = Random("prices"), Prices({}, {n: {} for n in range(OUTLETS)})
    for drug in range(DRUGS):
        sellers = drawn.sample(range(OUTLETS), SOME if drug else OUTLETS)
        found.of_drug[drug] = {at: drawn.randrange(900, 1_500) + times for at in sellers}
        for outlet, fen in found.of_drug[drug].items():
            found.at_outlet[outlet][drug] = fen
    return found


def drug_rows() -> Iterator[dict]:
    """The sheet of drugs, which never changes."""
    for drug in range(DRUGS):
        yield A_DRUG | {
            "药品编码": f"D{drug:04d}", "通用名": f"演示药{drug:04d}片",
            "中选价": yuan(WINNING_FEN),
        }  # fmt: skip


def outlet_rows(told: Step) -> Iterator[dict]:
    """The sheet of outlets of a state."""
    for outlet, (lat, lon) in enumerate(places(told.outlets)):
        yield AN_OUTLET | {
            "定点编码": f"A{outlet:04d}", "机构名称": name_of(outlet, told), "纬度": str(lat),
            "经度": str(lon),
        }  # fmt: skip


def price_rows(told: Step) -> Iterator[dict]:
    """The sheet of prices of a state."""
    today = city_day(SystemClock().now()).isoformat()
    for drug, outlet, fen in every_price(told):
        yield A_PRICE | {
            "定点编码": f"A{outlet:04d}", "药品编码": f"D{drug:04d}", "价格": yuan(fen),
            "观测日期": today,
        }  # fmt: skip


def every_price(told: Step) -> Iterator[tuple[int, int, int]]:
    """(drug, outlet, 分) of a state."""
    for drug, asked in prices(told.prices).of_drug.items():
        for outlet, fen in asked.items():
            yield drug, outlet, fen


def written(folder: Path, number: int) -> Path:
    """The sheet of a step as a file."""
    rows = (outlet_rows if kind_of(number) == "outlets" else price_rows)(step(number))
    return write(folder / f"{number}.csv", rows)


def write(path: Path, rows: Iterator[dict]) -> Path:
    """A CSV of these rows, which all have the same columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = None
        for row in rows:
            writer = writer or _headed(file, row)
            writer.writerow(row)
    return path


def _headed(file, row):
    writer = csv.DictWriter(file, row)
    writer.writeheader()
    return writer
