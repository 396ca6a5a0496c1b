"""Names that are spelt like another: for who asks which of them was meant."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein


def alike(name: str, among: Sequence[str], *, least: float, most: int) -> list[str]:
    """Those most like a name, the nearest first; `least` is how alike they must be, of 100."""
    found = process.extract(name, among, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [one for one, _, _ in found]


def one_off(name: str, among: Sequence[str], *, most: int) -> list[str]:
    """Those that differ from a name in one character."""
    found = process.extract(name, among, scorer=Levenshtein.distance, score_cutoff=1, limit=most)
    return [one for one, _, _ in found]
