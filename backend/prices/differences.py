"""How a sheet of prices differs from the offers of today, and what in it looks mistaken."""

import statistics
from array import array
from collections import defaultdict
from collections.abc import Iterable

from backend.db import database, run, run_many, tell_planner
from backend.intake.kinds import Diff
from backend.intake.models import FOREVER, Delivery
from backend.prices import arrivals_sql as sql
from backend.prices import wording
from backend.prices.models import StagedPrice

_NAMES = {
    StagedPrice.UNCHANGED: "unchanged", StagedPrice.ADDED: "added", StagedPrice.CHANGED: "changed",
    StagedPrice.OLDER: "older", StagedPrice.WITHDRAWN: "withdrawn",
}  # fmt: skip


def keep_medians(delivery: Delivery, *, least: int) -> None:
    """Keep the median of every drug of the sheet: of its offers, or of the sheet where few ask."""
    medians = _medians(run(sql.STAGED_PRICES, delivery.id), least)
    medians |= _medians(run(sql.OFFERED_PRICES, FOREVER, delivery.id), least)
    with database.atomic():
        run(sql.RESET_MEDIANS, delivery.id)
        run_many(sql.KEEP_MEDIAN, [(delivery.id, drug, m) for drug, m in medians.items()])
    tell_planner("staged_median")


def _medians(rows: Iterable[tuple[int, int]], least: int) -> dict[int, int]:
    """The median price (分) of each drug that has so many prices at least, by its id."""
    asked: dict[int, array[int]] = defaultdict(lambda: array("q"))
    for drug_id, price_fen in rows:
        asked[drug_id].append(price_fen)
    enough = ((drug, prices) for drug, prices in asked.items() if len(prices) >= least)
    return {drug: int(statistics.median(prices)) for drug, prices in enough}


def difference(delivery: Delivery, *, factor: int) -> Diff:
    """What the staged prices would do to the offers, and which of them look mistaken."""
    diff = Diff()
    for act, count in run(sql.COUNTS, delivery.id).fetchall():
        setattr(diff, _NAMES[act], count)
    diff.doubts = run(sql.DOUBT_COUNT, delivery.id).fetchone()[0]
    diff.examples = list(_examples(delivery))
    diff.doubtful = list(_doubtful(delivery, factor))
    return diff


def _examples(delivery):
    rows = run(sql.EXAMPLES, delivery.id, StagedPrice.CHANGED, Diff.EXAMPLES, FOREVER)
    for row, outlet, drug, before, after in rows.fetchall():
        yield {"row": row, "outlet": outlet, "drug": drug, "price_fen": [before, after]}


def _doubtful(delivery, factor):
    rows = run(sql.DOUBTFUL, delivery.id, Diff.DOUBTFUL)
    for row, outlet, name, price, median in rows.fetchall():
        yield {"row": row, "code": outlet, "what": wording.doubtful(name, price, median, factor)}
