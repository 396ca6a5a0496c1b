"""Rebuilding a kind beside the index people search, while everything goes on changing."""

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import IntegrityError

from backend.db import alone, database, run, run_many
from backend.errors import NotNow
from backend.indexing import wording
from backend.indexing.draining import AT_ONCE, TURN, Source, as_they_stand
from backend.indexing.models import IndexRebuild, now
from backend.intake.kinds import Progress, in_silence
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.intake.owners import me
from backend.outside import outside

_MEANWHILE = "SELECT id, kind, code FROM index_change WHERE kind = ? AND number <= ? ORDER BY id"


def rebuild(kind: str, source: Source, progress: Progress = in_silence) -> int:
    """Fill a fresh index, put it in the place of the old one; returns how many documents it has.

    What changes meanwhile is told to the old one as always, kept, and told to the fresh one before
    it takes its place. Killed at any point it leaves the old one as it was. Raises NotNow where
    another process is rebuilding the same.
    """
    with _marked(kind):
        fresh = outside.index.fresh(kind)
        try:
            count = _fill(fresh, kind, source, progress)
            told = _catch_up(fresh, kind, source, set())
            with alone(TURN, wait=True):
                told = _catch_up(fresh, kind, source, told)
                fresh.take_place()
                _cross_out(told)
        finally:
            fresh.drop()
    return count


def _fill(fresh, kind, source, progress):
    codes = source.codes()
    for number, chunk in enumerate(chunks(codes, AT_ONCE), start=1):
        fresh.put(source.documents(chunk))
        _beat(kind)
        progress(wording.REBUILDING, min(1.0, number * AT_ONCE / len(codes)))
    return len(codes)


def _catch_up(fresh, kind, source, told):
    """Tell the fresh index what was noted since it was begun; the notes it has been told by now.

    By their ids one for one: a note may come in later than another with a higher id.
    """
    noted = run(_MEANWHILE, kind, Publication.current()).fetchall()
    new = [note for note in noted if note[0] not in told]
    for chunk in chunks(new, AT_ONCE):
        documents, gone = as_they_stand(chunk, source)
        if gone:
            fresh.remove(gone)
        if documents:
            fresh.put(documents)
        _beat(kind)
    return told | {id_ for id_, *_ in new}


def _cross_out(told):
    with database.atomic():
        run_many("DELETE FROM index_change WHERE id = ?", [(id_,) for id_ in told])


@contextmanager
def _marked(kind: str) -> Iterator[None]:
    """While this lasts, notes of the kind are kept."""
    with database.atomic():
        killed = IndexRebuild.is_silent()
        IndexRebuild.delete().where(IndexRebuild.kind == kind, killed).execute()
    try:
        IndexRebuild.create(kind=kind, owner=me(), beat=now())
    except IntegrityError as error:
        raise NotNow(wording.being_rebuilt(kind)) from error
    try:
        yield
    finally:
        _mine(IndexRebuild.delete(), kind).execute()


def _beat(kind):
    """Show that we are at it; raises NotNow where we were taken for dead."""
    if not _mine(IndexRebuild.update(beat=now()), kind).execute():
        raise NotNow(wording.took_too_long(kind))


def _mine(query, kind):
    return query.where(IndexRebuild.kind == kind, IndexRebuild.owner == me())
