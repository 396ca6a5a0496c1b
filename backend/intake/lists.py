"""The intake of list sheets (drugs, names, outlets): thousands of rows, compared by public code."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from backend.db import database, run_many
from backend.intake import wording
from backend.intake.differences import ADDED, CHANGED, UNCHANGED, WITHDRAWN, WITHDRAWN_ON, mark
from backend.intake.kinds import Diff, Progress, Tell
from backend.intake.models import Delivery, Staged
from backend.sheets.forms import Form
from backend.sheets.reading import Problem, Row

ROWS_AT_ONCE = 1_000
MOST_ROWS = 200_000
MOST_DOUBT = 300

_STAGE = "INSERT INTO staged (delivery_id, row, code, act, doubt, facts) VALUES (?, ?, ?, ?, ?, ?)"


class ListStager:
    """Gathers the rows of a list sheet by code, then stages them."""

    def __init__(self, kind: "ListKind", delivery: Delivery, columns: frozenset[str], today: date):
        self.kind, self.delivery, self.columns, self.today = kind, delivery, columns, today
        self.gathered: dict[str, dict] = {}
        self.doubts: dict[int, str] = {}
        self.rows = 0

    def take(self, rows: Sequence[Row]) -> list[Problem]:
        """Read each row into facts and merge it with those of the same code."""
        self.rows += len(rows)
        if self.rows > MOST_ROWS:
            return [Problem("", rows[0].number, "", "", wording.TOO_MANY_ROWS)]
        for row in rows:
            for doubt in row.doubts:
                self.doubts[row.number] = f"{doubt.column}：{doubt.what}"
        return [p for row in rows for p in self.kind.gather(self, row)]

    def finish(self) -> list[Problem]:
        """Write what was gathered to the staging table."""
        rows = [
            (self.delivery.id, row, code, "", doubt, _packed(facts))
            for code, facts in self.gathered.items()
            for row, doubt in [self._told(facts)]
        ]
        _stage(rows)
        return []

    def _told(self, facts):
        """Take out of the facts what is told of them: their row, and what to doubt there."""
        row, doubt = facts.pop("row"), facts.pop("doubt", "")
        return row, (doubt or self.doubts.get(row, ""))[:MOST_DOUBT]

    def withdrawal(self, state: str | None) -> dict:
        """What a row says of its thing being withdrawn: the day, not any more, or nothing."""
        if state == "withdrawn":
            return {WITHDRAWN_ON: self.today.isoformat()}
        # What stands in the whole list is in use again, whatever was withdrawn before.
        return {WITHDRAWN_ON: None} if state or self.delivery.whole else {}


class ListKind:
    """A kind of list sheet; the slices say how a row is read and what a code means today."""

    key: str
    form: Form
    tell: Tell

    def stager(self, delivery: Delivery, *, columns: frozenset[str], today: date) -> ListStager:
        """A stager that gathers by code."""
        return ListStager(self, delivery, columns, today)

    def gather(self, stager: Any, row: Row) -> list[Problem]:
        """Read one row into `stager.gathered`; return what is wrong with it."""
        raise NotImplementedError  # pragma: no cover

    def published(self, codes: Sequence[str]) -> dict[str, dict]:
        """The published facts of these codes, in the form `gather` makes them."""
        raise NotImplementedError  # pragma: no cover

    def codes_in_force(self) -> Iterable[str]:
        """Every published code that is not withdrawn (for sheets that are the whole list)."""
        raise NotImplementedError  # pragma: no cover

    def insert(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write new things, born with this publication number."""
        raise NotImplementedError  # pragma: no cover

    def update(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Change things that are published already."""
        raise NotImplementedError  # pragma: no cover

    def withdraw(self, codes: Sequence[str], day: date) -> None:
        """Withdraw published things."""
        raise NotImplementedError  # pragma: no cover

    def compare(self, delivery: Delivery, progress: Progress) -> Diff:
        """Mark each staged row added, changed or unchanged; stage the withdrawals."""
        diff = Diff()
        _drop_withdrawals(delivery)
        staged = list(
            Staged.select(Staged.id, Staged.row, Staged.code, Staged.facts, Staged.doubt)
            .where(Staged.delivery == delivery)
            .order_by(Staged.id)
            .tuples()
        )
        for done, chunk in enumerate(chunks(staged), start=1):
            mark(self.published([row[2] for row in chunk]), chunk, diff)
            progress(wording.COMPARING, min(1.0, done * ROWS_AT_ONCE / max(1, len(staged))))
        if delivery.whole:
            self._stage_withdrawals(delivery, {row[2] for row in staged}, diff)
        return diff

    def _stage_withdrawals(self, delivery, present, diff):
        missing = [code for code in self.codes_in_force() if code not in present]
        diff.withdrawn += len(missing)
        diff.examples += [{"act": WITHDRAWN, "code": c} for c in missing[: Diff.EXAMPLES]]
        for chunk in chunks(missing):
            before = self.published(chunk)
            _stage([(delivery.id, 0, c, WITHDRAWN, "", _packed(before[c])) for c in chunk])

    def write(self, delivery: Delivery, progress: Progress) -> None:
        """Insert what is new, unseen, remembering in the same transaction how far it came."""
        while chunk := _staged(delivery, ADDED, after=delivery.cursor, limit=ROWS_AT_ONCE):
            with database.atomic():
                self.insert(
                    [(code, json.loads(facts)) for _, code, facts in chunk], delivery.number
                )
                delivery.advance(cursor=chunk[-1][0])
            progress(wording.WRITING, 1.0)

    def flip(self, delivery: Delivery) -> None:
        """Change and withdraw what is published already."""
        changed = _staged(delivery, CHANGED, after=0)
        self.update([(code, json.loads(facts)) for _, code, facts in changed], delivery.number)
        withdrawn = _staged(delivery, WITHDRAWN, after=0)
        self.withdraw([code for _, code, _ in withdrawn], delivery.day)

    def settle(self, delivery: Delivery, progress: Progress) -> None:
        """Tell the index what the flip noted for it."""
        self.tell(progress)

    def clear(self, delivery: Delivery) -> None:
        """Drop the staged rows, a chunk at a time."""
        while ids := [
            row[0]
            for row in Staged.select(Staged.id)
            .where(Staged.delivery == delivery)
            .limit(ROWS_AT_ONCE)
            .tuples()
        ]:
            Staged.delete().where(Staged.id.in_(ids)).execute()

    def touched(self, delivery: Delivery) -> list[str]:
        """The codes this delivery added, changed or withdrew."""
        return [code for (code,) in _touched(delivery, Staged.code)]

    def known_before(self, delivery: Delivery) -> list[str]:
        """The codes it changed or withdrew."""
        rows = _touched(delivery, Staged.code).where(Staged.act != ADDED)
        return [code for (code,) in rows]

    def touched_facts(self, delivery: Delivery) -> list[dict]:
        """What it says of them; of those that are missing from the whole list, what was."""
        return [json.loads(facts) for (facts,) in _touched(delivery, Staged.facts)]


def _touched(delivery, column):
    return (
        Staged.select(column)
        .where(Staged.delivery == delivery, Staged.act != UNCHANGED)
        .order_by(Staged.id)
        .tuples()
    )


def chunks(rows: Sequence, size: int = ROWS_AT_ONCE):
    """The rows in slices of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _stage(rows):
    for chunk in chunks(rows):
        with database.atomic():
            run_many(_STAGE, chunk)


def _packed(facts):
    return json.dumps(facts, ensure_ascii=False, default=str, sort_keys=True)


def _drop_withdrawals(delivery):
    Staged.delete().where(Staged.delivery == delivery, Staged.act == WITHDRAWN).execute()


def _staged(delivery, act, *, after, limit=None):
    return list(
        Staged.select(Staged.id, Staged.code, Staged.facts)
        .where(Staged.delivery == delivery, Staged.act == act, Staged.id > after)
        .order_by(Staged.id)
        .limit(limit)
        .tuples()
    )
