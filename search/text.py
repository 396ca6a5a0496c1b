"""Spelling of text for search: one form for what is stored and what is asked."""

import re
from functools import lru_cache
from unicodedata import normalize

from opencc import OpenCC

CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

_chinese = re.compile(f"[{CHINESE}]")
_run = re.compile(f"[{CHINESE}]+|[^\\W_{CHINESE}]+")
_piece = re.compile(f"[{CHINESE}]|[0-9]+(?:\\.[0-9]+)?|[^\\W_0-9{CHINESE}]+")


def normalise(text: str) -> str:
    """Full width to half width, one case, traditional to simplified, ü as v; punctuation stays.

    >>> normalise("０．５Ｇ（緩釋）")
    '0.5g(缓释)'
    """
    folded = _simplified(normalize("NFKC", normalize("NFKC", text).casefold()))
    return folded.replace("ü", "v").replace("✕", "×").replace("✖", "×")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return text if text.isascii() else _converter().convert(text)


def compact(text: str) -> str:
    """Letters, digits and characters only, normalised: the key two spellings share.

    >>> compact("ER-Jia 双胍!")
    'erjia双胍'
    """
    return "".join(filter(str.isalnum, normalise(text)))


def runs(text: str) -> list[str]:
    """Chinese runs and Latin or digit runs in order, normalised.

    >>> runs("天方 维生素B12")
    ['天方', '维生素', 'b12']
    """
    return [run for run in map(compact, _run.findall(normalise(text))) if run]


def spell_out(text: str) -> str:
    """Chinese character by character, numbers parted from letters, blanks between.

    >>> spell_out("二甲双胍0.5g")
    '二 甲 双 胍 0.5 g'
    """
    return " ".join(_piece.findall(normalise(text)))


def spell_singly(key: str) -> str:
    """Every letter, digit and character apart: a phrase of these finds any part of a name."""
    return " ".join(key)


def has_chinese(text: str) -> bool:
    """Whether a Chinese character is in the text."""
    return bool(_chinese.search(text))
