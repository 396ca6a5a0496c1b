"""What was aimed at, and whether it was reached in every house that was measured."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bench.asking import CALL, HTTP, RAW, RAW_HTTP
from bench.house import ENGINES
from bench.report import MISSING, Rows, p50
from bench.results import Results
from bench.sizes import SIZES, offers_of

SUGGEST = "suggest 边输边查"
OFFERS = "offers 按距离"
NEAR = "offers 3 公里内有货不高于中选价"
OFFERS_ALL = (OFFERS, "offers 按价格", "offers 综合", NEAR)

NO_SLOWER = "报价经 HTTP 不慢于裸引擎经 HTTP"
SUGGEST_TIMES, SUGGEST_SHARE, OFFERS_SHARE = 1.3, 0.6, 0.2


NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SIZE_NAMES = {"10k": "1 万", "100k": "10 万", "1m": "100 万", "10m": "1000 万"}


class Aim(NamedTuple):
    """An aim, where it was looked at, the two numbers that were compared, and whether it holds."""

    what: str
    where: str
    numbers: str
    reached: bool


def aims(results: Results) -> Iterator[Aim]:
    """Every aim there are figures for."""
    for size in SIZES:
        for engine in ENGINES:
            yield from _of(results, engine, size)


def _of(results, engine, size):
    where = f"{NAMES[engine]}，{SIZE_NAMES[size]}"
    found = results.found(engine, size, "answers")
    for title in (OFFERS, NEAR):
        yield from _no_slower(
            "报价经 HTTP 不慢于裸引擎经 HTTP", where, found, title, HTTP, RAW_HTTP, 1
        )
    what = f"边输边查不超过裸引擎的 {SUGGEST_TIMES} 倍"
    yield from _no_slower(what, where, found, SUGGEST, CALL, RAW, SUGGEST_TIMES)
    theirs = results.found(engine, size, "answers-meili")
    yield from _no_slower(
        what, f"{where}，Meilisearch", theirs, SUGGEST, CALL, RAW_HTTP, SUGGEST_TIMES
    )
    for mark, name in (("", ""), ("-meili", "，Meilisearch")):
        crowd = results.found(engine, size, f"crowd{mark}")
        yield from _share("suggest", "边输边查", SUGGEST_SHARE, where + name, crowd)
        if not mark:
            yield from _share("offers", "报价", OFFERS_SHARE, where, crowd)


def _no_slower(what, where, found, title, ours, theirs, times):
    one, other = p50(found, title, ours), p50(found, title, theirs)
    if one and other:
        numbers = f"{title}：{one:.2f} 比 {other:.2f} 毫秒，{one / other:.2f} 倍"
        yield Aim(what, where, numbers, one <= times * other)


def _share(kind, name, share, where, crowd):
    if crowd:
        part = crowd[kind] / crowd["empty"]
        numbers = f"{crowd[kind]:,.0f} 比 {crowd['empty']:,.0f} 次/秒，{part:.0%}"
        what = f"{name}的吞吐不低于空路由的 {share:.0%}（8 个客户、2 个进程）"
        yield Aim(what, where, numbers, part >= share)


def as_rows(found: list[Aim]) -> Rows:
    """The aims as a table."""
    header = ["目标", "在哪里", "量到", "达到"]
    return [header, *([aim.what, aim.where, aim.numbers, "是" if aim.reached else "否"]
                      for aim in found)]  # fmt: skip


def growth(results: Results) -> Rows:
    """A row for each question and engine: the median at every size, the steepest step from one to
    the next, and whether it was no steeper than that of the data."""
    rows = [["问题", "在哪里", *SIZE_NAMES.values(), "数据多 10 倍，用时最多", "不超过 10 倍"]]
    for title in (SUGGEST, *OFFERS_ALL):
        for engine in ENGINES:
            found = {s: p50(results.found(engine, s, "answers"), title, CALL) for s in SIZES}
            steps = [
                found[more] / found[less] / (offers_of(more) / offers_of(less))
                for less, more in pairwise(SIZES) if found[less] and found[more]
            ]  # fmt: skip
            if steps:
                cells = (MISSING if ms is None else f"{ms:.2f}" for ms in found.values())
                steepest = max(steps)
                rows.append([title, NAMES[engine], *cells, f"{10 * steepest:.1f} 倍",
                             "是" if steepest <= 1 else "否"])  # fmt: skip
    return rows
