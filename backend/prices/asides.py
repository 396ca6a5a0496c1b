"""Observations a person set aside: what is shown falls back to the newest other one, or goes.

An act of its own, published like a sheet: no observation is changed or deleted.
"""

from collections.abc import Sequence
from datetime import date

from backend.db import database, run
from backend.intake.kinds import Diff, Progress
from backend.intake.models import FOREVER, Delivery
from backend.prices import asides_sql as sql
from backend.prices.arrivals import PricesKind
from backend.prices.differences import difference
from backend.prices.models import StagedPrice
from backend.sheets.reading import Problem, Row


class AsideStager:
    """Stages the observations as they are; `row` is the number of the review."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery_id = delivery.id

    def take(self, rows: Sequence[Row]) -> list[Problem]:
        """Stage these rows, each naming an observation by its `key`."""
        with database.atomic():
            for row in rows:
                run(sql.STAGE, self.delivery_id, row.number, row.values["key"])
        return []

    def finish(self) -> list[Problem]:
        """Each is staged by itself."""
        return []


class AsideKind(PricesKind):
    """Prices set aside; takes the way of a sheet of prices from the comparison on."""

    key = "aside"

    def stager(  # type: ignore[override]
        self, delivery: Delivery, *, columns: frozenset[str], today: date
    ) -> AsideStager:
        """A stager for a new delivery."""
        return AsideStager(delivery)

    def compare(self, delivery: Delivery, progress: Progress) -> Diff:
        """Put beside each observation what will be shown instead: the row becomes that one."""
        with database.atomic():
            for staged_id, key in run(sql.STAGED_ASIDE, delivery.id).fetchall():
                _fall_back(staged_id, key)
        return difference(delivery, factor=self.pack().outliers.factor)


def _fall_back(staged_id, key):
    run(sql.AS_IT_WAS, key, staged_id)
    if not run(sql.SHOWN, key, FOREVER).fetchone():
        act = StagedPrice.UNCHANGED
    elif other := run(sql.NEWEST_OTHER, key).fetchone():
        run(sql.AS_IT_WAS, other[0], staged_id)
        act = StagedPrice.CHANGED if other[1] else StagedPrice.WITHDRAWN
    else:
        act = StagedPrice.WITHDRAWN
    run(sql.ACT, act, staged_id)
