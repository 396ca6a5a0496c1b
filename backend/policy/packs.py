"""Which packs there are and which one rules on a day."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from backend.errors import NotFound
from backend.policy import checks, wording
from backend.policy.reading import BadPack, Reader
from backend.policy.terms import Pack

FOLDER = Path(__file__).parent / "packs"


def read_pack(raw: Mapping[str, Any], *, name: str) -> Pack:
    """The pack written in this parsed TOML. Raises BadPack with the first fault."""
    pack = Reader(name).record(Pack, raw, "")
    for where, what in checks.faults(pack):
        raise BadPack(name, where, what)
    return pack


def read_file(path: Path) -> Pack:
    """The pack in this TOML file. Raises BadPack."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadPack(path.name, str(error), wording.NOT_TOML) from None
    return read_pack(raw, name=path.name)


@cache
def load(city: str, folder: Path = FOLDER) -> tuple[Pack, ...]:
    """Every version of a city's pack, the strongest first. Raises BadPack, NotFound."""
    packs = (read_file(path) for path in sorted(folder.glob("*.toml")))
    of_city = [pack for pack in packs if pack.city == city]
    if not of_city:
        raise NotFound(wording.no_pack(city))
    _refuse_equals(of_city)
    return tuple(sorted(of_city, key=_rank, reverse=True))


def files_of(city: str, folder: Path = FOLDER) -> dict[str, Path]:
    """The file of every version of a city's pack, by the pack's id."""
    read = ((read_file(path), path) for path in sorted(folder.glob("*.toml")))
    return {pack.id: path for pack, path in read if pack.city == city}


def pack_on(city: str, day: date, folder: Path = FOLDER) -> Pack:
    """The pack that rules in a city on a day. Raises BadPack, NotFound.

    A document in force goes before a draft, a later date before an earlier one; a pack without
    dates rules on any day that no stronger one reaches.
    """
    return chosen(load(city, folder), day, city=city)


def chosen(packs: Iterable[Pack], day: date, *, city: str) -> Pack:
    """The strongest of these packs that reaches the day. Raises NotFound."""
    reaching = [pack for pack in packs if pack.rules_on(day)]
    if not reaching:
        raise NotFound(wording.no_pack_on(city, day))
    return max(reaching, key=_rank)


def _rank(pack):
    return (not pack.draft, pack.effective_from or date.min)


def _refuse_equals(packs):
    for one, other in combinations(packs, 2):
        if one.id == other.id:
            raise BadPack(one.id, "id", wording.same_id(one.id))
        if _rank(one) == _rank(other):
            raise BadPack(one.id, "effective_from", wording.same_rank(other.id))
