"""How far what was typed goes along a name: written, by its sound, by first letters, half-typed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.pinyin import syllables
from search.text import compact

_DOUBLE = ("zh", "ch", "sh")


class Sign(NamedTuple):
    """A letter or character of a name: where it stands in the text, its key and its sound."""

    place: int
    key: str
    sound: str


@lru_cache(maxsize=4096)
def sound_of(character: str) -> str:
    """The syllable of one character; a Latin letter or a digit has none."""
    return "" if character.isascii() else "".join(syllables(character))


@lru_cache(maxsize=2048)
def signs_of(text: str) -> tuple[Sign, ...]:
    """The letters, digits and characters of a text, each with the place it is written at."""
    keys = [(place, key) for place, one in enumerate(text) for key in compact(one)]
    return tuple(Sign(place, key, sound_of(key)) for place, key in keys)


def reach(typed: str, signs: Sequence[Sign], start: int) -> int | None:
    """The end of the stretch from `start` that all of a key stands for, or None.

    Each character may be typed as it is, as another of its sound, as its syllable or as the
    beginning of that; the last syllable may be unfinished.
    """
    places = {0}
    for at in range(start, len(signs)):
        further = {place + step for place in places for step in _steps(typed, place, signs[at])}
        if any(place >= len(typed) for place in further):
            return at + 1
        if not further:
            return None
        places = further
    return None


def _steps(typed: str, place: int, sign: Sign) -> Iterator[int]:
    if typed.startswith(sign.key, place):
        yield len(sign.key)
    if sign.sound and typed[place].isascii():
        yield from _by_sound(typed, place, sign.sound)
    elif sign.sound and sound_of(typed[place]) == sign.sound:
        yield 1


def _by_sound(typed, place, sound):
    if typed.startswith(sound, place):
        yield len(sound)
    elif sound.startswith(typed[place:]):
        yield len(typed) - place
    if typed[place] == sound[0]:
        yield 1
    if sound.startswith(_DOUBLE) and typed.startswith(sound[:2], place):
        yield 2
