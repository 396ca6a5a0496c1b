"""Take a sheet in: a dry run that shows the difference, then publish it whole or not at all."""

import json
from collections.abc import Sequence
from pathlib import Path

from backend.db import database
from backend.errors import NotNow
from backend.intake import wording
from backend.intake.kinds import Diff, Kind, Progress, in_silence
from backend.intake.models import Delivery, Publication
from backend.intake.owners import is_abandoned, me, take_over
from backend.intake.staging import (
    Listed,
    is_in_already,
    open_delivery,
    open_listed,
    refuse,
    stage,
    stage_listed,
)
from backend.outside import outside
from backend.sheets.forms import Form
from backend.sheets.reading import Row


def receive(
    kind: Kind, path: Path | str, *, name: str | None = None, whole: bool = False,
    progress: Progress = in_silence,
) -> Delivery:  # fmt: skip
    """Read, stage and compare a sheet; nothing of it is seen yet (the dry run).

    `whole` says the sheet is the complete list: what it lacks counts as withdrawn. Returns the
    delivery, checked, with its difference. Raises BatchRefused, the delivery holding the report.
    """
    path = Path(path)
    delivery = open_delivery(kind, path, name=name or path.name, whole=whole)
    return _received(
        kind, delivery, lambda: stage(kind, delivery, path, name=name, progress=progress), progress
    )


def receive_rows(
    kind: Kind, rows: Sequence[Row], *, name: str, progress: Progress = in_silence
) -> Delivery:
    """The same for rows the house itself makes, by the keys of the form."""
    sheet = Listed(name, rows)
    delivery = open_listed(kind, sheet)
    return _received(
        kind, delivery, lambda: stage_listed(kind, delivery, sheet, progress=progress), progress
    )


def _received(kind, delivery, stages, progress):
    _drop_forerunners(kind, delivery)
    if is_in_already(delivery):
        return delivery
    problems, count = stages()
    if count:
        kind.clear(delivery)
        raise refuse(delivery, problems, count)
    compare(kind, delivery, progress=progress)
    return delivery


def _drop_forerunners(kind, delivery):
    """A sheet that is handed in again takes the place of its dry runs that nobody published."""
    same = Delivery.select().where(
        Delivery.kind == delivery.kind, Delivery.digest == delivery.digest,
        Delivery.whole == delivery.whole, Delivery.state == Delivery.CHECKED,
    )  # fmt: skip
    for forerunner in same:
        _drop(kind, forerunner)


def _drop(kind, delivery):
    kind.clear(delivery)
    delivery.beat(state=Delivery.CLEARED)


def compare(kind: Kind, delivery: Delivery, *, progress: Progress = in_silence) -> Diff:
    """Compare what is staged with what is published now, and keep the difference."""
    basis = Publication.current()
    diff = kind.compare(delivery, _beating(delivery, progress))
    delivery.beat(
        state=Delivery.CHECKED, basis=basis, doubt_count=diff.doubts,
        diff=json.dumps(diff.as_facts(), ensure_ascii=False, default=str),
    )  # fmt: skip
    return diff


def _beating(delivery, progress):
    def told(step: str, share: float) -> None:
        delivery.beat()
        progress(step, share)

    return told


def publish(
    kind: Kind, delivery: Delivery, *, accept_doubts: bool = False, progress: Progress = in_silence
) -> Delivery:
    """Make a checked delivery the truth, whole; killed at any point, `resume` finishes it.

    Raises NotNow where the sheet was not checked or is published already, doubtful values wait for
    a yes, another delivery is being published, or the truth has changed since the difference was
    shown.
    """
    delivery = Delivery.get_by_id(delivery.id)
    if delivery.state != Delivery.CHECKED:
        raise NotNow(wording.NOT_CHECKED)
    if delivery.doubt_count and not accept_doubts:
        raise NotNow(wording.doubts_wait(delivery.doubt_count))
    if Diff(**json.loads(delivery.diff)).is_empty:
        _drop(kind, delivery)
        return delivery
    _must_be_as_shown(kind, delivery, progress)
    _claim(delivery)
    return _carry_on(kind, Delivery.get_by_id(delivery.id), progress)


def _must_be_as_shown(kind, delivery, progress):
    if delivery.basis == Publication.current():
        return
    shown = delivery.diff
    compare(kind, delivery, progress=progress)
    if delivery.diff != shown:
        raise NotNow(wording.CHANGED_MEANWHILE)


def _claim(delivery):
    with database.atomic():
        # Touching the one row makes claimants queue up, on every engine.
        Publication.update(number=Publication.number).execute()
        if Delivery.select().where(Delivery.state.in_(Delivery.UNFINISHED)).exists():
            raise NotNow(wording.ANOTHER_IS_PUBLISHED)
        taken = (
            Delivery.update(
                state=Delivery.PUBLISHING, number=Publication.current() + 1, cursor=0, owner=me(),
                beat_at=outside.clock.now(),
            )
            .where(
                Delivery.id == delivery.id, Delivery.state == Delivery.CHECKED,
                Delivery.basis == Publication.current(),
            )
            .execute()
        )  # fmt: skip
    if not taken:
        raise NotNow(wording.CHANGED_MEANWHILE)


def _carry_on(kind, delivery, progress):
    progress = _beating(delivery, progress)
    if delivery.state == Delivery.PUBLISHING:
        kind.write(delivery, progress)
        with database.atomic():
            delivery.advance(state=Delivery.SETTLING)
            kind.flip(delivery)
            Publication.raise_to(delivery.number)
    kind.settle(delivery, progress)
    kind.clear(delivery)
    delivery.beat(state=Delivery.PUBLISHED, published_at=outside.clock.now())
    return delivery


def resume(kinds: dict[str, Kind], *, progress: Progress = in_silence) -> list[Delivery]:
    """Finish what a killed process was publishing, clear what it was only reading."""
    touched = []
    unfinished = (Delivery.READING, *Delivery.UNFINISHED)
    for delivery in Delivery.select().where(Delivery.state.in_(unfinished)).order_by(Delivery.id):
        now = outside.clock.now()
        known = delivery.kind in kinds and is_abandoned(delivery, now)
        if known and take_over(delivery, now):
            touched.append(_resumed(kinds[delivery.kind], delivery.id, progress))
    return touched


def _resumed(kind, number, progress):
    delivery = Delivery.get_by_id(number)
    if delivery.state != Delivery.READING:
        return _carry_on(kind, delivery, progress)
    _drop(kind, delivery)
    return delivery


def forms(kinds: dict[str, Kind]) -> dict[str, Form]:
    """The form of every kind of sheet, for templates to download."""
    return {key: kind.form for key, kind in kinds.items()}
