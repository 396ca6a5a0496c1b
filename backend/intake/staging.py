"""A sheet on its way in: recorded, read in batches, staged where nobody sees it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from backend.errors import BatchRefused
from backend.intake import wording
from backend.intake.kinds import Diff, Kind, Progress
from backend.intake.models import Delivery, Publication
from backend.intake.owners import me
from backend.outside import outside
from backend.outside.clock import city_day
from backend.sheets.reading import Problem, Row, Sheet, Unreadable, open_sheet

ROWS_AT_ONCE = 5_000
PROBLEMS_KEPT = 1_000


def open_delivery(kind: Kind, path: Path, *, name: str, whole: bool) -> Delivery:
    """Record that a sheet is being read."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return _opened(kind, name, digest, whole=whole)


def _opened(kind, name, digest, *, whole):
    now = outside.clock.now()
    return Delivery.create(
        kind=kind.key, name=name[:200], digest=digest, whole=int(whole), owner=me(),
        received_at=now, beat_at=now,
    )  # fmt: skip


def is_in_already(delivery: Delivery) -> bool:
    """Whether the very same file was the last of its kind to be published: nothing to do then."""
    last = (
        Delivery.select()
        .where(Delivery.kind == delivery.kind, Delivery.number.is_null(False))
        .order_by(Delivery.number.desc())
        .first()
    )
    known = last and (last.state, last.digest, last.whole)
    if known != (Delivery.PUBLISHED, delivery.digest, delivery.whole):
        return False
    diff = json.dumps(Diff(unchanged=last.rows).as_facts())
    delivery.beat(state=Delivery.CHECKED, rows=last.rows, diff=diff, basis=Publication.current())
    return True


def stage(
    kind: Kind, delivery: Delivery, path: Path, *, name: str | None, progress: Progress
) -> tuple[list[Problem], int]:
    """Read a sheet and stage its rows: the first problems, and how many there are."""
    try:
        # A file may turn out to be damaged half way through its rows.
        sheet = open_sheet(path, kind.form, name=name)
        return _stage_rows(kind, delivery, sheet, progress)
    except Unreadable as unreadable:
        return [Problem("", 0, "", "", unreadable.words)], 1


@dataclass(frozen=True)
class Listed:
    """Rows the house itself makes, as a sheet that was read."""

    name: str
    listed: Sequence[Row]

    @property
    def sheet_name(self) -> str:
        """What it is called."""
        return self.name

    @property
    def columns_found(self) -> dict[str, str]:
        """Every key of the rows."""
        return {key: key for row in self.listed for key in row.values}

    @property
    def digest(self) -> str:
        """What tells it from other lists: what its rows say."""
        said = repr([sorted(row.values.items()) for row in self.listed])
        return hashlib.sha256(said.encode()).hexdigest()

    def rows(self) -> Iterator[Row]:
        """The rows in their order."""
        return iter(self.listed)

    def progress(self) -> float:
        """There is nothing to wait for."""
        return 1.0


def open_listed(kind: Kind, sheet: Listed) -> Delivery:
    """Record that rows of our own are being taken in."""
    return _opened(kind, sheet.name, sheet.digest, whole=False)


def stage_listed(
    kind: Kind, delivery: Delivery, sheet: Listed, *, progress: Progress
) -> tuple[list[Problem], int]:
    """Stage rows of our own: the first problems, and how many there are."""
    return _stage_rows(kind, delivery, sheet, progress)


def _stage_rows(kind, delivery, sheet: Sheet | Listed, progress: Progress):
    stager = kind.stager(
        delivery, columns=frozenset(sheet.columns_found), today=city_day(outside.clock.now())
    )
    problems: list[Problem] = []
    count = rows = 0
    for batch in _batches(sheet.rows(), ROWS_AT_ONCE):
        found = [p for row in batch for p in row.problems]
        found += stager.take([row for row in batch if not row.problems])
        count += len(found)
        problems += sorted(found, key=_place)[: PROBLEMS_KEPT - len(problems)]
        rows += len(batch)
        delivery.beat(rows=rows)
        progress(wording.READING, sheet.progress())
    if not count:
        found = stager.finish()
        count, problems = len(found), sorted(found, key=_place)[:PROBLEMS_KEPT]
    return [p if p.sheet else replace(p, sheet=sheet.sheet_name) for p in problems], count


def _place(found):
    return found.row


def _batches(rows: Iterator, size: int) -> Iterator[list]:
    while batch := list(islice(rows, size)):
        yield batch


def refuse(delivery: Delivery, problems: list[Problem], count: int) -> BatchRefused:
    """Keep what is wrong with the sheet, and make the refusal to raise."""
    delivery.beat(
        state=Delivery.REFUSED, problem_count=count,
        problems=json.dumps([asdict(p) for p in problems], ensure_ascii=False),
    )  # fmt: skip
    refusal = BatchRefused(wording.refused(delivery.name, count, problems[0]))
    refusal.delivery = delivery
    return refusal
