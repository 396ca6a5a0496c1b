"""What an engine keeps of a document: its keys, its words, its strengths and facts."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from search.interface import Document
from search.strengths import numbers, strengths
from search.text import compact


class Card(NamedTuple):
    """A document taken apart: `key` of its id, `size` the length of its name, `words` its
    distinct (field, key) pairs, `strengths` tokens parted by blanks, `facts` as JSON."""

    id: str
    key: str
    rank: int
    size: int
    words: tuple[tuple[str, str], ...]
    strengths: str
    facts: str


def card(document: Document) -> Card:
    """The card of a document."""
    return Card(
        document.id,
        compact(document.id),
        document.rank,
        len(document.name),
        tuple(dict.fromkeys(_words(document))),
        " ".join(_strengths(document)),
        json.dumps(dict(document.facts), ensure_ascii=False, sort_keys=True),
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
