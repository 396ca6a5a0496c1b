"""What WeChat takes as the values of a subscribed message, and how ours are made to fit. Pure.

The rules are those of the official page 发送订阅消息 (参数值限制说明). A value's kind is the
letters of its name: "thing1" is a thing.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

ELLIPSIS = "…"
# A cut here leaves whole words; one nearer the front than this part would leave too little.
_BREAKS = "，。；、：·（( ,;/|—-"
_LEAST_KEPT = 0.6


class Rule(NamedTuple):
    """What a kind of value may be; `most` characters, of this `shape`, cut where it is words."""

    most: int
    shape: str
    is_words: bool = False


_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_YEAR, _MONTH, _DAY = r"\d{4}", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_JOINED = "|".join(rf"({_YEAR}{j})?{_MONTH}{j}{_DAY}|{_YEAR}{j}{_MONTH}" for j in ("-", "/", r"\."))
_DATE = rf"({_YEAR}年)?{_MONTH}月{_DAY}日|{_YEAR}年{_MONTH}月|{_JOINED}"
_MOMENT = rf"({_DATE})( ?{_CLOCK})?"
_TIME = rf"(({_DATE}) ?)?{_CLOCK}"
_SYMBOL = r"[^\w\s]|_"

RULES: Mapping[str, Rule] = {
    "thing": Rule(20, r".+", is_words=True),
    "number": Rule(32, r"-?\d+(\.\d+)?"),
    "letter": Rule(32, r"[A-Za-z]+"),
    "symbol": Rule(5, rf"({_SYMBOL})+"),
    "character_string": Rule(32, r"[!-~]+"),
    "time": Rule(64, rf"{_TIME}(~{_TIME})?"),
    "date": Rule(64, rf"{_MOMENT}(~{_MOMENT})?"),
    "amount": Rule(16, r"[¥￥$€£]?\d{1,10}(\.\d+)?元?"),
    "phone_number": Rule(17, r"[\d+\-() ]+"),
    "car_number": Rule(8, r"[一-龥]?[A-Za-z0-9]{1,7}[一-龥]?"),
    "name": Rule(20, r"[^\d]+"),
    "phrase": Rule(5, r"[一-龥]+"),
}

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CHINESE = re.compile(r"[一-龥]")


class Unfit(ValueError):  # noqa: N818 (named for what it is)
    """A value WeChat would refuse: the field's `name`, and `why`: "unknown_kind", "empty",
    "control", "too_long" or "shape"."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} {why}")
        self.name, self.why = name, why


def kind_of(name: str) -> str:
    """The kind of a field: "character_string" of "character_string2"."""
    return name.rstrip("0123456789")


def check(name: str, value: str) -> None:
    """Raises Unfit where WeChat would refuse the value of this field."""
    rule = RULES.get(kind_of(name))
    if rule is None:
        raise Unfit(name, "unknown_kind")
    if not value.strip():
        raise Unfit(name, "empty")
    if _CONTROL.search(value):
        raise Unfit(name, "control")
    if len(value) > _most(rule, name, value):
        raise Unfit(name, "too_long")
    if not re.fullmatch(rule.shape, value, re.ASCII if name.startswith("number") else 0):
        raise Unfit(name, "shape")


def fitted(name: str, value: str) -> str:
    """The value as it may be sent: on one line, words cut at a sensible place. Raises Unfit.

    Only words are ever cut: half a number or half a date would say something else.
    """
    rule = RULES.get(kind_of(name))
    value = " ".join(_CONTROL.sub(" ", value).split())
    if rule and rule.is_words:
        value = shortened(value, rule.most)
    check(name, value)
    return value


def shortened(words: str, most: int) -> str:
    """At most so many characters, the end replaced by … at the last break that leaves enough."""
    if len(words) <= most:
        return words
    kept = words[: most - 1]
    breaks = [at for at, letter in enumerate(kept) if letter in _BREAKS]
    if breaks and breaks[-1] >= most * _LEAST_KEPT:
        kept = kept[: breaks[-1]]
    return kept.rstrip(_BREAKS) + ELLIPSIS


def _most(rule, name, value):
    """A name with a Chinese character in it may have ten."""
    return 10 if kind_of(name) == "name" and _CHINESE.search(value) else rule.most


def fitted_all(values: Mapping[str, str]) -> dict[str, str]:
    """Every value as it may be sent. Raises Unfit for the first that cannot be."""
    return {name: fitted(name, said) for name, said in values.items()}
