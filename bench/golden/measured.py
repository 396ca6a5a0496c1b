"""Questions with a strength, a count, a form or a firm, made from the demonstration's products."""

import re
from collections import defaultdict
from collections.abc import Iterator
from random import Random

from bench.golden import names
from bench.golden.names import Name
from bench.golden.reading import measures
from bench.golden.table import Row

_PLAIN = re.compile(r"(\d+(?:\.\d+)?)(mg|g)")
_WIDE = str.maketrans("0123456789.mgx", "０１２３４５６７８９．ｍｇｘ")
# As the trade calls a firm; each is part of the full name.
FIRMS = (
    "华海", "齐鲁", "豪森", "扬子江", "科伦", "正大天晴", "京新", "信立泰", "石药", "恒瑞", "海正",
    "裕欣", "倍特", "泰德", "施贵宝", "福元", "药友", "北陆", "人福", "东阳光", "鲁抗", "苑东",
    "嘉林", "圣华曦", "恩华", "华邦", "奥赛康", "新华制药", "华素", "拜耳", "山德士", "四环",
    "常州制药厂", "普利制药", "罗欣", "西南药业", "白云山", "红日", "东北制药", "康弘", "汇宇",
    "天士力", "鲁南贝特", "力生", "中诺", "翰宇", "远大", "丽珠", "振东",
)  # fmt: skip


def _plain() -> list[Name]:
    """Products whose strength is one number in mg or g, in the order of a fixed draw."""
    found = [one for one in names.demo() if _PLAIN.fullmatch(one.strength) and one.count]
    return Random(f"{names.SEED} strength").sample(found, len(found))


def strengths() -> Iterator[Row]:
    """The core, or the generic name, with strength and count in the writings people use."""
    seen: dict[str, int] = {}
    for at, one in enumerate(_plain()[:80]):
        if seen.setdefault(one.core, at) != at:
            continue
        number, unit = _PLAIN.fullmatch(one.strength).groups()  # type: ignore[union-attr]
        told = {"one": one, "number": number, "unit": unit}
        typed, says = _WRITINGS[at % len(_WRITINGS)](**told)
        (wanted,) = measures(one.strength)
        label = {"strength": wanted, "count": f"x{one.count}"}.get(says, f"{wanted} x{one.count}")
        yield Row(
            "strength", typed, one.core, "", label, how="strength: the core in one of ten writings"
        )


def _other(number, unit):
    """The same amount in the other unit: 0.5 g as 500 毫克, 20 mg as 0.02 克."""
    if unit == "g":
        return f"{float(number) * 1000:g}毫克"
    return f"{float(number) / 1000:.6f}".rstrip("0") + "克"


def _words(unit):
    return {"mg": "毫克", "g": "克"}[unit]


def _counter(one):
    for word, counted in (("胶囊", "粒"), ("片", "片"), ("颗粒", "袋"), ("散", "袋")):
        if one.name.endswith(word):
            return counted
    return "支"


_WRITINGS = (
    lambda one, number, unit: (f"{one.core}{number}{unit}", "strength"),
    lambda one, number, unit: (f"{one.core} {_other(number, unit)}", "strength"),
    lambda one, number, unit: (
        f"{one.core}{number}{_words(unit)}×{one.count}{_counter(one)}",
        "both",
    ),
    lambda one, number, unit: (f"{one.core} {number}{unit}/{_counter(one)}", "strength"),
    lambda one, number, unit: (f"{number}{unit}{one.core}", "strength"),
    lambda one, number, unit: (f"{one.core}{number}{unit}".translate(_WIDE), "strength"),
    lambda one, number, unit: (f"{one.name} {number}{unit}*{one.count}", "both"),
    lambda one, number, unit: (f"{one.core}（{number} {unit.upper()}）", "strength"),
    lambda one, number, unit: (f"{one.core} {one.count}{_counter(one)}装", "count"),
    lambda one, number, unit: (f"{number}{_words(unit)}的{one.core}", "strength"),
)
# Nobody makes these of anything here.
_ODD = ("13mg", "0.37g", "7毫克", "0.91克", "430mg", "17mg", "1.1g", "85毫克")


def absent_strengths() -> Iterator[Row]:
    """The core with a strength no product of it has."""
    for at, one in enumerate(_plain()[80:] + _plain()[:4]):
        odd = _ODD[at % len(_ODD)]
        typed = f"{one.core}{odd}" if at % 2 else f"{odd} {one.core}"
        (wanted,) = measures(odd.replace("毫克", "mg").replace("克", "g"))
        yield Row("no_strength", typed, one.core, "", wanted, how="strength: one nobody makes")
        if at == 29:
            return


def firms() -> Iterator[Row]:
    """The firm as the trade calls it, with a core it sells here."""
    sells = defaultdict(list)
    for one in names.demo():
        for firm in FIRMS:
            if firm in one.firm:
                sells[firm].append(one)
    for at, (firm, ones) in enumerate(sells.items()):
        one = ones[at % len(ones)]
        typed = (f"{firm}{one.core}", f"{firm} {one.core}", f"{one.core} {firm}",
                 f"{firm}的{one.core}")[at % 4]  # fmt: skip
        yield Row("firm", typed, one.core, firm=firm, how="firm: its short name and the core")
