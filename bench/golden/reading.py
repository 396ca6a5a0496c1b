"""How names read and what strengths say, worked out apart from the search that is judged."""

import re
from decimal import Decimal
from functools import cache

from pypinyin import lazy_pinyin

# Checked by hand: where a reader of drug names says another sound than the dictionary.
SOUNDS = {
    "参": "shen", "芎": "xiong", "长": "chang", "重": "chong", "地": "di", "藿": "huo", "葛": "ge",
    "缬": "xie", "唑": "zuo", "嗪": "qin", "啶": "ding", "呋": "fu", "胍": "gua", "泊": "bo",
    "单": "dan", "降": "jiang", "调": "tiao", "尿": "niao", "柏": "bai", "乐": "le", "伯": "bo",
    "曲": "qu", "薄": "bo", "便": "bian", "脉": "mai", "血": "xue", "卡": "ka", "沙": "sha",
    "脂": "zhi", "奇": "qi", "解": "jie", "娜": "na", "贝": "bei", "石": "shi", "丁": "ding",
    "炔": "que", "呱": "gua", "术": "zhu", "桔": "jie",
}  # fmt: skip

_MEASURE = re.compile(r"(\d+(?:\.\d+)?)\s*(万)?\s*(kg|mg|μg|ug|mcg|g|ml|l|iu|单位|u|%)")
_TO = {
    "kg": ("mg", 10**6), "g": ("mg", 1000), "mg": ("mg", 1), "μg": ("mg", Decimal("0.001")),
    "ug": ("mg", Decimal("0.001")), "mcg": ("mg", Decimal("0.001")), "l": ("ml", 1000),
    "ml": ("ml", 1), "iu": ("iu", 1), "单位": ("iu", 1), "u": ("iu", 1), "%": ("%", 1),
}  # fmt: skip
_FORMS = (
    "片", "缓释片", "控释片", "肠溶片", "分散片", "咀嚼片", "口崩片", "口腔崩解片", "泡腾片",
    "舌下片", "胶囊", "软胶囊", "肠溶胶囊", "缓释胶囊", "颗粒", "散", "干混悬剂", "混悬液",
    "口服溶液", "溶液", "口服液", "糖浆", "滴剂", "丸", "滴丸", "注射液", "滴眼液", "乳膏", "软膏",
    "凝胶", "贴剂", "贴膏", "栓", "气雾剂", "喷雾剂",
)  # fmt: skip
_FORM = re.compile(rf"(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})$")
_NOTES = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[A-ZⅠⅡⅢⅣ]+$")


@cache
def syllables(name: str) -> tuple[str, ...]:
    """The toneless syllables of a name, one for each character."""
    read = lazy_pinyin(name, errors=list)
    return tuple(SOUNDS.get(c, s) for c, s in zip(name, read, strict=True))


def pinyin(name: str) -> str:
    """The name as typed in pinyin."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """The first letters of its syllables."""
    return "".join(one[:1] for one in syllables(name))


@cache
def measures(text: str) -> frozenset[str]:
    """What a printed strength says, in one unit: 0.5g and 500mg are {"500mg"}."""
    found = _MEASURE.findall(text.lower().replace("µ", "μ"))
    return frozenset(_canonical(*one) for one in found)


def _canonical(number, wan, unit):
    to, factor = _TO[unit]
    written = f"{Decimal(number) * (10_000 if wan else 1) * factor:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) + to


def form(name: str) -> str:
    """The form a generic name ends with: 缓释片, 注射液; injections to be dissolved are 注射用."""
    if name.startswith("注射用"):
        return "注射用"
    found = _FORM.search(_NOTES.sub("", name))
    return found[0] if found else ""
