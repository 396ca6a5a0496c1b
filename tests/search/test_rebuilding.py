"""The contract of every engine about rebuilding beside what is read, and about drift."""

import threading
from dataclasses import replace

import pytest

import search
from search import Document, Query, SearchError
from tests.search.drugs import DRUGS, OUTLETS
from tests.search.engines import ENGINES
from tests.search.meili_server import opened


@pytest.fixture(params=ENGINES)
def index(request, tmp_path):
    """An index of the small catalogue."""
    with opened(ENGINES[request.param].format(folder=tmp_path)) as index:
        index.rebuild("drugs", DRUGS)
        index.clear("outlets")
        yield index


def test_what_is_being_filled_is_not_seen_until_it_takes_its_place(index):
    fresh = index.fresh("drugs")
    fresh.put(iter(DRUGS[:3]))
    fresh.remove(["YP-0001", "never there"])
    fresh.put([replace(DRUGS[1], name="全新名称片")])
    assert index.count("drugs") == len(DRUGS)
    assert index.find(Query("全新名称")).ids == []
    fresh.take_place()
    fresh.drop()
    assert set(index.find(Query("")).ids) == {"YP-0002", "YP-0003"}
    assert index.find(Query("全新名称")).ids == ["YP-0002"]
    assert index.find(Query("络活喜")).ids == []


def test_changes_go_on_meanwhile_and_are_lost_unless_put_into_the_fresh_too(index):
    fresh = index.fresh("drugs")
    fresh.put(DRUGS)
    new = replace(DRUGS[0], id="new", name="全新名称片")
    both = replace(new, id="both")
    index.put([new, both])
    index.remove("drugs", ["YP-0009"])
    assert set(index.find(Query("全新名称")).ids) == {"new", "both"}
    assert index.find(Query("络活喜")).ids == []
    fresh.put([both])
    fresh.take_place()
    assert index.find(Query("全新名称")).ids == ["both"]
    assert index.find(Query("络活喜")).ids == ["YP-0009"]


def test_writers_do_not_wait_for_a_rebuild(index):
    fresh, wrote = index.fresh("drugs"), threading.Event()

    def slowly():
        yield from DRUGS
        assert wrote.wait(20), "the change waited for the rebuild"

    filling = threading.Thread(target=fresh.put, args=(slowly(),))
    filling.start()
    index.put([replace(DRUGS[0], name="全新名称片")])
    index.clear("outlets")
    wrote.set()
    filling.join()
    fresh.take_place()
    assert index.count("drugs") == len(DRUGS)


def test_a_rebuild_given_up_changes_nothing_and_cannot_go_on(index):
    fresh = index.fresh("drugs")
    fresh.put(DRUGS[:2])
    fresh.drop()
    fresh.drop()
    assert index.count("drugs") == len(DRUGS)
    for late in (fresh.take_place, lambda: fresh.put(DRUGS), lambda: fresh.remove(["a"])):
        with pytest.raises(SearchError, match="drugs"):
            late()


def test_dropping_after_taking_place_drops_nothing(index):
    fresh = index.fresh("drugs")
    fresh.put(DRUGS[:2])
    fresh.take_place()
    fresh.drop()
    assert index.count("drugs") == 2
    with pytest.raises(SearchError, match="drugs"):
        fresh.take_place()


def test_of_two_rebuilds_at_once_the_last_to_finish_stays(index):
    one, other = index.fresh("drugs"), index.fresh("drugs")
    one.put(DRUGS[:2])
    other.put(DRUGS[:5])
    other.take_place()
    assert index.count("drugs") == 5
    one.take_place()
    assert index.count("drugs") == 2
    assert index.find(Query("格华止")).ids == ["YP-0001"]


def test_a_fresh_is_of_one_kind(index):
    fresh = index.fresh("outlets")
    with pytest.raises(ValueError, match="YP-0001"):
        fresh.put(DRUGS)
    fresh.drop()
    with pytest.raises(ValueError, match="pets"):
        index.fresh("pets")


def test_clearing_while_a_rebuild_fills_does_not_harm_it(index):
    fresh = index.fresh("drugs")
    fresh.put(DRUGS[:9])
    index.clear("drugs")
    assert index.find(Query("络活喜")).ids == []
    fresh.take_place()
    assert index.find(Query("络活喜")).ids == ["YP-0009"]
    assert index.find(Query("luohuoxi")).ids == ["YP-0009"]


def test_digests_tell_what_is_kept_of_every_document(index):
    assert dict(index.digests("drugs")) == {one.id: search.digest(one) for one in DRUGS}
    changed = replace(DRUGS[0], rank=3)
    index.put([changed])
    index.remove("drugs", ["YP-0002"])
    kept = dict(index.digests("drugs"))
    assert kept["YP-0001"] == search.digest(changed) != search.digest(DRUGS[0])
    assert len(kept) == len(DRUGS) - 1
    assert list(index.digests("outlets")) == []
    with pytest.raises(ValueError, match="pets"):
        list(index.digests("pets"))


def test_more_digests_than_a_page_are_all_told(index):
    many = [Document(f"编号 {n}", "outlets", f"中街{n}店") for n in range(1001)]
    index.rebuild("outlets", many)
    assert sorted(index.digests("outlets")) == sorted((one.id, search.digest(one)) for one in many)


def test_a_digest_changes_with_everything_that_is_kept_and_nothing_else():
    one = replace(OUTLETS[0], facts={"sells": ("a", "b"), "n": 1}, place=(41.8, 123.4))
    others = [
        *(
            replace(one, **{field: "x"})
            for field in ("id", "kind", "name", "core", "maker", "spec")
        ),
        *(replace(one, aliases=("x",)), replace(one, tags=("x",)), replace(one, rank=1)),
        *(replace(one, place=None), replace(one, place=(41.8, 123.41)), replace(one, facts={})),
        replace(one, facts={"sells": ("a",), "n": 1}),
    ]
    assert len({search.digest(other) for other in [one, *others]}) == len(others) + 1
    same = replace(one, facts={"n": "1", "sells": ("b", "a", "b")})
    assert search.digest(one) == search.digest(same)


def test_engines_can_be_looked_at_apart(index):
    both = search.connect("http://:key@127.0.0.1:1", fallback="sqlite:///:memory:")
    assert [name for name, _ in search.engines(both)] == ["meilisearch", "sqlite"]
    (only,) = search.engines(index)
    assert only[1] is index
