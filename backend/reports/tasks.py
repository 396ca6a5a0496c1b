"""Reports by night: what is agreed becomes observations, what is due a task, old counts go."""

from backend import db
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.nightly import Nightly
from backend.prices.models import Contradiction
from backend.prices.sheetkinds import every_kind
from backend.queue import Huey
from backend.reports import wording
from backend.reports.actions import forget, open_due_tasks
from backend.reports.handing import hand_in_agreed
from backend.reports.models import ReportedPrice
from backend.reports.reviewing import drop_set_aside

# First of the night: the marks and their key are over with the day, and the bands that are taken
# next shall know the prices it brings.
TAKE_REPORTS = Nightly("take_reports", hour=0, minute=5, about=wording.NIGHT)
NIGHTLY = (TAKE_REPORTS,)


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue do it every night, and at its start: it may have been off for days."""
    TAKE_REPORTS.put_on(queue, lambda: take_reports(city), is_missing=has_any)


def take_reports(city: str) -> int:
    """Forget, open tasks, hand in what is agreed; how many prices. Run twice it leaves the same."""
    day = city_day(outside.clock.now())
    with db.opened():
        forget(day, city=city)
        open_due_tasks(day, city=city)
        delivery = hand_in_agreed(day, city=city)
        drop_set_aside(every_kind(city)["aside"])
        return delivery.rows if delivery else 0


def has_any() -> bool:
    """Whether there is anything to hand in or to forget."""
    with db.opened():
        return any(table.select().exists() for table in (Contradiction, ReportedPrice))
