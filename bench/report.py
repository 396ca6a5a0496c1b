"""What was measured, as a table for the terminal and as docs/performance.md."""

import unicodedata
from collections.abc import Iterable, Sequence
from string import Template

from bench.importing import Import
from bench.timing import Times

PERCENTS = (50, 95, 99)
WAYS = {"call": "进程内调用", "app": "test_client", "http": "HTTP", "raw": "裸 SQLite"}
MISSING = "–"


def answers(found: dict[str, dict[str, Times]]) -> list[list[str]]:
    """A row for each question: p50 / p95 / p99 in ms for each way, and the ratio to bare SQLite."""
    header = ["问题", *WAYS.values(), "调用 ÷ 裸 SQLite"]
    return [
        header,
        *([title, *map(_times, _ways(row)), _ratio(row)] for title, row in found.items()),
    ]


def _ways(row):
    return (row.get(way) for way in WAYS)


def _times(times: Times | None) -> str:
    return " / ".join(f"{times.within(p):.2f}" for p in PERCENTS) if times else MISSING


def _ratio(row):
    if not {"call", "raw"} <= row.keys():
        return MISSING
    return f"{row['call'].within(50) / row['raw'].within(50):.1f}"


def arrivals(imports: Iterable[Import]) -> list[list[str]]:
    """A row for each import."""
    header = ["表", "行", "行/秒", "其中核对（秒）", "全程（秒）", "内存峰值（MB）",
              "旁人写一行 p50 / p99 / 最长（ms）"]  # fmt: skip
    return [header, *(_import(one) for one in imports)]


def _import(one):
    waits = " / ".join(f"{one.waits.within(p):.1f}" for p in (50, 99, 100))
    return [
        one.title, f"{one.rows:,}", f"{one.rows_per_second:,.0f}", f"{one.checked_s:.1f}",
        f"{one.published_s:.1f}", f"{one.peak_mb:.0f}", waits ,
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


def page(template: str, **parts: str) -> str:
    """The page of docs with its tables."""
    return Template(template).substitute(parts)
