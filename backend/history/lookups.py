"""Reading how prices went: of a drug at an outlet by observation, of a drug in the city by day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from backend.catalog import lookups as catalog
from backend.catalog.cards import winning, wins_of
from backend.catalog.models import Drug
from backend.db import as_day, run
from backend.history import wording
from backend.history.models import PriceDay
from backend.history.rules import Seen, won_their_day
from backend.intake.models import Publication
from backend.outlets import lookups as outlets
from backend.policy.packs import pack_on
from backend.prices.courses import COURSE_DAYS, winning_course
from backend.prices.lookups import allowed_at, city_moment
from backend.prices.sheets import RESIDENTS, SOURCE_CODES
from backend.prices.wording import SOURCES as SOURCE_WORDS

# More than are seen in all the days they are kept whole.
MOST = 2_000


# What residents handed in is shown while it is the offer, and not remembered of a single outlet.
_OBSERVED = f"""
SELECT o.id, o.key, o.observed_on, o.source, o.price_fen, o.in_stock, o.selling,
       o.evidence <> '' AS has_evidence
FROM observation AS o LEFT JOIN delivery AS d ON d.id = o.delivery_id
WHERE o.outlet_id = ? AND o.drug_id = ? AND (o.delivery_id IS NULL OR d.number <= ?)
  AND (o.source NOT IN ({RESIDENTS}) OR o.key = ?)
