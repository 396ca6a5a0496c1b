"""Dosage forms as they end a name, and as people say them: 冲剂 is 颗粒, 眼药水 is 滴眼液."""

import re
import unicodedata

from backend.catalog.phrases import FORMS, SPOKEN

_INJECTED = "注射"

WORDS = tuple(sorted({*FORMS, *SPOKEN}, key=len, reverse=True))
_ending = re.compile(f"(?:{'|'.join(FORMS)})$")
_note = re.compile(r"[(\[【][^)\]】]*[)\]】]")


def form_of(generic_name: str, dosage_form: str = "") -> str:
    """The form a product's name ends in, 注射 for whatever is injected; what its sheet says of it
    where the name says nothing, or nothing.

    >>> form_of("盐酸二甲双胍缓释片"), form_of("注射用头孢唑林钠"), form_of("人血白蛋白")
    ('缓释片', '注射', '')
    """
    name = _note.sub("", unicodedata.normalize("NFKC", generic_name))
    if name.startswith("注射用") or name.endswith(("注射液", "注射用浓溶液")):
        return _INJECTED
    found = _ending.search(name.rstrip("IV"))
    return found[0] if found else dosage_form.removesuffix("剂")


def meant(word: str) -> tuple[str, ...]:
    """The forms a word of a question means.

    >>> meant("冲剂"), meant("缓释片")
    (('颗粒',), ('缓释片',))
    """
    if word in ("注射液", "注射用浓溶液"):
        return (_INJECTED,)
    return SPOKEN.get(word, (word,))
