"""How a drug's prices went over time: its winning prices by batch, its band by day."""

from collections.abc import Sequence
from datetime import date, timedelta

from backend.db import as_day, run
from backend.policy.terms import Pack
from backend.prices import wording

# So far back a course is shown.
COURSE_DAYS = 365
# Another province's price stands in the list, but is no step of a price here.
_ELSEWHERE = "elsewhere"

_COURSE = """
SELECT day, low_fen, high_fen, clear_fen, count FROM band_snapshot
WHERE drug_id = ? AND method = ? AND day BETWEEN ? AND ? ORDER BY day
"""


def band_course(drug_id: int, day: date, pack: Pack) -> list[dict]:
    """The band of each day it was taken by the method in force, the oldest first (分)."""
    first = day - timedelta(days=COURSE_DAYS)
    rows = run(_COURSE, drug_id, pack.band.version, first.isoformat(), day.isoformat())
    return [
        {"day": as_day(taken).isoformat(), "low_fen": low, "high_fen": high, "clear_fen": clear,
         "count": count}
        for taken, low, high, clear, count in rows.fetchall()
    ]  # fmt: skip


def winning_course(history: Sequence[dict]) -> dict | None:
    """The winning prices of this province, the oldest first, and what became of the price.

    {title, steps: [{batch, announced_on, price_fen, standing}]}; None for fewer than two.
    `history` is as
    catalog.history gives it.
    """
    steps = [
        {key: one[key] for key in ("batch", "announced_on", "price_fen", "standing")}
        for one in reversed(history)
        if one["standing"]["code"] != _ELSEWHERE
    ]
    if len(steps) < 2:
        return None
    title = wording.course(steps[0]["price_fen"], steps[-1]["price_fen"], len(steps))
    return {"title": title, "steps": steps}
