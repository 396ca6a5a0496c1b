"""What processes keep for each other: one contract, every place."""

import sqlite3
import time

import pytest

from backend.outside import limits
from backend.outside.kept import KeptAnyhow, KeptInMemory
from tests.servers import redis_server


@pytest.fixture(params=["memory", "file", "redis"])
def kept(request, tmp_path):
    if request.param == "redis":
        with redis_server(tmp_path) as url:
            yield limits.connect(url, "off").kept
        return
    url = "memory://" if request.param == "memory" else f"sqlite:///{tmp_path}/deep/limits.db"
    counts = limits.connect(url, "off")
    yield counts.kept
    counts.close()


def test_what_is_kept_is_there_until_its_time_is_over(kept):
    assert kept.get("a") is None
    kept.put("a", b"1", 60)
    kept.put("a", b"2", 0.05)
    assert kept.get("a") == b"2"
    time.sleep(0.1)
    assert kept.get("a") is None


def test_a_turn_is_taken_by_one_until_it_is_over_or_given_back(kept):
    assert [kept.take("turn", 0.2), kept.take("turn", 60)] == [True, False]
    time.sleep(0.25)
    assert [kept.take("turn", 60), kept.take("turn", 60)] == [True, False]
    kept.forget("turn")
    assert kept.take("turn", 60)


def test_it_opens_again_after_it_was_closed(kept):
    kept.put("a", b"1", 60)
    kept.close()
    assert kept.get("a") == b"1"


def test_what_is_over_is_gone_from_the_file(tmp_path):
    kept = limits.connect(f"sqlite:///{tmp_path}/limits.db", "off").kept
    kept.put("old", b"x", 0)
    kept.put("new", b"y", 60)
    rows = sqlite3.connect(tmp_path / "limits.db").execute("SELECT name FROM kept").fetchall()
    assert rows == [("new",)]
    kept.close()


def test_a_file_that_cannot_be_opened_leaves_each_process_its_own_memory(tmp_path, caplog):
    (tmp_path / "here").write_text("a file, not a folder")
    kept = KeptAnyhow(limits.connect(f"sqlite:///{tmp_path}/here/limits.db", "off").kept)
    kept.put("a", b"1", 60)
    assert kept.get("a") == b"1"
    assert len([one for one in caplog.records if "nothing is shared" in one.message]) == 1


def test_memory_forgets_what_is_over():
    kept = KeptInMemory()
    kept.put("old", b"x", 0)
    kept.put("new", b"y", 60)
    assert list(kept.values) == ["new"]
