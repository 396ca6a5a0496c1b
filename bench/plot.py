"""A plot as SVG: how long an answer takes against how many offers there are, both by powers of ten.

Colours differ in lightness too, and every line has a mark of its own, so that it can be told from
the others in print and by eyes that see few colours.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

from bench.report import width

WIDTH, HEIGHT = 980, 470
TOP, BOTTOM, LEFT, GAP, PANEL = 84, 108, 76, 66, 400

Point = tuple[float, float]


class Line(NamedTuple):
    """A name, a colour, the shape of its marks, and its points in each panel (x, milliseconds)."""

    name: str
    colour: str
    mark: str
    panels: Sequence[Sequence[Point]]


class Axes(NamedTuple):
    """The powers of ten an axis begins and ends with."""

    x: tuple[int, int]
    y: tuple[int, int]


def drawn(title: str, panels: Sequence[str], lines: Sequence[Line]) -> str:
    """The plot: one panel beside the other with the same axes, the legend below."""
    axes = _axes(lines)
    parts = [
        _text(LEFT, 32, title, "start", "font-size:19px;font-weight:600"),
        *(part for number, name in enumerate(panels) for part in _panel(axes, number, name, lines)),
        *_legend(lines),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f" aria-label=\"{escape(title)}\" font-family=\"'Noto Sans CJK SC','PingFang SC',"
        '\'Microsoft YaHei\',sans-serif" font-size="14">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _axes(lines):
    points = [point for line in lines for panel in line.panels for point in panel]
    xs, ys = zip(*points, strict=True)
    return Axes(*(_powers(values) for values in (xs, ys)))


def _powers(values):
    low, high = floor(log10(min(values)) + 1e-9), ceil(log10(max(values)) - 1e-9)
    return low, max(high, low + 1)


def _panel(axes, number, name, lines) -> Iterator[str]:
    left, bottom = LEFT + number * (PANEL + GAP), HEIGHT - BOTTOM
    yield _text(left, TOP - 16, name, "start", "font-weight:600")
    for power in range(axes.x[0], axes.x[1] + 1):
        x, _ = _at(axes, number, (10**power, 10 ** axes.y[0]))
        yield _rule(x, TOP, x, bottom)
        yield _text(x, bottom + 21, many(10**power))
    for power in range(axes.y[0], axes.y[1] + 1):
        _, y = _at(axes, number, (10 ** axes.x[0], 10**power))
        yield _rule(left, y, left + PANEL, y)
        yield _text(left - 8, y + 5, f"{10.0**power:g}", "end")
    yield _text(left + PANEL / 2, bottom + 43, "价格条数")
    if not number:
        yield _text(left - 44, TOP - 16, "毫秒", "middle")
    for line in lines:
        yield from _line(line, [_at(axes, number, point) for point in line.panels[number]])


def _at(axes, number, point):
    (x0, x1), (y0, y1) = axes
    across, up = (log10(point[0]) - x0) / (x1 - x0), (log10(point[1]) - y0) / (y1 - y0)
    left, height = LEFT + number * (PANEL + GAP), HEIGHT - TOP - BOTTOM
    return round(left + across * PANEL, 1), round(HEIGHT - BOTTOM - up * height, 1)


def many(count: int) -> str:
    """A power of ten as one says it: 1 万, 10 万."""
    return f"{count // 10_000:,} 万" if count >= 10_000 else f"{count:,}"


def _line(line, points) -> Iterator[str]:
    joined = " ".join(f"{x},{y}" for x, y in points)
    yield f'<polyline points="{joined}" fill="none" stroke="{line.colour}" stroke-width="2.4"/>'
    for x, y in points:
        yield _mark(line, x, y)


def _mark(line, x, y):
    look = f'fill="{line.colour}" stroke="#fff" stroke-width="1.2"'
    if line.mark == "round":
        return f'<circle cx="{x}" cy="{y}" r="5.5" {look}/>'
    if line.mark == "square":
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" {look}/>'
    corners = {
        "up": ((0, -7), (6.5, 5), (-6.5, 5)),
        "down": ((0, 7), (6.5, -5), (-6.5, -5)),
        "diamond": ((0, -7), (7, 0), (0, 7), (-7, 0)),
    }[line.mark]
    return f'<polygon points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners)}" {look}/>'


def _legend(lines) -> Iterator[str]:
    y, x = HEIGHT - 26, LEFT + 14
    for line in lines:
        yield f'<path d="M{x - 14} {y}h28" stroke="{line.colour}" stroke-width="2.4"/>'
        yield _mark(line, x, y)
        yield _text(x + 20, y + 5, line.name, "start")
        x += 52 + 7 * width(line.name)


def _rule(x1, y1, x2, y2):
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="#d4d7dc" stroke-width="1"/>'


def _text(x, y, words, anchor="middle", style=""):
    more = f' style="{style}"' if style else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#1d2530"{more}>{words}</text>'
