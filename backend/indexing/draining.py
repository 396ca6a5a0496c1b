"""Telling the index what was noted: in batches, in the order of the notes, by one at a time."""

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from backend.db import alone, database, run, run_many
from backend.indexing import wording
from backend.indexing.models import IndexRebuild
from backend.intake.kinds import Progress, in_silence
from backend.intake.models import Publication
from backend.outside import outside
from search import Document, SearchError

log = logging.getLogger(__name__)

AT_ONCE = 500
LAST = 2**62
TURN = "index"

_DUE = """
SELECT id, kind, code FROM index_change WHERE told = 0 AND number <= ? AND id > ? AND id <= ?
ORDER BY id LIMIT ?
"""
_LEFT_OVER = "SELECT 1 FROM index_change WHERE told = 1 LIMIT 1"
_FORGET = """
DELETE FROM index_change WHERE told = 1 AND kind NOT IN (SELECT kind FROM index_rebuild)
"""


def _nobody(codes: Sequence[str]) -> None:
    """Nobody else follows the changes of a kind."""


class Source(NamedTuple):
    """Where documents of a kind come from: every code, and the documents of some of them.

    A code that brings no document is one that must not be found. `follow` hears of every code that
    was noted, before its note is crossed out; more than once where something fails in between.
    """

    codes: Callable[[], list[str]]
    documents: Callable[[Sequence[str]], list[Document]]
    follow: Callable[[Sequence[str]], object] = _nobody


Sources = Mapping[str, Source]
# Its number, kind and code.
Note = tuple[int, str, str]


def drain(sources: Sources, progress: Progress = in_silence, *, wait: bool = False) -> int:
    """Tell the index all that is due; returns how many notes were told.

    Where another process is at it, nothing is done, unless `wait` asks for a turn. A note is
    crossed out after the index has what it says: killed in between it is told again. Raises
    SearchError where an engine did not take some; the others are told all the same.
    """
    with alone(TURN, wait=wait) as ours:
        return _all_due(sources, progress) if ours else 0


def tell_index(sources: Sources, progress: Progress = in_silence) -> None:
    """Drain after a change that stands: an engine that is away is told later, by the worker."""
    try:
        drain(sources, progress, wait=True)
    except SearchError as error:
        log.warning("the index was not told, notes are kept: %s", error)


def _all_due(sources, progress):
    _forget_left_over()
    done, old, new, trouble = 0, 0, _newest(), None
    backlog = new
    while rows := [
        *_due(after=new, until=LAST, at_most=AT_ONCE),
        *_due(after=old, until=backlog, at_most=AT_ONCE // 5),
    ]:
        new = max(new, *(id_ for id_, *_ in rows))
        old = max((id_ for id_, *_ in rows if id_ <= backlog), default=old)
        try:
            _tell(rows, sources)
        except SearchError as error:
            trouble = error
            continue
        done += len(rows)
        progress(wording.TELLING, 1.0)
    if trouble:
        raise trouble
    return done


def _newest():
    return run("SELECT COALESCE(MAX(id), 0) FROM index_change").fetchone()[0]


def _due(*, after, until, at_most):
    """Notes in their order. What came in since we began goes before what had piled up by then:
    one price changed after a large delivery is not to wait for all of it."""
    return run(_DUE, Publication.current(), after, until, at_most).fetchall()


def _tell(rows, sources):
    for kind, group in groupby(sorted(rows, key=itemgetter(1)), key=itemgetter(1)):
        notes = list(group)
        sources[kind].follow([code for *_, code in notes])
        documents, gone = as_they_stand(notes, sources[kind])
        if gone:
            outside.index.remove(kind, gone)
        if documents:
            outside.index.put(documents)
        cross_out(kind, [(id_,) for id_, *_ in notes])


def as_they_stand(notes: Sequence[Note], source: Source) -> tuple[list[Document], list[str]]:
    """The documents that were noted, and the codes of those that must not be found any more."""
    codes = list(dict.fromkeys(code for *_, code in notes))
    documents = source.documents(codes)
    kept = {document.id for document in documents}
    return documents, [code for code in codes if code not in kept]


def cross_out(kind: str, ids: Sequence[tuple[int]]) -> None:
    """Forget notes that were told; while the kind is rebuilt they are kept for the fresh index."""
    with database.atomic():
        if is_rebuilt(kind):
            run_many("UPDATE index_change SET told = 1 WHERE id = ?", ids)
        else:
            run_many("DELETE FROM index_change WHERE id = ?", ids)


def is_rebuilt(kind: str) -> bool:
    """Whether somebody alive is filling a fresh index of a kind."""
    alive = ~IndexRebuild.is_silent()
    return IndexRebuild.select().where(IndexRebuild.kind == kind, alive).exists()


def _forget_left_over():
    """What was kept for a rebuild whose process was killed."""
    if not run(_LEFT_OVER).fetchone():
        return
    with database.atomic():
        IndexRebuild.delete().where(IndexRebuild.is_silent()).execute()
        run(_FORGET)
