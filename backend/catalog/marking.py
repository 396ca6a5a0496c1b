"""Which letters of a name answer what was typed, so that they can be shown."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby

from backend.catalog.aligning import Sign, reach, signs_of
from search.strengths import scan
from search.text import compact, normalise, runs

_measure = re.compile(r"\d+(?:\.\d+)?[a-zμ%]*")

LEAST = 2  # letters: one alone that two texts share says nothing
MOSTLY, MOSTLY_LATIN = 0.6, 0.7  # of the letters must be there, or it is another name

Parts = list[dict[str, object]]


def marked(text: str, typed: str, *, instead: str = "") -> Parts:
    """The text in parts {text, hit} that join to it; `instead` is marked where nothing answers."""
    hits = answering(text, typed) or _likely(text, typed)
    if not hits and instead:
        hits = answering(text, instead)
    return plain(text) if not hits else list(_parts(text, hits))


def plain(text: str) -> Parts:
    """A text no part of which is marked."""
    return [{"text": text, "hit": False}] if text else []


def answering(text: str, typed: str) -> set[int]:
    """Places of the letters that all of what was typed stands for, none where it does not."""
    key, signs = compact(typed), signs_of(text)
    if not key:
        return set()
    at = "".join(sign.key for sign in signs).find(key)
    if at >= 0:
        return _places(signs, at, at + len(key))
    for start in range(len(signs)):
        if (end := reach(key, signs, start)) is not None:
            return _places(signs, start, end)
    return set()


def _likely(text, typed):
    """Places that answer some of the words, or all but a letter or two."""
    words = [word for word in runs(scan(typed).rest) if len(word) >= LEAST]
    measures = _measure.findall(normalise(typed))
    hits = set().union(*(answering(text, word) for word in (*words, *measures)))
    return hits or _misspelt(signs_of(text), compact(typed))


def _misspelt(signs: tuple[Sign, ...], key: str) -> set[int]:
    """What of the letters, or of the sound, is in what was typed too, in its order."""
    by_sound = key.isascii()
    spelt = [(sign.place, one) for sign in signs
             for one in (by_sound and sign.sound or sign.key)]  # fmt: skip
    matcher = SequenceMatcher(None, "".join(one for _, one in spelt), key, autojunk=False)
    blocks = matcher.get_matching_blocks()
    long = [block for block in blocks if block.size >= LEAST]
    if by_sound:
        return _held(spelt, long) if _length(long) >= MOSTLY_LATIN * len(key) else set()
    # Of 天方二甲 the longest stretch is the name's.
    return _held(spelt, blocks if _length(blocks) >= MOSTLY * len(key) else long)


def _length(blocks):
    return sum(block.size for block in blocks)


def _held(spelt, blocks):
    return {spelt[at][0] for block in blocks for at in range(block.a, block.a + block.size)}


def _places(signs, start, end):
    return set(range(signs[start].place, signs[end - 1].place + 1))


def _parts(text: str, hits: Iterable[int]) -> Iterator[dict[str, object]]:
    for hit, these in groupby(range(len(text)), key=set(hits).__contains__):
        yield {"text": "".join(text[place] for place in these), "hit": hit}
