"""Charts drawn on the server: points of a band through the days, in units of the drawing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, FLOOR = 360, 190, 6, 16, 150


def ribbon(course: Sequence[dict]) -> dict[str, Any] | None:
    """The band (low to high) as a ribbon through its days; None for fewer than two days.

    {width, height, ribbon (points), clear (points), first, last, low_fen, high_fen, ends}
    """
    if len(course) < 2:
        return None
    days = [date.fromisoformat(one["day"]) for one in course]
    span = (days[-1] - days[0]).days
    lowest = min(one["low_fen"] for one in course)
    highest = max(one["clear_fen"] for one in course)
    room = max(highest - lowest, 1)

    def points(key, backwards=False):
        found = [
            f"{LEFT + (day - days[0]).days / span * (WIDTH - 2 * LEFT):.1f},"
            f"{FLOOR - (one[key] - lowest) / room * (FLOOR - TOP):.1f}"
            for day, one in zip(days, course, strict=True)
        ]
        return " ".join(reversed(found) if backwards else found)

    return {
        "width": WIDTH, "height": HEIGHT, "floor": FLOOR,
        "ribbon": f"{points('low_fen')} {points('high_fen', backwards=True)}",
        "clear": points("clear_fen"),
        "first": course[0]["day"], "last": course[-1]["day"],
        "low_fen": lowest, "high_fen": highest,
    }  # fmt: skip
