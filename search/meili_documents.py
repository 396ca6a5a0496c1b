"""A document as Meilisearch keeps it: a card to read, and all it can be found by."""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2s
from itertools import pairwise
from typing import Any

from search.cards import Card
from search.facts import texts_of
from search.layers import NAMING, SOUNDING, Word
from search.meili_settings import VERSION
from search.pinyin import abbreviated, homophone_phrase, initials_suffixes, pinyin_suffixes
from search.places import Place
from search.repair import loose
from search.shelf import Row, Shelf

PAIR, RUN = 2, 4  # characters, letters: a word is looked for by all its runs of so many
LONG = 16  # letters kept of what is typed: longer words agree in so many
START, END = "^", "$"  # mark how a word begins, and how it ends read backwards

_MARK = f"{VERSION}\n"
LONGEST = 400  # letters of a value: the server filters by 468 bytes

_special = re.compile(rb"[^a-z0-9-]")
_ascii = re.compile("[a-z0-9]+")


def stored(card: Card) -> dict[str, Any]:
    """What is sent to the server; `card` in it is all that comes back."""
    sounds = {text: homophone_phrase(text) for field, text in card.words if field in SOUNDING}
    named = {text: sounds[text].replace(" ", "") for field, text in card.words if field in NAMING}
    return {
        "pk": document_key(card.id),
        "rank": card.rank,
        "size": card.size,
        "order": order_key(card.id),
        "code": card.key,
        "pairs": _all(runs(text, PAIR) for _, text in card.words),
        "starts": _all([text[:PAIR]] for text in named),
        "latin": _all(_latin(text) for _, text in card.words),
        "sounds": _all(map(sound_pairs, sounds.values())),
        "typed": _all(_typed(text, heard) for text, heard in sounds.items()),
        "letters": _all(runs(letters, RUN) for letters in named.values()),
        "short": _all(_short(one) for one in (*named, *named.values())),
        "strengths": card.strengths.split(),
        "by": {
            escaped(name): [escaped(one) for one in texts_of(value)]
            for name, value in (json.loads(card.facts) | card.many).items()
        },
        "digest": card.digest,
        "card": _written(card, sounds),
    } | _geo(card.place)


def _geo(place: Place | None) -> dict[str, Any]:
    return {"_geo": {"lat": place[0], "lng": place[1]}} if place else {}


def document_key(code: str) -> str:
    """The primary key of an id: the server allows few letters in one."""
    return blake2s(code.encode(errors="replace"), digest_size=16).hexdigest()


def order_key(code: str) -> str:
    """An id, of up to 230 bytes, as the server sorts it byte by byte, as SQLite does."""
    return code.encode().hex()


@lru_cache(maxsize=1 << 14)
def escaped(said: str) -> str:
    """A fact's name or value in small letters that can be read back: the server's own
    comparison does not tell A from a. Those of more than some hundred letters cannot."""
    key = _special.sub(_hexed, said.encode(errors="replace")).decode() or "_"
    return key if len(key) <= LONGEST else f"__{document_key(said)}"


def _hexed(found: re.Match[bytes]) -> bytes:
    return b"_%02x" % found[0][0]


def read_back(key: str) -> str:
    """What was escaped; nothing for what is too long."""
    pieces = (bytes.fromhex(one[:2]) + one[2:].encode() for one in key.split("_")[1:])
    return (
        ""
        if key.startswith("_") and key[1:2] in ("", "_")
        else (key.split("_")[0].encode() + b"".join(pieces)).decode()
    )


def runs(text: str, size: int) -> list[str]:
    """Every run of so many characters, the last ones shorter."""
    return [text[start : start + size] for start in range(len(text))]


def sound_pairs(sounds: str) -> list[str]:
    """Every two syllables that follow each other: what sounds alike shares all of them."""
    heard = sounds.split()
    return [f"{one}.{next}" for one, next in pairwise(heard)]


def _latin(text: str) -> list[str]:
    found = _ascii.findall(text)
    starts = [START + one[:PAIR] for one in found]
    return starts + [run for one in found for run in runs(one, RUN)]


def _short(text: str) -> list[str]:
    """A name so short that only the whole of it is compared with a misspelt word."""
    return [] if loose(text[1:]) else [START + text, END + text[::-1]]


def _typed(text: str, sounds: str) -> list[str]:
    """What a person may type of a word in Latin letters."""
    whole = sounds.replace(" ", ""), abbreviated(sounds)
    typed = (*pinyin_suffixes(text), *initials_suffixes(text))
    return [START + one[:PAIR] for one in whole] + [one[:LONG] for one in typed]


def _all(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(one for several in lists for one in several))


def _written(card: Card, sounds: dict[str, str]) -> str:
    words = [
        f"{field} {text} {sounds[text] if field in SOUNDING else ''}" for field, text in card.words
    ]
    # The id comes last: only it may hold anything.
    place = " ".join(map(repr, card.place or ()))
    lines = (card.key, card.rank, card.size, place, card.strengths, card.facts)
    return "\n".join(map(str, (VERSION, *lines, "\t".join(words), card.id)))


def shelf_of(cards: Iterable[str]) -> Shelf:
    """A shelf of the documents whose cards came back; ValueError for those of another version."""
    numbers: dict[str, int] = {}
    carried: dict[str, tuple[int, ...]] = {}  # many documents share all their words
    rows: list[Row] = []
    for _, _, code, key, place, strengths, facts, words in sorted(_read(cards)):
        if words not in carried:
            said = filter(None, words.split("\t"))
            carried[words] = tuple([numbers.setdefault(one, len(numbers)) for one in said])
        rows.append((code, key, carried[words], strengths, facts, _place(place)))
    return Shelf(rows, {number: _word(said) for said, number in numbers.items()})


def _place(said: str) -> Place | None:
    if not said:
        return None
    lat, lon = map(float, said.split(" "))
    return lat, lon


def ids_of(cards: Iterable[str]) -> list[str]:
    """The ids of documents in the order they came; ValueError for those of another version."""
    return [code for _, _, code, *_ in _read(cards)]


def spots_of(cards: Iterable[str]) -> list[tuple[str, Place | None]]:
    """(id, place) of documents in the order they came; ValueError as above."""
    return [(code, _place(place)) for _, _, code, _, place, *_ in _read(cards)]


def _read(cards: Iterable[str]) -> Iterable[tuple[int, int, str, str, str, str, str, str]]:
    """(order of ties…, id, its key, place, strengths, facts, words) of each document, once."""
    kept = {}
    for said in dict.fromkeys(cards):
        if not said.startswith(_MARK):
            version = said.split("\n", 1)[0]
            raise ValueError(f"索引里的文档是第 {version} 版的，本程序读第 {VERSION} 版")
        _, key, rank, size, place, strengths, facts, words, code = said.split("\n", 8)
        kept[code] = (-int(rank), int(size), code, key, place, strengths, facts, words)
    return kept.values()


@lru_cache(maxsize=1 << 15)
def _word(said: str) -> Word:
    field, text, sounds = said.split(" ", 2)
    return Word(field, text, sounds, sounds.replace(" ", ""), abbreviated(sounds))
