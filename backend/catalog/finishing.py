"""What an input method has left half typed: 阿莫xi for 阿莫西, 二甲sg and erjsg for 二甲双胍.

Pure: names are those of a Lexicon. Asked only where the words as typed find nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator

from backend.catalog.aligning import reach, signs_of, sound_of
from backend.catalog.lexicon import Lexicon
from search.text import CHINESE, compact, normalise

LONGEST = 30  # letters: nobody leaves more of them half typed
LEAST = 4  # letters without a character before them: fewer may stand for anything
MOST_LOOKED_AT = 2_000  # names with one common character in them

_half = re.compile(f"([{CHINESE}]+)[a-z]+")
_syllables = re.compile("[a-z]+(?:['’` ]+[a-z]*)+")
_letters = re.compile("[a-z]+")


def finished(words: str, lexicon: Lexicon, *, most: int = 1) -> list[str]:
    """The beginnings of names the letters may stand for, those of the most names first.

    >>> from backend.catalog.lexicon import Lexicon
    >>> known = Lexicon({"阿莫西林": frozenset({"阿莫西林"})}, {}, frozenset(), "")
    >>> finished("阿莫xi", known), finished("amoxl", known), finished("阿莫bu", known)
    (['阿莫西'], ['阿莫西林'], [])
    """
    key = compact(words)
    if len(key) > LONGEST or key in lexicon.written:
        return []
    if half := _half.fullmatch(key):
        names = _holding(half[1], lexicon)
    elif _letters.fullmatch(key) and len(key) >= LEAST:
        names = _beginning(key[0], lexicon)
    else:
        return []
    found = Counter(stem for name, start in names if (stem := _stem(key, name, start)))
    return [stem for stem, _ in found.most_common(most)]


def is_mixed(words: str) -> bool:
    """Whether characters are followed by letters, as an input method leaves them."""
    return bool(_half.fullmatch(compact(words)))


def joined(words: str) -> str:
    """Letters without what an input method puts between syllables; anything else as it is.

    >>> joined("amo'xi"), joined("er jia sh"), joined("天方 二甲")
    ('amoxi', 'erjiash', '天方 二甲')
    """
    return compact(words) if _syllables.fullmatch(normalise(words)) else words


def _stem(key, name, start):
    end = reach(key, signs_of(name[start:]), 0)
    return name[start : start + end] if end else ""


def _holding(head: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Names that begin with these characters, or else hold them, and where."""
    begins = f"\n{head}" in lexicon.written
    wanted, text, at = f"\n{head}" if begins else head, lexicon.written, -1
    for _ in range(MOST_LOOKED_AT):
        at = text.find(wanted, at + 1)
        if at < 0:
            return
        here = at + begins
        start, end = text.rfind("\n", 0, here) + 1, text.find("\n", here)
        yield text[start:end], here - start


def _beginning(letter: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Names the first character of which sounds so."""
    return ((name, 0) for name in lexicon.names if sound_of(name[0])[:1] == letter)
