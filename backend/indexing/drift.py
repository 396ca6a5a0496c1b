"""Comparing the index with the tables, engine by engine, and mending what differs."""

from typing import NamedTuple

import search
from backend.db import alone, run
from backend.indexing import wording
from backend.indexing.draining import AT_ONCE, TURN, Source, Sources, drain
from backend.intake.kinds import Progress, in_silence
from backend.intake.lists import chunks
from backend.outside import outside

_WAITING = "SELECT code FROM index_change WHERE kind = ?"


class Drift(NamedTuple):
    """What one engine has of a kind: codes it lacks, has too many, has otherwise than the table."""

    engine: str
    kind: str
    documents: int
    missing: list[str]
    extra: list[str]
    different: list[str]

    @property
    def total(self) -> int:
        """How many documents are not as they should be."""
        return len(self.missing) + len(self.extra) + len(self.different)


def check(sources: Sources, *, repairs: bool, progress: Progress = in_silence) -> list[Drift]:
    """Compare every engine with the tables, after telling what waits; `repairs` mends them.

    Changes go on being told meanwhile; only what seems to differ is looked at again while nobody
    tells. Raises SearchError where an engine does not answer.
    """
    drain(sources, wait=True)
    return [
        drift
        for kind, source in sources.items()
        for drift in _of_kind(kind, source, repairs=repairs, progress=progress)
    ]


def _of_kind(kind, source, *, repairs, progress):
    codes = source.codes()
    wanted = _digests(source, codes, progress)
    for name, engine in search.engines(outside.index):
        drift = _compared(wording.ENGINES[name], kind, wanted, dict(engine.digests(kind)))
        if drift.total:
            with alone(TURN, wait=True):
                drift = _looked_at_again(drift, engine, source, wanted)
                if repairs:
                    _mend(engine, drift, source)
        yield drift


def _looked_at_again(drift, engine, source, wanted):
    """What differs though nobody is telling the index; a change that waits is no drift."""
    waits = {code for (code,) in run(_WAITING, drift.kind).fetchall()}
    suspects = [*drift.missing, *drift.extra, *drift.different]
    sure = [code for code in suspects if code not in waits]
    had, now = dict(engine.digests(drift.kind)), _digests(source, sure, in_silence)
    return _compared(drift.engine, drift.kind, now, {c: had[c] for c in sure if c in had})._replace(
        documents=len(wanted)
    )


def _digests(source, codes, progress):
    wanted: dict[str, str] = {}
    for number, chunk in enumerate(chunks(codes, AT_ONCE), start=1):
        wanted |= {one.id: search.digest(one) for one in source.documents(chunk)}
        progress(wording.CHECKING, min(1.0, number * AT_ONCE / len(codes)))
    return wanted


def _compared(engine, kind, wanted, had):
    return Drift(
        engine, kind, len(wanted),
        missing=sorted(wanted.keys() - had.keys()),
        extra=sorted(had.keys() - wanted.keys()),
        different=sorted(code for code in wanted.keys() & had.keys() if wanted[code] != had[code]),
    )  # fmt: skip


def _mend(engine, drift: Drift, source: Source) -> None:
    if drift.extra:
        engine.remove(drift.kind, drift.extra)
    for chunk in chunks(drift.missing + drift.different, AT_ONCE):
        engine.put(source.documents(chunk))
