"""A kind is rebuilt beside the index people search, while everything goes on changing."""

import os
import signal

import pytest

from backend import db
from backend.errors import NotNow
from backend.indexing.draining import Source, drain
from backend.indexing.models import SILENT_S, IndexChange, IndexRebuild
from backend.indexing.rebuilding import rebuild
from backend.outside import outside
from backend.prices.indexing import sources
from tests.indexing.shelves import found, later, names, source
from tests.indexing.test_draining import rename
from tests.intake.processes import KILLED, end, start
from tests.makers import AN_OUTLET, many_outlets, outlet, sheet, take


def interrupted(work):
    """The outlets, with something that happens each time some of them are read."""
    plain = source()

    def documents(codes):
        read = plain.documents(codes)
        work()
        return read

    return Source(plain.codes, documents)


def once(work):
    """The same work, done only the first time."""
    done = []

    def first():
        if not done:
            done.append(1)
            work()

    return first


def test_an_index_that_was_lost_is_made_anew(house, tmp_path):
    take("outlets", sheet(tmp_path, many_outlets(1_203)))
    outside.index.clear("outlets")
    told = []
    assert rebuild("outlets", source(), lambda step, share: told.append(share)) == 1_203
    assert outside.index.count("outlets") == 1_203
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_changes_while_it_is_rebuilt_is_found_before_and_after(house, tmp_path):
    outlet(tmp_path)
    outlet(tmp_path, 定点编码="A3")

    def change():
        rename("A1", "北海药房")
        take("outlets", sheet(tmp_path, [AN_OUTLET | {"定点编码": "A2"}]))
        take("outlets", sheet(tmp_path, [AN_OUTLET | {"定点编码": "A3", "状态": "撤销"}]))
        drain(sources())
        seen.append((names("北海药房", "outlets"), found()))

    seen = []
    rebuild("outlets", interrupted(once(change)))
    assert seen == [(["A1"], ["A1", "A2"])]
    assert (names("北海药房", "outlets"), found()) == (["A1"], ["A1", "A2"])
    assert (IndexChange.select().count(), IndexRebuild.select().count()) == (0, 0)


def test_what_is_noted_and_not_told_yet_when_it_ends_is_in_it_too(house, tmp_path):
    outlet(tmp_path)
    rebuild("outlets", interrupted(once(lambda: rename("A1", "北海药房"))))
    assert names("北海药房", "outlets") == ["A1"]
    assert drain(sources()) == 0


def test_one_at_a_time_rebuilds_a_kind(house, tmp_path):
    outlet(tmp_path)

    def again():
        other = start(lambda: rebuild("outlets", source()))
        statuses.append(end(other))

    statuses = []
    rebuild("outlets", interrupted(once(again)))
    assert statuses == [1]
    rebuild("outlets", source())


def test_a_rebuild_that_is_killed_leaves_the_index_as_it_was(house, tmp_path):
    outlet(tmp_path)

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    assert end(start(lambda: rebuild("outlets", interrupted(die)))) == KILLED
    rename("A1", "北海药房")
    assert drain(sources()) == 1
    assert names("北海药房", "outlets") == ["A1"]
    assert IndexChange.select().where(IndexChange.told == 1).count() == 1
    with pytest.raises(NotNow):
        rebuild("outlets", source())
    later(seconds=SILENT_S + 1)
    rename("A1", "朝阳大厦")
    drain(sources())
    assert IndexChange.select().count() == 0
    assert rebuild("outlets", source()) == 1


def test_a_rebuild_that_slept_too_long_does_not_take_its_place(house, tmp_path):
    outlet(tmp_path)

    def sleep():
        later(seconds=SILENT_S + 1)
        with db.database.atomic():
            IndexRebuild.delete().execute()
        rename("A1", "北海药房")
        drain(sources())

    with pytest.raises(NotNow):
        rebuild("outlets", interrupted(once(sleep)))
    assert names("北海药房", "outlets") == ["A1"]
