"""Handing in as observations what residents agree on, through the intake of price sheets."""

import json
from collections.abc import Sequence
from datetime import date

from backend.errors import BatchRefused
from backend.intake import actions as intake
from backend.intake.kinds import Kind, Progress, in_silence
from backend.intake.models import Delivery
from backend.policy.packs import pack_on
from backend.prices.arrivals import key_of
from backend.prices.models import Review
from backend.prices.sheetkinds import every_kind
from backend.prices.sheets import SOURCES
from backend.reports import wording
from backend.reports.lookups import Due, agreed_prices, asked_for
from backend.reports.rules import median_if_far
from backend.sheets.reading import Row


def hand_in_agreed(
    day: date, *, city: str = "shenyang", progress: Progress = in_silence
) -> Delivery | None:
    """Hand in the prices enough residents agreed on by that day; those far off are queued.

    Killed at any point the next night does the rest: an observation is known by what it says, and
    one that stands takes the reports before it away. Raises NotNow where another sheet is being
    published.
    """
    pack = pack_on(city, day)
    terms = pack.reports
    if terms is None:
        return None
    kinds = every_kind(city)
    intake.resume(kinds, progress=progress)
    due = []
    for one in agreed_prices(day, terms):
        far = median_if_far(one.agreed.price_fen, asked_for(one.drug_id), pack.outliers)
        if far is None or _is_kept(one):
            due.append(one)
        else:
            _queue(one, far, day)
    return hand_in(due, day, kind=kinds["prices"], progress=progress) if due else None


def hand_in(
    due: Sequence[Due], day: date, *, kind: Kind, progress: Progress = in_silence
) -> Delivery | None:
    """Publish these prices as one delivery with the source 居民反映; what no sheet may say (an
    outlet that is gone, a special drug where it must not be) is left out."""
    rows = [_row(number, one) for number, one in enumerate(due, start=1)]
    while rows:
        try:
            delivery = intake.receive_rows(
                kind, rows, name=wording.delivery(day.isoformat()), progress=progress
            )
            # Whoever doubts them has looked already: here, or at the queue.
            return intake.publish(kind, delivery, accept_doubts=True, progress=progress)
        except BatchRefused as refused:
            wrong = {problem["row"] for problem in json.loads(refused.delivery.problems)}
            rows = [row for row in rows if row.number not in wrong]
    return None


def _row(number, one: Due):
    return Row(number, {
        "outlet": one.outlet, "drug": one.drug, "price_fen": one.agreed.price_fen,
        "in_stock": None, "observed_on": one.agreed.observed_on, "source": SOURCES["report"],
        "evidence": wording.evidence(one.agreed.askers), "selling": 1,
    })  # fmt: skip


def observation_key(one: Due) -> int:
    """The identity of the observation it is handed in as."""
    return key_of(
        one.outlet, one.drug, one.agreed.observed_on, source=SOURCES["report"],
        price_fen=one.agreed.price_fen,
    )  # fmt: skip


def _of(one: Due):
    """What was decided, or waits, about this price of a drug at an outlet."""
    return (
        Review.what == Review.REPORTS, Review.outlet_id == one.outlet_id,
        Review.drug_id == one.drug_id, Review.price_fen == one.agreed.price_fen,
    )  # fmt: skip


def _is_kept(one):
    return Review.select().where(*_of(one), Review.state == Review.KEPT).exists()


def _queue(one: Due, median_fen, day):
    """Have it wait for a person; what waits already is told the newest of it."""
    told = {
        "key": observation_key(one), "median_fen": median_fen,
        "observed_on": one.agreed.observed_on, "askers": one.agreed.askers,
    }  # fmt: skip
    if Review.update(**told).where(*_of(one), Review.state == Review.WAITING).execute():
        return
    Review.insert(
        **told, what=Review.REPORTS, outlet_id=one.outlet_id, drug_id=one.drug_id,
        price_fen=one.agreed.price_fen, queued_on=day,
    ).on_conflict_ignore().execute()  # fmt: skip
