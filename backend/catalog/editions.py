"""Editions of the two published lists: numbered, dated, compared with the one before."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from backend import cursors
from backend.catalog import wording
from backend.catalog.models import Edition, Entry
from backend.db import copy_rows, in_turn, run
from backend.errors import BadCursor, NotFound
from backend.indexing import notes
from backend.outside import outside

LISTS = ("drugs", "outlets")
# The largest number the column holds on every engine.
LAST_NUMBER = 2**31 - 1


def publish_edition(
    kind: str, entries: Iterable[tuple[str, str, dict]], *, effective_on: date, note: str = ""
) -> Edition:
    """Publish the next edition of a list; entries are (public code, name, facts)."""
    # Before the first is written: who gives them may well ask the database for them.
    kept = [
        (code, name, json.dumps(facts, ensure_ascii=False, sort_keys=True))
        for code, name, facts in entries
    ]
    with in_turn():
        edition = Edition.create(
            list=kind,
            number=Edition.next_number(kind),
            effective_on=effective_on,
            published_at=outside.clock.now(),
            note=note,
        )
        copy_rows(
            "entry",
            ("edition_id", "code", "name", "facts"),
            [(edition.id, *entry) for entry in kept],
        )
        notes.note(kind, _codes_touched(edition))
    return edition


def _codes_touched(edition):
    """What came, went or changed against the edition before."""
    before, after = _before_and_after(edition)
    return sorted(c for c in before.keys() | after.keys() if before.get(c) != after.get(c))


def turned(kind: str, before: date, day: date) -> set[str]:
    """The codes that editions which took effect after one day, by another, brought or took."""
    began = Edition.select().where(
        Edition.list == kind, Edition.effective_on > before, Edition.effective_on <= day
    )
    return {code for edition in began for code in _codes_touched(edition)}


def current_edition(kind: str, day: date, cursor: str = "") -> Edition:
    """The edition of a list that rules on a day, or the one a cursor began with.

    Raises NotFound before the first, BadCursor.
    """
    if cursor:
        return numbered_edition(kind, _place(kind, cursor)[0])
    edition = Edition.in_force(kind, day)
    if not edition:
        raise NotFound(wording.NO_EDITION_YET)
    return edition


def numbered_edition(kind: str, number: int) -> Edition:
    """The edition of a list with this number; raises NotFound."""
    wanted = min(number, LAST_NUMBER)
    edition = Edition.get_or_none(Edition.list == kind, Edition.number == wanted)
    if not edition:
        raise NotFound(wording.NO_SUCH_EDITION)
    return edition


def contents(
    edition: Edition, *, page: int = 1, page_size: int = 50, cursor: str = "", words: str = ""
) -> dict:
    """One page of an edition: {list, number, effective_on, published_at, note, items, total …}.

    `words` keeps the entries whose names have them. An edition never changes, so a cursor is its
    number and how many were seen, of all its entries. Raises BadCursor.
    """
    past = (page - 1) * page_size
    if cursor:
        number, past = _place(edition.list, cursor)
        if number != edition.number:
            raise BadCursor
    entries = Entry.select().where(Entry.edition == edition)
    if words.strip():
        entries = entries.where(Entry.name.contains(words.strip()))
    shown = entries.order_by(Entry.name, Entry.code).offset(past).limit(page_size)
    total, then = entries.count(), past + page_size
    place = [edition.number, then]
    return summary(edition) | {
        "items": [_entry(entry) for entry in shown],
        "total": total,
        "page": None if cursor else page,
        "page_size": page_size,
        "next": cursors.written(_asked(edition.list), place) if then < total else None,
    }


def _place(kind, cursor):
    return cursors.read(cursor, _asked(kind), "int", "int")


def _asked(kind):
    return {"edition of": kind}


def summary(edition: Edition) -> dict:
    """What an edition is."""
    return {
        "list": edition.list,
        "number": edition.number,
        "effective_on": edition.effective_on.isoformat(),
        "published_at": edition.published_at.isoformat(),
        "note": edition.note,
    }


def count(edition: Edition) -> int:
    """How many entries an edition has."""
    return Entry.select().where(Entry.edition == edition).count()


def changes(edition: Edition) -> dict:
    """What came, went and changed against the edition before: {added, removed, changed}."""
    before, after = _before_and_after(edition)
    both = before.keys() & after.keys()
    return summary(edition) | {
        "added": [after[code] for code in sorted(after.keys() - before.keys())],
        "removed": [before[code] for code in sorted(before.keys() - after.keys())],
        "changed": [
            {"before": before[code], "after": after[code]}
            for code in sorted(both)
            if before[code] != after[code]
        ],
    }


def _before_and_after(edition):
    """The entries of the edition before, and its own, by code."""
    before = Edition.get_or_none(Edition.list == edition.list, Edition.number == edition.number - 1)
    return _entries(before), _entries(edition)


def _entries(edition):
    if edition is None:
        return {}
    return {e.code: _entry(e) for e in Entry.select().where(Entry.edition == edition)}


def _entry(entry):
    return {"code": entry.code, "name": entry.name} | json.loads(entry.facts)


def editions(kind: str) -> list[dict]:
    """Every edition of a list, the newest first."""
    rows = Edition.select().where(Edition.list == kind).order_by(Edition.number.desc())
    return [summary(edition) | {"count": count(edition)} for edition in rows]


# By hand, because every card of an outlet asks.
_IN_FORCE = """
SELECT id, number FROM edition WHERE list = ? AND effective_on <= ?
ORDER BY effective_on DESC, number DESC LIMIT 1
"""
_NAMED = "SELECT code FROM entry WHERE edition_id = ? AND code IN ({codes})"


def naming(kind: str, codes: Sequence[str], day: date) -> tuple[int | None, set[str]]:
    """The number of the edition that rules on a day, and which of these codes it names."""
    edition = run(_IN_FORCE, kind, day.isoformat()).fetchone()
    if not edition:
        return None, set()
    named = run(_NAMED.format(codes=", ".join("?" * len(codes)) or "NULL"), edition[0], *codes)
    return edition[1], {code for (code,) in named.fetchall()}
