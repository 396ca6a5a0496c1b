"""bench/golden.tsv: the labelled questions, one a line, read and written in one order."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

TABLE = Path(__file__).parent.parent / "golden.tsv"
SMALL, LARGE = "250", "22000"
BY_HAND = "by hand"

# What a kind is called for people, in the order they are told.
KINDS = {
    "exact": "成分名", "full": "通用名（带盐、剂型）", "brand": "商品名", "popular": "俗名",
    "prefix": "开头几个字", "infix": "中间几个字", "pinyin": "全拼", "pinyin_part": "部分拼音",
    "initials": "首字母", "homophone": "同音字", "wrong": "错一个字", "disease": "病种、用途",
    "strength": "规格、数量", "no_strength": "没有的规格", "no_form": "没有的剂型",
    "firm": "企业加药名", "mixed": "颠倒、夹杂", "traditional": "繁体",
    "signs": "全角、标点", "voice": "口语", "nonsense": "不是药", "guard": "易混药名",
    "absent": "目录里没有的药",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One question and what a right answer is.

    `substance`: cores, any of which is right, joined by |; `*` stands for any characters,
    `pinyin:amoxi*` and `initials:ejsg` say how the core reads. Empty: nothing may be found.
    `form` as the name ends (片, 缓释片); `strength` canonical, with the count (500mg x20); `firm`
    part of the maker's name. `never`: cores, or `form:缓释片`, that may not stand before a right
    answer. `sizes`: the houses it is asked in. `how`: the rule that made it, or by hand.
    """

    kind: str
    query: str
    substance: str = ""
    form: str = ""
    strength: str = ""
    firm: str = ""
    never: str = ""
    sizes: str = f"{SMALL} {LARGE}"
    how: str = BY_HAND
    note: str = ""

    def asked_in(self, size: str) -> bool:
        """Whether the question is put to the house of this size."""
        return size in self.sizes.split()


NAMES = [one.name for one in fields(Row)]


def read(path: Path = TABLE) -> list[Row]:
    """Every row of the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(**line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def ordered(rows: Iterable[Row]) -> list[Row]:
    """Kind by kind, what was made before what was written by hand."""
    order = list(KINDS)
    return sorted(rows, key=lambda row: (order.index(row.kind), row.how == BY_HAND))


def write(rows: Iterable[Row], path: Path = TABLE) -> None:
    """Write the table in its order."""
    lines = ["\t".join(NAMES), *("\t".join(astuple(row)) for row in ordered(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
