"""Noting what was asked in vain, writing it down later, and forgetting it in time."""

from collections import Counter
from datetime import date, timedelta

from backend.catalog.searches import masked
from backend.db import database, in_turn, run_many
from backend.demand.lookups import cells_between
from backend.demand.models import Unmet
from backend.demand.rules import Cell, monday_of, rolled, shown
from backend.demand.waiting import Note, Waiting
from backend.outside import outside
from backend.policy.packs import pack_on
from backend.prices.lookups import city_moment

waiting = Waiting()

_ADD = """
INSERT INTO unmet (day, district, drug, words, why, askers) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (day, district, drug, words, why) DO UPDATE SET askers = unmet.askers + excluded.askers
"""


def note(
    why: str,
    *,
    asker: str,
    drug: str = "",
    words: str = "",
    district: str = "",
) -> None:
    """Keep for a moment that this asker could not get a drug (its code), or found no such words.

    `asker` is a mark that stays the same for the week; neither it nor a position is written. Takes
    no look at any table: whoever asks does not wait.
    """
    moment = city_moment()
    cell = Cell(moment.date(), district, drug, "" if drug else masked(words), why)
    waiting.add(Note(cell, asker, moment))


def write_down() -> int:
    """Count the newcomers among what was noted and write their cells; how many cells.

    Raises what the database raises: what was counted then waits for the next time.
    """
    for one in waiting.taken():
        if outside.limits.newcomers.is_new(one.asker, one.cell.about, one.moment):
            waiting.count(one.cell)
    cells = Counter(waiting.cells)
    if cells:
        with database.atomic():
            # In one order everywhere, so that two processes do not wait for each other.
            run_many(_ADD, [(*cell, askers) for cell, askers in sorted(cells.items())])
        waiting.written(cells)
    return len(cells)


def roll_and_forget(day: date, *, city: str = "shenyang") -> int:
    """Keep of weeks long over only what enough askers had, one row each; how many rows go.

    What too few asked for is deleted, and everything at the end of its time (`demand` in the
    policy pack).
    """
    terms = pack_on(city, day).demand
    if terms is None:
        return Unmet.delete().execute()
    before = monday_of(day - timedelta(days=terms.small_days))
    oldest = monday_of(day - timedelta(days=terms.keep_days))
    with in_turn():
        held = Unmet.select().count()
        kept = list(shown(rolled(cells_between(oldest, before)), terms.small_count))
        Unmet.delete().where(Unmet.day < before).execute()
        run_many(_ADD, [tuple(matter) for matter in kept])
        return held - Unmet.select().count()
