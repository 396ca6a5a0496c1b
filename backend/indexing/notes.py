"""Noting what the index must be told, in the transaction that changes it."""

from collections.abc import Iterable

from backend.db import run, run_many
from backend.indexing.models import now

_NOTE = "INSERT INTO index_change (kind, code, number, told, noted) VALUES (?, ?, ?, 0, ?)"
# Of one publication that is not out yet a document is noted once: nobody takes it before.
_NOTE_FOUND = """
INSERT INTO index_change (kind, code, number, told, noted)
SELECT DISTINCT '{kind}', found.code, found.number, 0, found.noted
FROM (SELECT {code} AS code, {number} AS number, {noted} AS noted {rows}) AS found
WHERE NOT EXISTS (
    SELECT 1 FROM index_change AS known WHERE known.number = found.number
    AND known.kind = '{kind}' AND known.code = found.code
)
"""


def note(kind: str, codes: Iterable[str], *, number: int = 0) -> None:
    """Note documents inside the caller's transaction; due when publication `number` is out."""
    moment = now()
    run_many(_NOTE, [(kind, code, number, moment) for code in codes])


def note_found(kind: str, code: str, rows: str, *values: object, number: int) -> None:
    """The same for the codes that SQL finds: the expression of one, and FROM … with its values.

    Only for a publication that is not out yet.
    """
    sql = _NOTE_FOUND.format(kind=kind, code=code, rows=rows, number=int(number), noted=repr(now()))
    run(sql, *values)
