"""`python -m bench.storm`: servers fall over for minutes while people ask; what came of it."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from tests.stories.rage import rage
from tests.stories.storm import CLERK, DATABASE, WEB, WORKER, Told

_NAMES = {
    DATABASE: "数据库停了又开：开好到又有答案",
    WEB: "网站进程被杀：被杀到人数补齐、又有答案",
    CLERK: "导入断了：断掉到这份表发布",
    WORKER: "后台进程被杀：被杀到新的开工",
}
_STATES = {
    "reading": "核对时", "publishing": "写入时", "settling": "收尾时", None: "别的时候",
}  # fmt: skip


@click.command()
@click.option("--seconds", default=120.0, show_default=True, help="风暴刮多少秒")
@click.option("--residents", default=6, show_default=True, help="几个人不停地问")
@click.option("--seed", default=1, show_default=True, help="事故的次序和时刻由它定")
def main(seconds: float, residents: int, seed: int) -> None:
    """不停地问，同时停数据库、杀进程、断导入；答错或丢东西时退出码是 1。"""
    with tempfile.TemporaryDirectory(prefix="sanjin-storm-") as folder:
        told = rage(
            Path(folder), seconds=seconds, residents=residents, seed=seed, progress=click.echo
        )
    click.echo("\n".join(report(told)))
    sys.exit(bool(told.wrong or told.lost or told.unforeseen))


def report(told: Told) -> Iterator[str]:
    """What came of it, a line for each figure."""
    answers = "，".join(f"{status} {count:,}" for status, count in sorted(told.answers.items()))
    killed = "，".join(f"{_STATES[state]} {count}" for state, count in told.killed_in.items())
    yield f"问了 {told.answers.total() + told.turned_away:,} 次：{answers}"
    yield f"没有得到回答（网站进程正被杀）：{told.turned_away}"
    yield f"答错：{len(told.wrong)}"
    yield f"说不清的（不该有的 503、别的状态、断线）：{len(told.unforeseen)}"
    yield f"发布了 {told.published} 次，导入进程被杀 {told.killed_in.total()} 次（{killed}）"
    yield f"丢失：{len(told.lost)}"
    for name, words in _NAMES.items():
        yield f"{words}：{_times(told.recoveries[name])}"
    for trouble in (*told.wrong[:5], *told.unforeseen[:5], *told.lost[:5]):
        yield f"  {trouble}"


def _times(seconds: list[float]) -> str:
    if not seconds:
        return "0 次"
    ordered = sorted(seconds)
    middle, longest = ordered[len(ordered) // 2], ordered[-1]
    return f"{len(ordered)} 次，中位 {middle:.1f} 秒，最长 {longest:.1f} 秒"


if __name__ == "__main__":
    main()
