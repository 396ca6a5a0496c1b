"""Spelling of text for search: one form for what is stored and what is asked."""

import re
from functools import lru_cache
from unicodedata import normalize

from opencc import OpenCC

CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# Signs of one meaning; 䓬 is printed 卓 where a font lacks it (地尔硫䓬).
_VARIANTS = str.maketrans("✕✖䓬", "××卓")
# Accents over Latin letters only: other scripts are written with theirs.
_umlaut = re.compile("u[\u0300-\u036f]*\u0308[\u0300-\u036f]*")
_accented = re.compile("[\u00c0-\u024f\u0300-\u036f]")
_tone = re.compile("([a-z])[\u0300-\u036f]+")
_chinese = re.compile(f"[{CHINESE}]")
_run = re.compile(f"[{CHINESE}]+|[^\\W_{CHINESE}]+")
_piece = re.compile(f"[{CHINESE}]|[0-9]+(?:\\.[0-9]+)?|[^\\W_0-9{CHINESE}]+")


def normalise(text: str) -> str:
    """Full width to half width, one case, traditional to simplified, letters without tones, ü as v;
    punctuation stays.

    >>> normalise("０．５Ｇ（緩釋）"), normalise("lǜ")
    ('0.5g(缓释)', 'lv')
    """
    folded = normalize("NFKC", normalize("NFKC", text).casefold())
    if folded.isascii():
        return folded
    return _simplified(_toneless(folded)).translate(_VARIANTS)


def _toneless(text: str) -> str:
    if not _accented.search(text):
        return text
    plain = _umlaut.sub("v", normalize("NFD", text))
    return normalize("NFC", _tone.sub(r"\1", plain))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return _converter().convert(text)


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
