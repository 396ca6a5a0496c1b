"""Strengths and counts in one spelling: 0.5g, 500mg, 0.5克 and 500毫克 are one token."""

import re
from decimal import Decimal
from typing import NamedTuple

from search.text import normalise

MEASURES: dict[str, dict[str, int | Decimal]] = {
    "mg": dict.fromkeys(("kg", "千克", "公斤"), 10**6)
    | {"g": 1000, "克": 1000, "mg": 1, "毫克": 1}
    | dict.fromkeys(("ug", "μg", "mcg", "微克"), Decimal("0.001"))
    | dict.fromkeys(("ng", "纳克"), Decimal("0.000001")),
    "ml": {"l": 1000, "升": 1000, "ml": 1, "毫升": 1}
    | dict.fromkeys(("ul", "μl", "微升"), Decimal("0.001")),
    "iu": dict.fromkeys(("iu", "u", "国际单位", "单位", "axaiu"), 1),
    "%": {"%": 1},
    "mmol": {"mmol": 1, "毫摩尔": 1, "mol": 1000},
}
COUNTED = "片粒支袋瓶丸贴枚颗板盒包喷揿吸张块条管"

_unit = {word: (unit, factor) for unit, words in MEASURES.items() for word, factor in words.items()}
_words = "|".join(sorted(_unit, key=len, reverse=True))
_amount = re.compile(
    r"(?:(?P<times>[x×*])\s*|(?<![a-z0-9.]))(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?!\.?[0-9])"
    rf"(?:\s*(?P<wan>万)?\s*(?:(?P<unit>{_words})(?![a-wyz])|(?P<counted>[{COUNTED}])))?"
)
_unfinished = re.compile(r"(?<=[0-9])\s*(?:\.|m|mc|u|μ|i|毫|微|单|国|国际|万|[x×*])$")


class Scanned(NamedTuple):
    """Canonical `strengths` (500mg, 100000iu, x20), bare `numbers`, and the `rest` of the text."""

    strengths: tuple[str, ...]
    numbers: tuple[str, ...]
    rest: str


def scan(text: str, unfinished: bool = False) -> Scanned:
    """Part strengths and bare numbers from the words around them.

    `unfinished` text may end in half a unit (0.5m), which then counts as a bare number.
    """
    text = normalise(text)
    if unfinished:
        text = _unfinished.sub("", text)
    strengths: list[str] = []
    numbers: list[str] = []
    for match in _amount.finditer(text):
        token = _token(match)
        (strengths if token else numbers).append(token or _plain(match["number"]))
    return Scanned(_once(strengths), _once(numbers), _amount.sub(" ", text))


def strengths(text: str) -> tuple[str, ...]:
    """The canonical tokens of a printed strength and pack, with the product of its counts.

    >>> strengths("5ml:0.1g 12片×2板")
    ('5ml', '100mg', 'x12', 'x2', 'x24')
    """
    found = scan(text).strengths
    counts = [int(token[1:]) for token in found if token[0] == "x" and token[1:].isdecimal()]
    product = 1
    for count in counts:
        product *= count
    return _once([*found, *([f"x{product}"] if len(counts) > 1 else [])])


def numbers(text: str) -> tuple[str, ...]:
    """Every number of a text as printed, units left off: what a bare 500 or 0.5 may mean."""
    return _once([_plain(match["number"]) for match in _amount.finditer(normalise(text))])


def _token(match: re.Match[str]) -> str:
    number = Decimal(match["number"]) * (10_000 if match["wan"] else 1)
    if match["unit"]:
        unit, factor = _unit[match["unit"]]
        return f"{_plain(number * factor)}{unit}"
    if match["counted"] or match["times"]:
        return f"x{_plain(number)}"
    return ""


def _plain(number: Decimal | str) -> str:
    text = f"{Decimal(number):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _once(tokens: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens))
