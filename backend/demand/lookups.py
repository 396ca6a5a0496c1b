"""Reading the ledger of unmet demand: whole weeks, and only what enough askers had."""

from collections.abc import Iterator
from datetime import date, timedelta

from backend.catalog import lookups as catalog
from backend.db import as_day, run
from backend.demand import wording
from backend.demand.rules import Cell, Matter, monday_of, rolled, shown
from backend.money import yuan
from backend.outlets.lookups import district_name
from backend.policy.demand_terms import Demand

_CELLS = """
SELECT day, district, drug, words, why, askers FROM unmet WHERE day >= ? AND day < ?
"""


def cells_between(first: date, before: date) -> Iterator[tuple[Cell, int]]:
    """What was counted on days from `first` on and before `before`."""
    for day, *rest, askers in run(_CELLS, first.isoformat(), before.isoformat()).fetchall():
        yield Cell(as_day(day), *rest), askers


def ledger(
    terms: Demand,
    *,
    today: date,
    since: date | None = None,
    until: date | None = None,
    district: str = "",
) -> tuple[list[Matter], int]:
    """The matters of the weeks that touch those days and are over, and how many are held back.

    A week that is not over would tell by its growth who came today.
    """  # fmt: skip
    first = monday_of(since) if since else date.min
    before = monday_of(today)
    if until:
        before = min(before, monday_of(until) + timedelta(days=7))
    matters = rolled(cells_between(first, before))
    here = [matter for matter in matters if district in ("", matter.district)]
    told = list(shown(here, terms.small_count))
    return told, len(here) - len(told)


def lines(matters: list[Matter], day: date) -> Iterator[dict[str, str | int]]:
    """The matters as lines of the sheet that is handed to buyers, keyed by wording.COLUMNS."""
    drugs = catalog.listed_drugs({matter.drug for matter in matters if matter.drug})
    made = catalog.cards(list(drugs.values()), day)
    cards = {code: made[drug.id] for code, drug in drugs.items()}
    for matter in matters:
        values = (*_when_and_where(matter), *_what(matter, cards.get(matter.drug)),
                  wording.WHYS[matter.why], matter.askers, "")  # fmt: skip
        yield dict(zip(wording.COLUMNS, values, strict=True))


def _when_and_where(matter):
    named = district_name(matter.district) or wording.NOWHERE
    last = matter.week + timedelta(days=6)
    return matter.week.isoformat(), last.isoformat(), matter.district, named


def _what(matter, card):
    if card is None:
        return matter.drug, "", "", "", "", "", matter.words
    won = card["winning_price_fen"]
    return (
        card["code"], card["generic_name"], card["pack"] or card["strength"],
        card["manufacturer"], card["batch"] or "", "" if won is None else yuan(won), "",
    )  # fmt: skip
