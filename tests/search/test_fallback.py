"""When the server is in trouble the built-in index answers, over real HTTP."""

import logging
import socket
from dataclasses import replace

import pytest

import search
from search import Found, Query, SearchError
from search.breaker import Breaker
from search.fallback import FallbackIndex
from tests.search.drugs import DRUGS, OUTLETS
from tests.search.stand_in import StandIn

TROUBLES = [
    "slow", "busy", "wrong_key", "half_deleted", "nonsense", "other_shape", "other_documents",
    "older_documents", "hang_up", "cut_off",
]  # fmt: skip


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def server():
    with StandIn(DRUGS) as server:
        yield server


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def index(server, clock):
    """Both engines as `connect` makes them, with a breaker whose clock the test moves."""
    both = search.connect(server.url, fallback="sqlite:///:memory:")
    assert isinstance(both, FallbackIndex)
    both.breaker = Breaker(clock=clock)
    both.builtin.put([*DRUGS, *OUTLETS])
    yield both
    both.close()


def test_while_the_server_answers_nothing_is_degraded(index, server):
    found = index.find(Query("二甲双胍"))
    assert not found.degraded
    assert found == index.builtin.find(Query("二甲双胍"))
    assert server.asked


@pytest.mark.parametrize("trouble", TROUBLES)
def test_in_trouble_the_same_is_found_degraded_and_nobody_waits_for_the_server(
    index, server, trouble
):
    well = index.find(Query("shuanggua"))
    server.trouble = trouble
    assert index.find(Query("shuanggua")) == replace(well, degraded=True)
    assert not server.released.is_set()


def test_a_server_that_is_not_there_degrades_answers_and_no_more():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: nobody else gets the port
        url = f"http://:key@127.0.0.1:{taken.getsockname()[1]}"
        index = search.connect(url, fallback="sqlite:///:memory:")
        index.builtin.put(DRUGS)
        assert [index.find(Query("络活喜")).degraded for _ in range(5)] == [True] * 5
        assert index.find(Query("络活喜")).ids == ["YP-0009"]
        assert index.count("drugs") == len(DRUGS)


def test_it_recovers_by_itself_after_a_rest(index, server, clock):
    server.trouble = "busy"
    assert [index.find(Query("片")).degraded for _ in range(4)] == [True] * 4
    asked = len(server.asked)
    server.trouble = ""
    assert index.find(Query("片")).degraded
    assert len(server.asked) == asked, "the server was not left in peace"
    clock.now += 10
    assert not index.find(Query("片")).degraded
    assert not index.find(Query("片")).degraded


def test_trouble_and_recovery_are_said_once_each(index, server, clock, caplog):
    caplog.set_level(logging.INFO)
    server.trouble = "busy"
    for _ in range(8):
        index.find(Query("片"))
        clock.now += 3
    server.trouble = ""
    clock.now += 10
    for _ in range(5):
        index.find(Query("片"))
    said = [record.getMessage() for record in caplog.records if record.name == "search.fallback"]
    assert len(said) == 2
    assert "503" in said[0]
    assert "恢复" in said[1]


def test_a_write_the_server_does_not_take_is_raised_and_kept_by_the_built_in(index, server):
    server.trouble = "busy"
    new = replace(DRUGS[0], id="new", name="全新名称片")
    for write in (
        lambda: index.put([new]),
        lambda: index.rebuild("drugs", iter([*DRUGS, new])),
        lambda: index.remove("drugs", iter(["YP-0009"])),
        lambda: index.clear("outlets"),
    ):
        with pytest.raises(SearchError, match="Meilisearch"):
            write()
    assert index.find(Query("全新名称")).ids == ["new"]
    assert index.find(Query("络活喜")) == Found([], 0, {}, degraded=True)
    assert index.builtin.count("outlets") == 0


def test_a_mistake_of_the_caller_is_not_the_servers_trouble(index):
    for _ in range(4):
        with pytest.raises(ValueError, match="pets"):
            index.find(Query("片", kind="pets"))
        with pytest.raises(ValueError, match="JG-0001"):
            index.rebuild("drugs", OUTLETS)
    assert not index.find(Query("片")).degraded


def test_browsing_and_counting_fall_back_too(index, server):
    assert index.count("drugs") == len(DRUGS)
    server.trouble = "hang_up"
    assert index.count("drugs") == len(DRUGS)
    found = index.find(Query("", kind="outlets"))
    assert found.degraded
    assert found.total == len(OUTLETS)
