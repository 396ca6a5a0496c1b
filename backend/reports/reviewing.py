"""What staff see and do: prices under review, tasks at outlets, as lines of a sheet."""

from collections.abc import Iterator, Mapping

from backend.db import as_day, run
from backend.errors import BadInput, NotFound, NotNow
from backend.intake import actions as intake
from backend.intake.kinds import Kind, Progress, in_silence
from backend.intake.models import FOREVER, Delivery
from backend.money import yuan
from backend.outside import outside
from backend.outside.clock import city_day
from backend.prices.models import Review
from backend.reports import wording
from backend.reports.handing import hand_in
from backend.reports.lookups import Due
from backend.reports.rules import Agreed
from backend.sheets.reading import Row

_QUEUE = """
SELECT review.id, review.what, outlet.code, outlet.name, drug.code, drug.generic_name, drug.pack,
       drug.strength, review.price_fen, review.median_fen, review.observed_on, review.askers,
       review.queued_on, review.state, review.note
FROM review JOIN outlet ON outlet.id = review.outlet_id JOIN drug ON drug.id = review.drug_id
WHERE review.state = ? OR ? = 1 ORDER BY review.id
"""
# The most of one day: so many at least were different people.
_TASKS = """
SELECT task.id, task.kind, outlet.code, outlet.name, outlet.address, outlet.phone, drug.code,
       drug.generic_name, drug.pack, drug.strength, task.opened_on, task.askers,
       COALESCE((SELECT MAX(askers) FROM contradiction AS said WHERE said.what = task.kind
                 AND said.outlet_id = task.outlet_id AND said.drug_id = task.drug_id), 0),
       task.open, task.note
FROM task JOIN outlet ON outlet.id = task.outlet_id LEFT JOIN drug ON drug.id = task.drug_id
WHERE task.open = 1 OR ? = 1 ORDER BY task.id
"""
_STILL_SHOWN = """
SELECT review.id, review.key FROM review JOIN offer ON offer.key = review.key AND offer.died = ?
WHERE review.state = 'set_aside' ORDER BY review.id
"""
_CODES = "SELECT outlet.code, drug.code FROM outlet, drug WHERE outlet.id = ? AND drug.id = ?"


def queue(*, all_of_them: bool = False) -> Iterator[dict[str, str | int]]:
    """The prices that wait (or all that ever did), keyed by wording.QUEUE_COLUMNS."""
    for row in run(_QUEUE, Review.WAITING, int(all_of_them)).fetchall():
        (id_, what, code, name, drug, generic, pack, strength, price, median, seen, askers, queued,
         state, note) = row  # fmt: skip
        values = (
            id_, wording.QUEUED_BY[what], code, name, drug, generic, pack or strength, yuan(price),
            yuan(median), as_day(seen).isoformat(), askers, as_day(queued).isoformat(),
            wording.QUEUE_STATES[state], note,
        )  # fmt: skip
        yield dict(zip(wording.QUEUE_COLUMNS, values, strict=True))


def tasks(*, all_of_them: bool = False) -> Iterator[dict[str, str | int]]:
    """The open tasks (or all there ever were), keyed by wording.TASK_COLUMNS."""
    for row in run(_TASKS, int(all_of_them)).fetchall():
        (id_, kind, code, name, address, phone, drug, generic, pack, strength, opened, askers, most,
         is_open, note) = row  # fmt: skip
        values = (
            id_, wording.TASKS[kind], code, name, address, phone, drug or "", generic or "",
            pack or strength or "", as_day(opened).isoformat(), askers, most,
            wording.TASK_STATES["open" if is_open else "done"], note,
        )  # fmt: skip
        yield dict(zip(wording.TASK_COLUMNS, values, strict=True))


def decide(number: int, state: str, *, note: str, kinds: Mapping[str, Kind]) -> Review:
    """Keep a price under review or set it aside, once.

    A reported price that is kept is handed in by the way; killed in between it is handed in by
    whoever decides again, to the same effect. A price of a sheet that is set aside gives way to
    the newest other one of that drug there, at once or, cut short, by night. Raises BadInput
    without a note, NotFound, NotNow where it was decided or another sheet is being published.
    """
    if not note.strip():
        raise BadInput(wording.NEEDS_NOTE)
    review = Review.get_or_none(Review.id == number)
    if review is None:
        raise NotFound(wording.NO_SUCH_REVIEW)
    if review.state != Review.WAITING:
        raise NotNow(wording.DECIDED_ALREADY)
    now = outside.clock.now()
    if (review.what, state) == (Review.REPORTS, Review.KEPT):
        hand_in([_due(review)], city_day(now), kind=kinds["prices"])
    decided = Review.update(state=state, decided_at=now, note=note[:500]).where(
        Review.id == number, Review.state == Review.WAITING
    )
    if not decided.execute():
        raise NotNow(wording.DECIDED_ALREADY)
    try:
        drop_set_aside(kinds["aside"])
    except NotNow:
        raise NotNow(wording.DROPPED_LATER) from None
    return Review.get_by_id(number)


def drop_set_aside(kind: Kind, progress: Progress = in_silence) -> Delivery | None:
    """Take out of what is shown every price that was set aside; None where there is none.

    Raises NotNow where another sheet is being published.
    """
    rows = [Row(number, {"key": key}) for number, key in run(_STILL_SHOWN, FOREVER).fetchall()]
    if not rows:
        return None
    name = wording.set_aside(city_day(outside.clock.now()).isoformat())
    delivery = intake.receive_rows(kind, rows, name=name, progress=progress)
    return intake.publish(kind, delivery, progress=progress)


def _due(review):
    outlet, drug = run(_CODES, review.outlet_id, review.drug_id).fetchone()
    said = Agreed(review.price_fen, review.askers, review.observed_on)
    return Due(outlet, drug, review.drug_id, review.outlet_id, said)