ORDER BY o.observed_on DESC, o.source DESC, o.id DESC LIMIT ?
"""
_SHOWN = """
SELECT key FROM offer WHERE drug_id = ? AND outlet_id = ? AND born <= ? AND died > ?
"""


def outlet_history(outlet_code: str, drug_code: str, *, city: str = "shenyang") -> dict:
    """Every observation of a drug at an outlet that is remembered, the oldest first:
    {outlet, drug, title, items, winning, more}.

    Of each day one item `counts`, by the published rule; `current` is what is shown now. `winning`
    are the steps of the winning price through the same days. Raises NotFound and Gone.
    """
    moment = city_moment()
    day, pack = moment.date(), pack_on(city, moment.date())
    outlet, drug = outlets.find(outlet_code), catalog.find(drug_code)
    allowed = allowed_at(drug, day)
    rows = _observed(outlet.id, drug.id) if allowed is None or outlet.id in allowed else []
    steps = winning_steps(drug.id, as_day(rows[-1][2]), day) if rows else []
    told = list(_told(list(reversed(rows[:MOST])), steps))
    counted = [one for one in told if one["counts"]]
    return {
        "outlet": outlets.place_card(outlet, pack),
        "drug": catalog.card(drug, day),
        "title": wording.outlet_course(
            [one["price_fen"] for one in counted if one["selling"]],
            sells=not counted or counted[-1]["selling"],
        ),
        "items": told,
        "winning": steps,
        "until": day.isoformat(),
        "more": len(rows) > MOST,
    }


def _observed(outlet_id, drug_id) -> list[tuple]:
    number = Publication.current()
    now = run(_SHOWN, drug_id, outlet_id, number, number).fetchone()
    shown = now[0] if now else -1
    found = run(_OBSERVED, outlet_id, drug_id, number, shown, MOST + 1).fetchall()
    return [(*row, row[1] == shown) for row in found]


def _told(rows: Sequence[tuple], steps: Sequence[dict]) -> Iterator[dict[str, Any]]:
    counting = {one.number for one in won_their_day(map(_seen, rows))}
    for row in rows:
        id_, _, day, source, price, stock, selling, evidence, current = row
        code = SOURCE_CODES[source]
        yield {
            "observed_on": as_day(day).isoformat(),
            "price_fen": price,
            "in_stock": None if stock is None else bool(stock),
            "selling": bool(selling),
            "source": {"code": code, "text": SOURCE_WORDS[code]},
            "has_evidence": bool(evidence),
            "counts": id_ in counting,
            "current": current,
            "winning_price_fen": _winning_on(steps, as_day(day).isoformat()),
        }


def _seen(row) -> Seen:
    id_, _, day, source, price, stock, selling, *_ = row
    return Seen(as_day(day), source, id_, price, None if stock is None else bool(stock),
                bool(selling))  # fmt: skip


def winning_steps(drug_id: int, first: date, last: date) -> list[dict]:
    """The winning price through these days: [{day, price_fen}], None where none was in force."""
    wins = wins_of([drug_id]).get(drug_id, [])
    turns = {first}
    for one in wins:
        turns |= {one.valid_from, one.valid_until and one.valid_until + timedelta(days=1)}
    steps: list[dict] = []
    for turn in sorted(turn for turn in turns if turn and first <= turn <= last):
        win, standing = winning(wins, turn)
        price = win.price_fen if win and standing == "in_force" else None
        if not steps or steps[-1]["price_fen"] != price:
            steps.append({"day": turn.isoformat(), "price_fen": price})
    return steps


def _winning_on(steps, iso):
    return next((one["price_fen"] for one in reversed(steps) if one["day"] <= iso), None)


_DAYS = """
SELECT day, class, count, low_fen, median_fen, high_fen, winning_fen, at_winning FROM price_day
WHERE drug_id = ? AND day BETWEEN ? AND ? ORDER BY day, class
"""


def city_history(drug_code: str, *, days: int = COURSE_DAYS, city: str = "shenyang") -> dict:
    """What the city's designated outlets asked for a drug by day, the oldest first:
    {drug, title, items, winning}.

    An item is of all outlets (scope "") or of pharmacies. `winning` are the winning prices by
    batch, as the drug's page has them. Raises NotFound and Gone.
    """
    day = city_moment().date()
    drug = catalog.find(drug_code)
    items = days_of(drug, day - timedelta(days=days), day)
    course = winning_course(catalog.history(drug))
    return {
        "drug": catalog.card(drug, day),
        "title": title_of(items),
        "items": items,
        "winning": course["steps"] if course else [],
    }


def days_of(drug: Drug, first: date, last: date) -> list[dict]:
    """The prices of each day that was taken."""
    return [
        {"day": as_day(day).isoformat(), "scope": scope, "count": count, "low_fen": low,
         "median_fen": median, "high_fen": high, "winning_price_fen": winning_fen,
         "at_or_below_winning": None if winning_fen is None else at_winning}
        for day, scope, count, low, median, high, winning_fen, at_winning in run(
            _DAYS, drug.id, first.isoformat(), last.isoformat()
        ).fetchall()
    ]  # fmt: skip


def title_of(items: Sequence[dict]) -> str:
    """The finding of the days, over all outlets."""
    days = of_all(items)
    share = None
    if days and days[-1]["at_or_below_winning"] is not None:
        share = 100 * days[-1]["at_or_below_winning"] // days[-1]["count"]
    return wording.city_course([one["median_fen"] for one in days], share)


def of_all(items: Sequence[dict]) -> list[dict]:
    """The days over all outlets, without those of a class."""
    return [one for one in items if one["scope"] == PriceDay.ALL]


def city_lines(told: dict) -> Iterator[tuple]:
    """The same as lines of a sheet (wording.CITY_COLUMNS): the days, then the winning prices."""
    for one in told["items"]:
        yield (one["day"], wording.SCOPES[one["scope"]], one["count"], one["low_fen"],
               one["median_fen"], one["high_fen"], one["winning_price_fen"],
               one["at_or_below_winning"], "", "")  # fmt: skip
    for step in told["winning"]:
        yield (step["announced_on"], wording.SCOPES["winning"], None, None, None, None,
               step["price_fen"], None, step["batch"], step["standing"]["text"])  # fmt: skip


def outlet_lines(told: dict) -> Iterator[tuple]:
    """An outlet's observations as lines of a sheet (wording.OUTLET_COLUMNS)."""
    for one in told["items"]:
        yield (one["observed_on"], one["price_fen"], one["in_stock"], one["source"]["text"],
               one["has_evidence"], one["selling"], one["counts"], one["current"],
               one["winning_price_fen"])  # fmt: skip
