"""The substances of the published catalogue: what each is called, and how many products it has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from backend.catalog import naming
from backend.catalog.models import Alias, Drug
from backend.intake.remembered import Remembered
from search.text import compact


class Name(NamedTuple):
    """A name as it is written, its key, and whether it is a generic one with salt and form."""

    text: str
    key: str
    generic: bool


@dataclass(frozen=True)
class Substance:
    """A substance: its name without salt and form, its other names, how many products it has, and
    the code of one of them."""

    core: str
    names: tuple[Name, ...]
    products: int
    code: str


@dataclass(frozen=True)
class Substances:
    """All of them by name, and the substance of each product by its code."""

    of_code: Mapping[str, str]
    named: Mapping[str, Substance]

    def grouped(self, codes: Iterable[str]) -> dict[str, list[str]]:
        """These products by substance, both in the order given; unknown codes are left out."""
        found: dict[str, list[str]] = {}
        for code in codes:
            if core := self.of_code.get(code):
                found.setdefault(core, []).append(code)
        return found


_kept: Remembered[str, Substances] = Remembered(most=1)


def substances() -> Substances:
    """The substances of the published catalogue, gathered once for each publication."""
    return _kept.all(["all"], lambda _: {"all": _gathered()})["all"]


def _gathered():
    rows = (
        Drug.seen()
        .where(Drug.withdrawn_on.is_null())
        .select(Drug.code, Drug.core, Drug.generic_name, Drug.brand)
        .tuples()
    )
    of_code: dict[str, str] = {}
    generic: dict[str, set[str]] = defaultdict(set)
    other: dict[str, set[str]] = defaultdict(set)
    for code, core, generic_name, brand in rows:
        of_code[code] = core
        generic[core].add(generic_name)
        if brand:
            other[core].add(brand)
    for name, core in Alias.seen().select(Alias.name, Alias.core).distinct().tuples():
        other[core].add(name)
    one_of = {core: code for code, core in of_code.items()}
    named = {
        core: Substance(core, _names(core, generic[core], other[core]), count, one_of[core])
        for core, count in Counter(of_code.values()).items()
    }
    return Substances(of_code, named)


def _names(core, generic, other):
    """What people call it before what its sheets do, the shortest first."""
    said = sorted({*other, *naming.also(core)} - {core}, key=_short)
    printed = sorted(generic - {core, *said}, key=_short)
    return (
        *(Name(text, compact(text), generic=False) for text in said),
        *(Name(text, compact(text), generic=True) for text in printed),
    )


def _short(name):
    return len(name), name
