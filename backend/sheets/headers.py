"""Finding the header under title rows, in whatever words it was written."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from backend.sheets.forms import Form

# Only notes that leave the value as it is: （万元） would change it, so it stays and is not known.
_NOTE = re.compile(r"[(\[【](?:单位:?)?(?:人民币|元|必填|选填|可选|可不填)[^)\]】]*[)\]】]")
_NOISE = re.compile(r"[\s*:\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: `places` key → position of the column from 0, `written` key → as written."""

    row: int
    width: int
    places: Mapping[str, int]
    written: Mapping[str, str]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]


def normal(header: str) -> str:
    """A header without widths, spaces, line breaks, unit notes and marks."""
    text = _NOISE.sub("", unicodedata.normalize("NFKC", header)).casefold()
    return _NOTE.sub("", text)


@lru_cache(maxsize=64)
def vocabulary(form: Form) -> dict[str, tuple[str, int]]:
    """Normal header → (key, rank), the column's own name ranking 0; ValueError on a clash."""
    known: dict[str, tuple[str, int]] = {}
    for column in form.columns:
        for rank, word in enumerate((column.name, *column.synonyms)):
            key, _ = known.setdefault(normal(word), (column.key, rank))
            if key != column.key:
                raise ValueError(f"{form.title}: two columns are known as {word}")
    return known


def best_header(lines: Iterable[tuple[int, list[str]]], form: Form) -> Header | None:
    """The row with the most known headers, those with every required one first; None if none."""
    found = (_match(number, cells, form) for number, cells in lines)
    known = [header for header in found if header.places]
    # max keeps the first of equals: the upper row.
    return max(known, key=lambda h: (not h.missing, len(h.places)), default=None)


def _match(number: int, cells: list[str], form: Form) -> Header:
    known = vocabulary(form)
    taken: dict[str, tuple[int, int]] = {}
    repeated = set()
    for place, cell in enumerate(cells):
        key, rank = known.get(normal(cell), (None, 0)) if cell else (None, 0)
        if key is None:
            continue
        if key in taken and taken[key][0] == rank:
            repeated.add(cell.strip())
        if key not in taken or rank < taken[key][0]:
            taken[key] = (rank, place)
    return _header(number, cells, form, {key: place for key, (_, place) in taken.items()}, repeated)


def _header(number, cells, form, places, repeated):
    used = set(places.values())
    return Header(
        row=number,
        width=max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0),
        places=places,
        written={key: cells[place].strip() for key, place in places.items()},
        ignored=tuple(c.strip() for i, c in enumerate(cells) if i not in used and c.strip()),
        missing=tuple(c.name for c in form.required if c.key not in places),
        repeated=tuple(sorted(repeated)),
    )
