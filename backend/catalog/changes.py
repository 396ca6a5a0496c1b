"""What an edition changed against the one before, page by page, whatever its length."""

import json
from typing import Any

from backend.catalog.models import Edition
from backend.db import run
from backend.intake.remembered import Remembered

KINDS = ("added", "removed", "changed")

# Facts are kept with their keys in order, so equal text is equal facts.
_SAME = "other.edition_id = ? AND other.code = entry.code"
_ONLY = f"""
FROM entry WHERE entry.edition_id = ?
AND NOT EXISTS (SELECT 1 FROM entry AS other WHERE {_SAME})
"""
_BOTH = """
FROM entry JOIN entry AS other ON other.code = entry.code AND other.edition_id = ?
WHERE entry.edition_id = ? AND (other.facts <> entry.facts OR other.name <> entry.name)
"""
_PAGE = " ORDER BY entry.name, entry.code LIMIT ? OFFSET ?"


def counts(edition: Edition) -> dict[str, int] | None:
    """How many came, went and changed; None for the first edition."""
    before = _before(edition)
    if before is None:
        return None
    # What an edition says never changes, nor what it changed.
    key = (edition.id, edition.published_at.isoformat())
    return _counted.all([key], lambda _: {key: _count(edition, before)})[key]


_counted: Remembered[tuple[int, str], dict[str, int]] = Remembered(most=500)


def _count(edition, before):
    return {
        kind: run(f"SELECT COUNT(*) {sql}", *values).fetchone()[0]
        for kind, (sql, values) in _asked(edition, before).items()
    }


def changes_page(edition: Edition, kind: str, *, page: int, page_size: int) -> list[dict[str, Any]]:
    """One page of what came, went or changed, by name.

    Each is the entry as it stands (as it stood, if it went): code, name and facts; one that
    changed has also `before`.
    """
    before = _before(edition)
    if before is None:
        return []
    sql, values = _asked(edition, before)[kind]
    more = ", other.name, other.facts" if kind == "changed" else ""
    rows = run(
        f"SELECT entry.code, entry.name, entry.facts{more} {sql}{_PAGE}",
        *values, page_size, (page - 1) * page_size,
    )  # fmt: skip
    return [_entry(*row) for row in rows.fetchall()]


def _asked(edition, before):
    return {
        "added": (_ONLY, (edition.id, before.id)),
        "removed": (_ONLY, (before.id, edition.id)),
        "changed": (_BOTH, (before.id, edition.id)),
    }


def _before(edition):
    return Edition.get_or_none(Edition.list == edition.list, Edition.number == edition.number - 1)


def _entry(code, name, facts, old_name=None, old_facts=None):
    now = {"code": code, "name": name} | json.loads(facts)
    if old_facts is None:
        return now
    return now | {"before": {"code": code, "name": old_name} | json.loads(old_facts)}
