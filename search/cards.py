"""What an engine keeps of a document: its keys, its words, its strengths, facts and place."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from search.digests import digest
from search.facts import many, outlined
from search.interface import Document
from search.places import Place, is_place
from search.strengths import numbers, strengths
from search.text import compact


class Card(NamedTuple):
    """A document taken apart: `key` of its id, `size` the length of its name, `words` its
    distinct (field, key) pairs, `strengths` tokens parted by blanks, `facts` as JSON, empty
    lists standing for those of many values, which are in `many`."""

    id: str
    key: str
    rank: int
    size: int
    words: tuple[tuple[str, str], ...]
    strengths: str
    facts: str
    many: dict[str, list[str]]
    place: Place | None
    digest: str


def card(document: Document) -> Card:
    """The card of a document; ValueError with a sentence where its place is none."""
    place = document.place
    if place is not None and not is_place(place):
        raise ValueError(f"place：文档 {document.id!r} 的 {place} 不是经纬度，请写（纬度，经度）")
    return Card(
        document.id,
        compact(document.id),
        document.rank,
        len(document.name),
        tuple(dict.fromkeys(_words(document))),
        " ".join(_strengths(document)),
        json.dumps(outlined(document.facts), ensure_ascii=False, sort_keys=True),
        many(document.facts),
        place and (float(place[0]), float(place[1])),
        digest(document),
    )


def _words(document: Document) -> Iterable[tuple[str, str]]:
    said = [("name", document.name), ("core", document.core), ("maker", document.maker)]
    said += [("alias", alias) for alias in document.aliases]
    said += [("tag", tag) for tag in document.tags]
    said += [("spec", document.spec)]
    keys = ((field, compact(text)) for field, text in said)
    return ((field, key) for field, key in keys if key)


def _strengths(document: Document) -> Iterable[str]:
    printed = f"{document.spec} {document.name}"
    tokens = strengths(printed)
    bare = (f"#{number}" for number in (*numbers(printed), *numbers(" ".join(tokens))))
    return dict.fromkeys([*tokens, *bare])
