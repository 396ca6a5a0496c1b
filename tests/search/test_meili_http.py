"""The hot path: addresses, keys, connections."""

import multiprocessing
import threading
import time

import pytest

import search
from search import Query, SearchError
from search.meili_http import Address, Asking
from tests.search.drugs import DRUGS
from tests.search.stand_in import KEY, SEARCH_KEY, StandIn


@pytest.fixture
def server():
    with StandIn(DRUGS) as server:
        yield server


@pytest.fixture
def index(server):
    return search.connect(server.url)


def soon():
    return time.monotonic() + 1


def test_an_address_holds_the_key_and_the_prefix():
    assert Address.read("http://:a%40b@host:7700/?prefix=x_") == Address(
        "http://host:7700", "a@b", "", "x_"
    )
    assert Address.read("https://search.example/m", "k").url == "https://search.example/m"
    assert Address.read("http://[::1]:7700?search_key=s").search_key == "s"
    assert Address.read("http://[::1]:7700").url == "http://[::1]:7700"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [("http://", "主机"), ("http://h:7700?prefx=a", "prefx"), ("http://h:x", "端口")],
)
def test_a_wrong_address_is_refused_with_a_sentence(wrong, named):
    with pytest.raises(ValueError, match=f"SEARCH_URL.*{named}"):
        search.connect(wrong)


def test_the_key_that_may_do_everything_is_never_sent_with_a_question(index, server):
    for words in ("二甲双胍", "", "二甲又胍"):
        index.find(Query(words))
    index.count("drugs")
    sent = {(path.split("/")[1], key) for path, key, _ in server.asked}
    assert sent == {("keys", f"Bearer {KEY}"), ("multi-search", f"Bearer {SEARCH_KEY}")}


def test_a_given_search_key_needs_no_other():
    with StandIn(DRUGS) as server:
        url = server.url.replace(f":{KEY}@", "") + "&search_key=given"
        search.connect(url).find(Query("片"))
        assert {key for _, key, _ in server.asked} == {"Bearer given"}


def test_a_refused_key_is_asked_for_anew(index, server):
    index.find(Query("片"))
    server.trouble = "wrong_key"
    with pytest.raises(SearchError, match="403"):
        index.find(Query("片"))
    server.trouble = ""
    assert index.find(Query("片")).total
    assert [path for path, *_ in server.asked if path.startswith("/keys")] == [
        server.asked[0][0],
        server.asked[0][0],
    ]


def test_a_thread_keeps_its_connection(server):
    asking = Asking(f"http://127.0.0.1:{server.server_address[1]}")
    for _ in range(5):
        asking.ask("/multi-search", {"queries": []}, key="k", until=soon())
    assert server.connections == 1
    other = threading.Thread(
        target=asking.ask,
        args=("/multi-search", {"queries": []}),
        kwargs={"key": "", "until": soon()},
    )
    other.start()
    other.join()
    assert server.connections == 2
    assert server.asked[-1][1] is None


def test_a_connection_closed_while_idle_is_opened_again(server):
    asking = Asking(f"http://127.0.0.1:{server.server_address[1]}")
    asking.ask("/multi-search", {"queries": []}, key="", until=soon())
    asking.mine.connection.sock.shutdown(2)
    assert asking.ask("/multi-search", {"queries": []}, key="", until=soon()) == {"results": []}
    asking.close()
    asking.close()
    assert asking.ask("/multi-search", {"queries": []}, key="", until=soon()) == {"results": []}


def test_nothing_is_asked_when_the_time_is_over(server):
    asking = Asking(f"http://127.0.0.1:{server.server_address[1]}")
    with pytest.raises(SearchError, match="超过时限"):
        asking.ask("/multi-search", {"queries": []}, key="", until=time.monotonic())


def _ask(index, answers):
    answers.put(
        (index.find(Query("络活喜")).ids, index.reader.asking.mine.connection.sock.getsockname())
    )


def test_a_forked_worker_opens_its_own_connection(index):
    index.find(Query("片"))
    mine = index.reader.asking.mine.connection.sock.getsockname()
    forking = multiprocessing.get_context("fork")
    answers = forking.Queue()
    worker = forking.Process(target=_ask, args=(index, answers))
    worker.start()
    found, its = answers.get(timeout=30)
    worker.join(timeout=30)
    assert worker.exitcode == 0
    assert found == ["YP-0009"]
    assert its != mine
    assert index.find(Query("络活喜")).ids == ["YP-0009"]


def test_threads_get_their_own_answers(index):
    asked = {drug.id: drug.name for drug in DRUGS}
    wrong = []

    def read(code):
        for _ in range(5):
            if index.find(Query(code)).ids != [code]:
                wrong.append(code)

    readers = [threading.Thread(target=read, args=(code,)) for code in list(asked)[:8]]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not wrong
