"""Step lines drawn on the server: a price through the days beside the winning price."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from miniprogram_api.charts import FLOOR, HEIGHT, LEFT, TOP, WIDTH

Step = tuple[str, int | None]


class Paper:
    """Where days and prices lie in a drawing that shows all of these."""

    def __init__(self, first: str, last: str, prices: Iterable[int]) -> None:
        self.begins, self.ends = date.fromisoformat(first), date.fromisoformat(last)
        shown = list(prices)
        self.low, self.high = min(shown), max(shown)

    def x(self, iso: str) -> float:
        """How far right a day lies."""
        span = (self.ends - self.begins).days or 1
        gone = (date.fromisoformat(iso) - self.begins).days
        return round(LEFT + gone / span * (WIDTH - 2 * LEFT), 1)

    def y(self, fen: int) -> float:
        """How far down a price lies; one that never moved lies in the middle."""
        if self.high == self.low:
            return (FLOOR + TOP) / 2
        return round(FLOOR - (fen - self.low) / (self.high - self.low) * (FLOOR - TOP), 1)

    def steps(self, steps: Sequence[Step]) -> str:
        """The path of prices, each holding until the next; None breaks the line."""
        told, lifted = [], True
        ends = [*(day for day, _ in steps[1:]), self.ends.isoformat()]
        for (day, fen), end in zip(steps, ends, strict=True):
            if fen is None:
                lifted = True
                continue
            told.append(f"{'M' if lifted else 'L'}{self.x(day)} {self.y(fen)}H{self.x(end)}")
            lifted = False
        return "".join(told)

    def facts(self) -> dict[str, Any]:
        """What the template needs of it."""
        return {
            "width": WIDTH, "height": HEIGHT, "floor": FLOOR, "low_fen": self.low,
            "high_fen": self.high, "first": self.begins.isoformat(),
            "last": self.ends.isoformat(),
        }  # fmt: skip


def of_outlet(told: dict) -> dict[str, Any] | None:
    """An outlet's price and the winning price as step lines; None where nothing was ever seen.

    {width, height, floor, low_fen, high_fen, first, last, price, winning (paths), dots}
    """
    counted = [one for one in told["items"] if one["counts"]]
    asked: list[Step] = [
        (one["observed_on"], one["price_fen"] if one["selling"] else None) for one in counted
    ]
    won: list[Step] = [(one["day"], one["price_fen"]) for one in told["winning"]]
    prices = [fen for _, fen in asked if fen is not None]
    if not prices:
        return None
    paper = Paper(asked[0][0], told["until"], [*prices, *(fen for _, fen in won if fen)])
    return paper.facts() | {
        "price": paper.steps(asked),
        "winning": paper.steps(won),
        "dots": [(paper.x(day), paper.y(fen)) for day, fen in asked if fen is not None],
    }


def of_city(days: Sequence[dict]) -> dict[str, Any] | None:
    """The quartiles of the city as a ribbon, the middle price and the winning price as step lines;
    None for fewer than two days. {…, ribbon (points), middle, winning (paths)}
    """
    if len(days) < 2:
        return None
    won: list[Step] = [(one["day"], one["winning_price_fen"]) for one in days]
    shown = [one[key] for one in days for key in ("low_fen", "high_fen")]
    paper = Paper(days[0]["day"], days[-1]["day"], [*shown, *(fen for _, fen in won if fen)])
    there = [f"{paper.x(one['day'])},{paper.y(one['low_fen'])}" for one in days]
    back = [f"{paper.x(one['day'])},{paper.y(one['high_fen'])}" for one in reversed(days)]
    return paper.facts() | {
        "ribbon": " ".join(there + back),
        "middle": paper.steps(_turns([(one["day"], one["median_fen"]) for one in days])),
        "winning": paper.steps(_turns(won)),
    }


def _turns(steps: Sequence[Step]) -> list[Step]:
    """Only the steps at which something changes."""
    return [one for number, one in enumerate(steps) if not number or steps[number - 1][1] != one[1]]
