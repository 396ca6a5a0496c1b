"""What was measured, as tables for the terminal and for docs/performance.md."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from bench.results import PERCENTS
from bench.timing import Times

WAYS = {"call": "进程内", "http": "HTTP", "raw": "裸数据库", "raw_http": "裸 Meilisearch（HTTP）"}
MISSING = "–"
Rows = list[list[str]]


def table(part: str, found: Any) -> Rows:
    """One part as it was measured."""
    kind = part.partition("-")[0]
    if kind == "answers":
        return answers(found)
    if kind == "import":
        return arrivals(found)
    return [["", ""], *([name, spread(value)] for name, value in found.items())]


def answers(found: Mapping[str, Mapping[str, Any]]) -> Rows:
    """A row for each question: p50 / p95 / p99 in ms for each way, and the ratio to the tables."""
    header = ["问题", *WAYS.values(), "进程内 ÷ 裸数据库"]
    return [
        header,
        *(
            [title, *(spread(row.get(way)) for way in WAYS), _ratio(row)]
            for title, row in found.items()
        ),
    ]


def spread(times: Any) -> str:
    """p50 / p95 / p99 as text; a single number as itself."""
    if isinstance(times, (int, float)):
        return f"{times:,.1f}"
    return " / ".join(f"{ms:.2f}" for ms in percents(times)) if times else MISSING


def percents(times: Times | Sequence[float]) -> Sequence[float]:
    """p50, p95 and p99 in ms, as measured just now or as kept."""
    if isinstance(times, Times):
        return [times.within(percent) for percent in PERCENTS]
    return times


def p50(found: Mapping[str, Any], title: str, way: str) -> float | None:
    """The median of a question asked in a way; None where it was not."""
    times = found.get(title, {}).get(way)
    return percents(times)[0] if times else None


def _ratio(row):
    if not {"call", "raw"} <= row.keys():
        return MISSING
    return f"{percents(row['call'])[0] / percents(row['raw'])[0]:.1f}"


def arrivals(imports: Sequence[Mapping[str, Any]]) -> Rows:
    """A row for each import into a fresh house."""
    header = ["表", "行", "行/秒", "其中核对（秒）", "全程（秒）", "内存峰值（MB）",
              "旁人写一行 p50 / p95 / p99（ms）"]  # fmt: skip
    return [header, *(_import(one) for one in imports)]


def _import(one):
    return [
        one["title"], f"{one['rows']:,}", f"{one['rows_per_second']:,.0f}",
        f"{one['checked_s']:.1f}", f"{one['published_s']:.1f}", f"{one['peak_mb']:.0f}",
        f"{spread(one['waits'])}，最长 {one['longest_wait_ms']:.0f}",
    ]  # fmt: skip


def plain(rows: Sequence[Sequence[str]]) -> str:
    """The table for a terminal, where a Chinese character is two columns wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in rows
    )


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """The table for a page."""
    header, *rest = rows
    lines = [header, ["---"] * len(header), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
