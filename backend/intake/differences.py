"""How the rows of a list sheet differ from what is published, code by code."""

import json
from collections.abc import Sequence

from backend.db import database, run_many
from backend.intake.kinds import Diff

ADDED, CHANGED, WITHDRAWN, UNCHANGED = "added", "changed", "withdrawn", "unchanged"
WITHDRAWN_ON = "withdrawn_on"


def mark(published: dict[str, dict], chunk: Sequence[tuple], diff: Diff) -> None:
    """Say of each staged (id, row, code, facts, doubt) what it would do, and count it."""
    acts = []
    for id_, row, code, facts, doubt in chunk:
        before = published.get(code)
        changes = _changes(before, json.loads(facts)) if before is not None else {}
        act = ADDED if before is None else CHANGED if changes else UNCHANGED
        acts.append((act, id_))
        _count(diff, act, row, code, changes)
        if doubt and act != UNCHANGED:
            _doubt(diff, {"row": row, "code": code, "what": doubt})
    with database.atomic():
        run_many("UPDATE staged SET act = ? WHERE id = ?", acts)


def _count(diff, act, row, code, changes):
    if changes.get(WITHDRAWN_ON, [None, None])[1]:
        act = WITHDRAWN
    setattr(diff, act, getattr(diff, act) + 1)
    if changes and len(diff.examples) < Diff.EXAMPLES:
        diff.examples.append({"act": act, "row": row, "code": code, "fields": changes})


def _changes(before, after):
    """What the sheet says differently; a column the sheet lacks says nothing."""
    return {
        key: [before.get(key), value]
        for key, value in merged(before, after).items()
        if before.get(key) != value
    }


def _doubt(diff, found):
    diff.doubts += 1
    if len(diff.doubtful) < Diff.DOUBTFUL:
        diff.doubtful.append(found)


def merged(before: dict, after: dict) -> dict:
    """A thing once the sheet is in: what it lacks stays, the first day of a withdrawal too."""
    both = before | after
    if before.get(WITHDRAWN_ON) and after.get(WITHDRAWN_ON):
        both[WITHDRAWN_ON] = before[WITHDRAWN_ON]
    return both
