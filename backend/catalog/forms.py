"""Dosage forms as they end a name, and as people say them: 冲剂 is 颗粒, 眼药水 is 滴眼液."""

import re
import unicodedata

_FORMS = tuple(
    [
        "肠溶缓释片",
        "口腔崩解片",
        "缓释片",
        "控释片",
        "肠溶片",
        "分散片",
        "咀嚼片",
        "口崩片",
        "泡腾片",
        "舌下片",
        "含片",
        "薄膜衣片",
        "片",
        "肠溶软胶囊",
        "缓控释胶囊",
        "肠溶胶囊",
        "缓释胶囊",
        "软胶囊",
        "胶囊",
        "肠溶颗粒",
        "颗粒",
        "干混悬剂",
        "混悬剂",
        "混悬液",
        "吸入溶液",
        "口服溶液",
        "口服液",
        "溶液",
        "糖浆",
        "滴剂",
        "滴丸",
        "丸",
        "注射用浓溶液",
        "注射液",
        "滴眼液",
        "滴耳液",
        "滴鼻液",
        "眼膏",
        "眼用凝胶",
        "乳膏",
        "软膏",
        "凝胶",
        "贴剂",
        "贴片",
        "贴膏",
        "栓",
        "吸入气雾剂",
        "气雾剂",
        "鼻喷雾剂",
        "喷雾剂",
        "粉吸入剂",
        "粉雾剂",
        "洗剂",
        "搽剂",
        "酊",
        "散",
        "膏",
    ]
)
# What people say, and the endings it may mean.
_SPOKEN = {
    "片剂": ("片",), "药片": ("片",), "胶囊剂": ("胶囊",), "缓释": ("缓释片", "缓释胶囊"),
    "控释": ("控释片",), "肠溶": ("肠溶片", "肠溶胶囊"), "冲剂": ("颗粒",), "颗粒剂": ("颗粒",),
    "针剂": ("注射",), "针": ("注射",), "注射剂": ("注射",), "点滴": ("注射",), "注射用": ("注射",),
    "粉针": ("注射",), "眼药水": ("滴眼液",), "药水": ("溶液", "口服液", "糖浆", "滴眼液"),
    "眼药膏": ("眼膏",), "药膏": ("乳膏", "软膏", "膏"), "膏药": ("贴膏", "贴剂"),
    "喷剂": ("喷雾剂", "气雾剂"),
    "栓剂": ("栓",), "丸剂": ("丸",), "糖浆剂": ("糖浆",), "口服液体": ("口服液", "口服溶液"),
}  # fmt: skip
_INJECTED = "注射"

WORDS = tuple(sorted({*_FORMS, *_SPOKEN}, key=len, reverse=True))
_ending = re.compile(f"(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})$")


def form_of(generic_name: str, dosage_form: str = "") -> str:
    """The form a product's name ends in, 注射 for whatever is injected; what its sheet says of it
    where the name says nothing, or nothing.

    >>> form_of("盐酸二甲双胍缓释片"), form_of("注射用头孢唑林钠"), form_of("人血白蛋白")
    ('缓释片', '注射', '')
    """
    name = re.sub(r"[(\[【][^)\]】]*[)\]】]", "", unicodedata.normalize("NFKC", generic_name))
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
    return _SPOKEN.get(word, (word,))
