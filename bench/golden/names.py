"""The real names questions are made from: all of the demonstration, and some of the large files.

bench/golden_names.csv keeps the latter: `asked` names drawn by a fixed seed, and `near` cores that
lie one character from a name that is asked, so that no wrong character is asked that might as well
be another drug. `python -m bench.golden.names FOLDER` draws them anew.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from random import Random
from typing import NamedTuple

from backend.catalog.naming import core
from backend.demo.sheets import shipped

DRAWN = Path(__file__).parent.parent / "golden_names.csv"
SEED = "golden"
# How many of each sort of the large catalogue, and of how many products at least.
_SHARES = {"西药": (110, 3), "中成药": (60, 3), "进口化学药": (20, 2), "国产生物制品": (10, 3)}
# Cores that end in half a form: nobody would call the drug so.
_CUT_SHORT = ("含", "混悬", "封管", "合剂", "贴膏", "洗剂")


class Name(NamedTuple):
    """A product as its sheet names it."""

    core: str
    name: str
    strength: str = ""
    count: str = ""
    firm: str = ""


@cache
def demo() -> tuple[Name, ...]:
    """The products of the demonstration."""
    with as_file(shipped("drugs")) as path, path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Name(row["成分名"], row["通用名"], row["规格"], row["包装数量"], row["生产企业"])
            for row in csv.DictReader(file)
        )


@cache
def drawn(role: str = "asked") -> tuple[Name, ...]:
    """The names of the large files that are asked, or lie near."""
    with DRAWN.open(encoding="utf-8", newline="") as file:
        return tuple(
            Name(row["core"], row["name"]) for row in csv.DictReader(file) if row["role"] == role
        )


def one_apart(one: str, other: str) -> bool:
    """Whether two names differ in exactly one character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def draw(folder: Path) -> list[tuple[str, str, str]]:
    """(core, generic name, role) of each name to keep, from the large files of a folder."""
    names, sorts = _named(folder / "drug_catalog.csv")
    here, chosen = {name.core for name in demo()}, []
    for sort, (share, least) in _SHARES.items():
        fit = sorted(
            one for one, count in sorts[sort].items()
            if count >= least and one not in here and _is_askable(one)
        )  # fmt: skip
        chosen += sorted(Random(f"{SEED} {sort}").sample(fit, min(share, len(fit))))
    asked = list(dict.fromkeys(chosen))
    every = here | set(asked)
    near = sorted(
        one for one in names if one not in every and any(one_apart(one, name) for name in every)
    )
    return [(one, names[one], "asked") for one in asked] + [(one, "", "near") for one in near]


def known(folder: Path) -> set[str]:
    """The core of every name in the large catalogue of a folder."""
    return set(_named(folder / "drug_catalog.csv")[0])


def _named(path):
    """The most frequent generic name of each core, and how many products of each sort it has."""
    names: dict = defaultdict(lambda: defaultdict(int))
    sorts: dict = defaultdict(lambda: defaultdict(int))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = core(row["generic_name"])
            names[one][row["generic_name"]] += 1
            sorts[row["drug_type"]][one] += 1
    return {one: max(sorted(found), key=found.get) for one, found in names.items()}, sorts


def _is_askable(text):
    chinese = all("一" <= sign <= "鿿" for sign in text)
    return chinese and 3 <= len(text) <= 8 and not text.endswith(_CUT_SHORT)


def _keep(rows: Iterable[tuple[str, str, str]]) -> None:
    with DRAWN.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("core", "name", "role"), *rows])


if __name__ == "__main__":
    _keep(draw(Path(sys.argv[1])))
