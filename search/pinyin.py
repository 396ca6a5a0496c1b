"""How names sound: syllables without tones, initials, and what a person may type of them."""

import re
from functools import lru_cache
from typing import Any

from pypinyin import lazy_pinyin

from search.readings import READINGS
from search.text import compact, has_chinese, runs

_override = re.compile("|".join(sorted(READINGS, key=len, reverse=True)))
_latin = re.compile("[0-9]+|[^0-9]+")


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """Toneless syllables, one per Chinese character; Latin and digit runs stay whole.

    >>> syllables("参松B12")
    ('shen', 'song', 'b', '12')
    """
    key = compact(text)
    return tuple(syllable for run in runs(key) for syllable in _read(run))


def _read(run: str) -> list[str]:
    if not has_chinese(run):
        return _latin.findall(run)
    read = lazy_pinyin(run, errors=_apart)
    for match in _override.finditer(run):
        read[match.start() : match.end()] = READINGS[match.group()].split()
    return read


def _apart(unread: str) -> Any:
    """Characters without a reading stand for themselves, one by one."""
    return list(unread)


def pinyin(text: str) -> str:
    """The syllables in one string: erjiashuanggua."""
    return "".join(syllables(text))


def initials(text: str) -> str:
    """The first letters of the syllables, numbers whole: ejsg, wssb12."""
    return abbreviated(homophone_phrase(text))


def abbreviated(sounds: str) -> str:
    """The initials of syllables that have blanks between them."""
    return "".join(map(_initial, sounds.split()))


def _initial(syllable: str) -> str:
    return syllable if syllable.isdecimal() else syllable[0]


def pinyin_suffixes(text: str) -> list[str]:
    """The pinyin from each syllable on: erjiashuanggua, jiashuanggua, shuanggua, gua."""
    read = syllables(text)
    return ["".join(read[start:]) for start in range(len(read))]


def initials_suffixes(text: str) -> list[str]:
    """The initials from each letter on: ejsg, jsg, sg, g."""
    letters = initials(text)
    return [letters[start:] for start in range(len(letters))]


def homophone_phrase(text: str) -> str:
    """Syllables with blanks between, so that characters of one sound agree: er jia shuang gua."""
    return " ".join(syllables(text))


def heard(word: str) -> str:
    """The sound of a word of two or more syllables with Chinese in it, else nothing."""
    sounds = homophone_phrase(word) if has_chinese(word) and len(word) > 1 else ""
    return sounds if " " in sounds else ""
