"""Long words in several messages, cut between sentences, each as long as WeChat takes. Pure."""

import re

# What developers measured (no official number is published for customer-service messages).
MOST_BYTES = 2048

# Where words may be parted, the best first; the sign stays with what is before it.
_ENDS = (r"(?<=\n)", r"(?<=[。！？!?…])", r"(?<=[；;])", r"(?<=[，、,：:])", r"(?<= )")


def parted(words: str, *, most: int = MOST_BYTES) -> list[str]:
    """The words in order, each part at most so many bytes of UTF-8, none empty.

    Nothing is lost but blanks at the ends of parts. `most` must hold any character (4 bytes).
    """
    if most < 4:
        raise ValueError("a part must hold a character")
    parts = [""]
    for piece in _pieces(words, most, _ENDS):
        if size_of(parts[-1] + piece) > most:
            parts.append("")
        parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def size_of(words: str) -> int:
    """How many bytes they are in UTF-8."""
    return len(words.encode())


def _pieces(words, most, ends):
    """Pieces that fit, cut at the best ends that make them fit, at last between characters."""
    if size_of(words) <= most:
        yield words
    elif not ends:
        yield from _by_character(words, most)
    else:
        for piece in re.split(ends[0], words):
            yield from _pieces(piece, most, ends[1:])


def _by_character(words, most):
    kept = ""
    for letter in words:
        if size_of(kept + letter) > most:
            yield kept
            kept = ""
        kept += letter
    yield kept
