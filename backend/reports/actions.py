"""Verbs on reports: count one, open and close tasks for staff, forget in time."""

from datetime import date, timedelta

from backend.db import as_day, database, run
from backend.errors import BadInput, NotFound, NotNow
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.policy.report_terms import Reports
from backend.prices.lookups import city_moment
from backend.prices.models import Contradiction
from backend.reports import wording
from backend.reports.lookups import Matter, matter, wrong
from backend.reports.marks import first_times
from backend.reports.models import ReportedPrice, Task
from backend.reports.rules import COUNTED_AS

_COUNT = """
INSERT INTO contradiction (outlet_id, drug_id, what, day, askers) VALUES (?, ?, ?, ?, 1)
ON CONFLICT (outlet_id, drug_id, what, day) DO UPDATE SET askers = contradiction.askers + 1
"""
_COUNT_PRICE = """
INSERT INTO reported_price (outlet_id, drug_id, day, price_fen, askers) VALUES (?, ?, ?, ?, 1)
ON CONFLICT (outlet_id, drug_id, day, price_fen) DO UPDATE SET askers = reported_price.askers + 1
"""
_RAISE = """
UPDATE task SET askers = askers + 1
WHERE kind = ? AND outlet_id = ? AND drug_id = ? AND open = 1
"""
_DONE = """
SELECT done_on, seen FROM task WHERE kind = ? AND outlet_id = ? AND drug_id = ? AND open IS NULL
ORDER BY id DESC LIMIT 1
"""
_SAID = """
SELECT day, askers FROM contradiction
WHERE what = ? AND outlet_id = ? AND drug_id = ? AND day > ? AND day <= ?
"""
_OPEN = """
INSERT INTO task (kind, outlet_id, drug_id, open, opened_on, askers, seen, note)
VALUES (?, ?, ?, 1, ?, ?, 0, '') ON CONFLICT (kind, outlet_id, drug_id, open) DO {otherwise}
"""
_MANY = """
SELECT what, outlet_id, drug_id, SUM(askers) FROM contradiction WHERE day > ? AND day <= ?
GROUP BY what, outlet_id, drug_id HAVING SUM(askers) > 1
"""

Case = tuple[str, int, int]


def report(
    what: str, *, asker: str, outlet: str, drug: str = "", price_fen: int | None = None,
    offer: str = "", city: str = "shenyang",
) -> dict:  # fmt: skip
    """Count what one asker says of an outlet or of a drug there: {status, text, next, …}.

    `what` is a key of rules.COUNTED_AS, `asker` a mark that stays the same for the city's day;
    it is not kept. Said again that day it is answered the same and not counted. Raises NotFound,
    Gone, BadInput, TooMany, TryAgain where it cannot be counted, NotNow where the pack wants none.
    """
    moment = city_moment()
    terms = pack_on(city, moment.date()).reports
    if terms is None:
        raise NotNow(wording.NOT_OPEN)
    if price_fen is not None and what != "wrong_price":
        raise wrong("price_fen", wording.NEEDS_NO_PRICE)
    about = matter(what, outlet=outlet, drug=drug, offer=offer)
    if not about.superseded:
        abouts = [f"{COUNTED_AS[what]} {about.outlet_id} {about.drug_id}"]
        if price_fen is not None:
            abouts.append(f"asked {about.outlet_id} {about.drug_id}")
        with first_times(asker, abouts, moment, most=terms.per_asker_day) as new:
            _count(
                what, about, price_fen, moment.date(), terms=terms, new=[a in new for a in abouts]
            )
    return _told(what, about, price_fen, terms)


def _told(what, about: Matter, price_fen, terms):
    if about.superseded:
        status, text, then = "superseded", wording.SUPERSEDED, ""
    else:
        status, text = "recorded", wording.thanks(what, about.outlet, about.drug, price_fen)
        then = wording.then(what, task=terms.task_askers(COUNTED_AS[what]), agree=terms.agree,
                            priced=price_fen is not None)  # fmt: skip
    return {"status": status, "text": text, "nobody": wording.NOBODY, "next": then}


def _count(what, about: Matter, price_fen, day, *, terms, new):
    """All that follows from one report, at once or not at all."""
    case = (COUNTED_AS[what], about.outlet_id, about.drug_id)
    with database.atomic():
        if new[0]:
            run(_COUNT, about.outlet_id, about.drug_id, case[0], day.isoformat())
            if not run(_RAISE, *case).rowcount:
                _open_if_due(case, day, terms, otherwise="UPDATE SET askers = task.askers + 1")
        if new[1:] == [True]:
            run(_COUNT_PRICE, about.outlet_id, about.drug_id, day.isoformat(), price_fen)


def _open_if_due(case: Case, day, terms: Reports, *, otherwise):
    """Open a task where enough said so since the last one was done; one only, whoever asks."""
    askers = _since_done(case, day, terms)
    if askers < terms.task_askers(case[0]):
        return 0
    return run(_OPEN.format(otherwise=otherwise), *case, day.isoformat(), askers).rowcount


def _since_done(case, day, terms):
    """How many said so within the window and after the last task about it was done."""
    last = run(_DONE, *case).fetchone()
    done_on, seen = (as_day(last[0]), last[1]) if last else (date.min, 0)
    first = day - timedelta(days=terms.within_days)
    said = run(_SAID, *case, first.isoformat(), day.isoformat()).fetchall()
    return sum(
        askers - (seen if as_day(said_on) == done_on else 0)
        for said_on, askers in said
        if as_day(said_on) >= done_on
    )


def open_due_tasks(day: date, *, city: str = "shenyang") -> int:
    """Open what is due and not open, as where two reports of two days missed each other."""
    terms = pack_on(city, day).reports
    if terms is None:
        return 0
    first, opened = day - timedelta(days=terms.within_days), 0
    for what, outlet_id, drug_id, _ in run(_MANY, first.isoformat(), day.isoformat()).fetchall():
        with database.atomic():
            opened += _open_if_due((what, outlet_id, drug_id), day, terms, otherwise="NOTHING")
    return opened


def finish_task(number: int, *, note: str) -> Task:
    """Note that a task is done; raises BadInput without a note, NotFound where none is open."""
    if not note.strip():
        raise BadInput(wording.NEEDS_NOTE)
    now = outside.clock.now()
    today = city_day(now)
    with database.atomic():
        task = Task.get_or_none(Task.id == number, Task.open == 1)
        if task is None:
            raise NotFound(wording.NO_SUCH_TASK)
        said = Contradiction.get_or_none(
            Contradiction.outlet_id == task.outlet_id, Contradiction.drug_id == task.drug_id,
            Contradiction.what == task.kind, Contradiction.day == today,
        )  # fmt: skip
        done = Task.update(
            open=None, done_on=today, done_at=now, seen=said.askers if said else 0, note=note[:500]
        ).where(Task.id == number, Task.open == 1)
        if not done.execute():
            raise NotFound(wording.NO_SUCH_TASK)
    return Task.get_by_id(number)


def forget(day: date, *, city: str = "shenyang") -> int:
    """Delete the counts at the end of their time, and what processes still know of marks that are
    over; how many rows go. Without terms in the pack all of them."""
    outside.limits.sweep()
    terms = pack_on(city, day).reports
    oldest = day - timedelta(days=terms.keep_days) if terms else date.max
    return sum(
        table.delete().where(table.day < oldest).execute()
        for table in (Contradiction, ReportedPrice)
    )
