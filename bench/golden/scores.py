"""How often an engine was right, kind by kind, and what of ours was to be reached."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bench.golden.judging import Item, Verdict, judge
from bench.golden.table import KINDS, Row
from bench.report import MISSING, Rows


class Aim(NamedTuple):
    """The share that has to be right among the first `top`."""

    top: int
    share: float

    @property
    def told(self) -> str:
        """As a table says it."""
        return f"@{self.top} ≥ {self.share:.2f}"


AIMS = {
    **dict.fromkeys(("exact", "full", "brand", "popular", "prefix", "signs"), Aim(1, 0.99)),
    **dict.fromkeys(("infix", "pinyin", "pinyin_part", "initials", "homophone"), Aim(3, 0.97)),
    **dict.fromkeys(("strength", "firm", "mixed", "traditional", "voice"), Aim(3, 0.97)),
    **dict.fromkeys(("no_strength", "no_form"), Aim(1, 0.97)),
    "wrong": Aim(3, 0.95), "disease": Aim(1, 0.95),
    **dict.fromkeys(("guard", "absent", "nonsense"), Aim(1, 1.0)),
}  # fmt: skip


class Answered(NamedTuple):
    """A question, the answer's products, and the verdict."""

    row: Row
    items: list[Item]
    verdict: Verdict


class Score(NamedTuple):
    """What became of the questions of a kind."""

    kind: str
    count: int
    first: int
    third: int
    silent: int

    @property
    def reached(self) -> bool:
        """Whether the aim is met, and nothing was changed without a word."""
        aim = AIMS[self.kind]
        right = self.first if aim.top == 1 else self.third
        return right >= aim.share * self.count and not self.silent


def answers(rows: Iterable[Row], ask: Callable[[str], list[Item]]) -> list[Answered]:
    """Each question put to an engine."""
    found = []
    for row in rows:
        items = ask(row.query)
        found.append(Answered(row, items, judge(row, items)))
    return found


def scores(answered: Iterable[Answered]) -> dict[str, Score]:
    """The score of each kind that was asked, in the order they are told."""
    of_kind: dict[str, list[Verdict]] = defaultdict(list)
    for one in answered:
        of_kind[one.row.kind].append(one.verdict)
    return {
        kind: Score(kind, len(told), *(sum(column) for column in zip(*told, strict=True)))
        for kind in KINDS
        if (told := of_kind.get(kind))
    }


def table(engines: dict[str, dict[str, Score]], ours: Sequence[str]) -> Rows:
    """A row for each kind: @1 / @3 of each engine, silent changes and the aim of ours."""
    header = ["类别", "问", *(f"{name} @1 / @3" for name in engines)]
    header += ["本项目悄悄换的", "目标", "达到"]
    return [header, *(_row(kind, engines, ours) for kind in next(iter(engines.values())))]


def _row(kind, engines, ours):
    mine = [found[kind] for name, found in engines.items() if name in ours]
    cells = [_share(found[kind]) for found in engines.values()]
    silent = " / ".join(str(one.silent) for one in mine) or MISSING
    reached = all(one.reached for one in mine)
    count = next(iter(engines.values()))[kind].count
    told = AIMS[kind].told
    return [KINDS[kind], str(count), *cells, silent, told, "是" if reached else "否"]


def _share(score):
    return f"{score.first / score.count:.3f} / {score.third / score.count:.3f}"


def misses(answered: Iterable[Answered]) -> list[str]:
    """A line for each question whose aim was missed or whose answer was silently changed."""
    return [_told(one) for one in answered if not _good(one)]


def _good(one):
    right = one.verdict.first if AIMS[one.row.kind].top == 1 else one.verdict.third
    return right and not one.verdict.silent


def _told(one):
    row, found = one.row, [f"{item.name} {item.strength}".strip() for item in one.items[:3]]
    wanted = " ".join(filter(None, (row.substance, row.form, row.strength, row.firm)))
    if len(wanted) > 40:
        wanted = wanted[:40] + "…"
    silent = "（悄悄）" if one.verdict.silent else ""
    return (
        f"{row.kind}\t{row.query}\t要：{wanted or '没有'}\t得：{'；'.join(found) or '没有'}{silent}"
    )
