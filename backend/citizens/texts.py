"""The texts people consent to, as data: each kind in versions, of which one is today's."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("consents.toml")
PERSONAL = "personal"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One version of a text: what it is, which data, why, what happens when refused, says who."""

    kind: str
    version: str
    from_: date
    title: str
    text: str
    data: tuple[str, ...]
    why: str
    refused: str
    basis: str


@cache
def every_text(file: Path = FILE) -> Mapping[str, tuple[Text, ...]]:
    """Every version of every kind, the earliest first."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return {kind: tuple(_read(kind, one) for one in versions) for kind, versions in raw.items()}


def _read(kind, one):
    given = dict(one)
    return Text(kind=kind, from_=given.pop("from"), data=tuple(given.pop("data")), **given)


def kinds() -> tuple[str, ...]:
    """The kinds of consent there are: personal, health, place, notices."""
    return tuple(every_text())


def text_on(kind: str, day: date, file: Path = FILE) -> Text:
    """The version that holds on a day: the last that has begun; before the first it is the first.

    Raises KeyError for a kind there is not.
    """
    first, *later = every_text(file)[kind]
    begun = [one for one in later if one.from_ <= day]
    return begun[-1] if begun else first


def texts_on(day: date, file: Path = FILE) -> tuple[Text, ...]:
    """The texts of a day, one of each kind."""
    return tuple(text_on(kind, day, file) for kind in every_text(file))
