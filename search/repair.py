"""Words that found nothing: one wrong character, one wrong or missing pinyin letter."""

from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from search.layers import TYPO
from search.shelf import Hits, Seek, Shelf
from search.text import has_chinese

SHORTEST, LOOSE = 3, 4  # characters: shorter is not repaired; from `LOOSE` also inside a name
SHORTEST_LATIN, LOOSE_LATIN = 5, 8  # letters


def repaired(word: str, shelf: Shelf, seek: Seek) -> Hits:
    """Places of names that differ from the word in one character or letter."""
    parts = halves(word)
    if not parts:
        return {}
    if has_chinese(word):
        candidates = {number for part in parts for number in seek(part)}
        named = ((number, stored.text) for number, stored in shelf.naming(candidates))
        texts = {number: text for number, text in named if any(part in text for part in parts)}
        return _close(word, texts, shelf)
    near = {text for part in parts for text in shelf.spelled_with(part)}
    texts = {number: text for text in near for number in shelf.spelled[text]}
    return _close(word, texts, shelf)


def halves(word: str) -> tuple[str, ...]:
    """The halves of a word, one of which an error leaves whole; none when it is not repaired."""
    chinese = has_chinese(word)
    if len(word) < (SHORTEST if chinese else SHORTEST_LATIN) or not (chinese or word.isalpha()):
        return ()
    middle = len(word) // 2
    return word[:middle], word[middle:]


def loose(word: str) -> bool:
    """Whether a word is long enough to be looked for inside longer names."""
    return len(word) >= (LOOSE if has_chinese(word) else LOOSE_LATIN)


def _close(word: str, texts: dict[int, str], shelf: Shelf) -> Hits:
    whole = process.extract(word, texts, scorer=Levenshtein.distance, score_cutoff=1, limit=None)
    numbers = [number for _, _, number in whole] or (_inside(word, texts) if loose(word) else [])
    return {place: TYPO for number in numbers for place in shelf.carriers[number]}


def _inside(word: str, texts: dict[int, str]) -> Iterable[int]:
    longer = {number: text for number, text in texts.items() if len(text) >= len(word)}
    cutoff = 100 * (len(word) - 1) / len(word) - 0.01
    scorer: Callable[..., float] = fuzz.partial_ratio
    found = process.extract(word, longer, scorer=scorer, score_cutoff=cutoff, limit=None)
    return [number for _, _, number in found]
