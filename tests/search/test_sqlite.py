"""What only the SQLite engine has: files, connections, versions."""

import multiprocessing
import sqlite3
import threading

import pytest

import search
from search import Query, sqlite
from tests.search.drugs import DRUGS, OUTLETS


@pytest.fixture
def url(tmp_path):
    """A file in a folder that is not there yet."""
    return f"sqlite:///{tmp_path}/deep/search.db"


def test_a_url_chooses_the_engine(url):
    assert isinstance(search.connect(url), sqlite.SqliteIndex)
    for wrong in ("redis://", "", "sqlite:///", "search.db"):
        with pytest.raises(ValueError, match="SEARCH_URL"):
            search.connect(wrong)


def test_what_is_written_is_there_when_opened_again(url):
    first = search.connect(url)
    first.put(DRUGS)
    first.close()
    assert search.connect(url).find(Query("络活喜")).ids == ["YP-0009"]


def test_two_processes_see_each_others_changes(url):
    mine, theirs = search.connect(url), search.connect(url)
    mine.put(DRUGS[:1])
    assert theirs.find(Query("格华止")).total == 1
    theirs.remove("drugs", ["YP-0001"])
    assert mine.find(Query("格华止")).total == 0


def test_putting_what_is_there_keeps_readers_shelves(url):
    index = search.connect(url)
    index.put(DRUGS)
    index.find(Query("片"))
    shelf = index.shelves["drugs"]
    index.put(DRUGS)
    index.find(Query("片"))
    assert index.shelves["drugs"] is shelf


def test_more_documents_than_a_batch_are_all_written(url):
    many = [
        search.Document(f"n{number}", "drugs", f"甲硝唑片{number}")
        for number in range(sqlite.BATCH * 2 + 1)
    ]
    index = search.connect(url)
    index.put(many)
    assert index.count("drugs") == index.find(Query("甲硝唑")).total == len(many)
    index.rebuild("drugs", many[: sqlite.BATCH + 1])
    assert index.count("drugs") == sqlite.BATCH + 1


def test_threads_write_and_read_together(url):
    index = search.connect(url)
    writers = [threading.Thread(target=index.put, args=(DRUGS[start::4],)) for start in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert index.count("drugs") == len(DRUGS)


def _ask(index, answers):
    answers.put(index.find(Query("络活喜")).ids)
    index.put(OUTLETS)


def test_a_forked_worker_opens_its_own_connection(url):
    index = search.connect(url)
    index.put(DRUGS)
    index.find(Query("片"))
    forking = multiprocessing.get_context("fork")
    answers = forking.Queue()
    worker = forking.Process(target=_ask, args=(index, answers))
    worker.start()
    assert answers.get(timeout=30) == ["YP-0009"]
    worker.join(timeout=30)
    assert worker.exitcode == 0
    assert index.count("outlets") == len(OUTLETS)


def test_a_file_of_another_version_is_emptied_not_misread(url, tmp_path):
    index = search.connect(url)
    index.put(DRUGS)
    index.close()
    line = sqlite3.connect(tmp_path / "deep" / "search.db")
    line.execute("PRAGMA user_version = 999")
    line.commit()
    line.close()
    assert search.connect(url).count("drugs") == 0


def test_a_closed_index_can_be_closed_again(url):
    index = search.connect(url)
    index.close()
    index.close()


def test_the_expression_holds_nothing_but_quoted_keys():
    assert sqlite.phrase("双胍") == 'singly : "双 胍" OR sounds : "shuang gua"'
    assert sqlite.phrase("胍") == 'singly : "胍"'
    assert sqlite.phrase("ejsg") == " OR ".join(
        ['singly : "e j s g"', 'pinyin : "ejsg" *', 'initials : "ejsg" *']
    )


def tables(folder):
    line = sqlite3.connect(folder / "deep" / "search.db")
    named = "SELECT name FROM sqlite_master WHERE name GLOB 'document_*' OR name GLOB 'held_*'"
    names = [name for (name,) in line.execute(named)]
    words = line.execute("SELECT count(*) FROM word").fetchone()[0]
    line.close()
    return len(names), words


def test_rebuilding_leaves_no_tables_and_no_words_behind(url, tmp_path):
    index = search.connect(url)
    index.rebuild("drugs", DRUGS[:2])
    small = tables(tmp_path)
    index.rebuild("drugs", DRUGS)
    index.rebuild("drugs", DRUGS[:2])
    assert tables(tmp_path) == small
    assert index.find(Query("络活喜")).ids == []
    index.rebuild("drugs", DRUGS)
    assert index.find(Query("luohuoxi")).ids == ["YP-0009"]


def test_what_a_killed_rebuild_left_is_dropped_an_hour_later(url, tmp_path):
    killed = search.connect(url).fresh("drugs")
    killed.put(DRUGS)
    other = search.connect(url)
    other.fresh("drugs").drop()
    before, _ = tables(tmp_path)
    line = sqlite3.connect(tmp_path / "deep" / "search.db", isolation_level=None)
    line.execute("UPDATE edition SET begun = begun - 3601 WHERE NOT shown")
    other.fresh("drugs").drop()
    assert tables(tmp_path)[0] == before - 2
    with pytest.raises(search.SearchError, match="drugs"):
        killed.take_place()


def test_facts_of_many_values_do_not_stand_on_the_shelf(url):
    index = search.connect(url)
    codes = tuple(f"D{number}" for number in range(500))
    index.put(
        search.Document(f"o{number}", "outlets", f"中街{number}店", facts={"sells": codes[number:]})
        for number in range(300)
    )
    assert index.find(Query("", kind="outlets", where={"sells": "D7"})).total == 8
    _, shelf, _ = index.shelves["outlets"]
    assert not shelf.facts
    assert shelf.many == {"sells"}
