"""The contract of every engine about outlets: near, within, facts of many values, facets."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from search import Document, Found, Query
from search.places import metres_between
from tests.search import outlets
from tests.search.engines import ENGINES
from tests.search.meili_server import opened

HERE = outlets.CENTRE
CITY = outlets.outlets(Random(7), 250)
BY_ID = {one.id: one for one in CITY}


@pytest.fixture(scope="module", params=ENGINES)
def index(request, tmp_path_factory):
    """A small city, only read."""
    folder = tmp_path_factory.mktemp("index")
    with opened(ENGINES[request.param].format(folder=folder)) as filled:
        filled.rebuild("outlets", CITY)
        yield filled


@pytest.fixture(params=ENGINES)
def empty(request, tmp_path):
    """A fresh index."""
    with opened(ENGINES[request.param].format(folder=tmp_path)) as index:
        index.clear("outlets")
        yield index


def near(words="", **how):
    return Query(words, kind="outlets", **{"near": HERE, "limit": 1000} | how)


def test_browsing_near_goes_by_distance_then_id_and_those_without_a_place_come_last(index):
    assert index.find(near()).ids == outlets.nearest(CITY, HERE)


@pytest.mark.parametrize("metres", [0, 4, 100.5, 800, 1500, 3000, 1e9, float("inf")])
def test_within_so_many_metres_are_exactly_those(index, metres):
    found = index.find(near(within_m=metres))
    assert found.ids == outlets.nearest(CITY, HERE, metres)
    assert found.total == len(found.ids)


def test_the_edge_of_the_circle_counts_and_a_millimetre_less_does_not(index):
    for one in filter(lambda one: one.place, CITY[:40]):
        way = metres_between(HERE, one.place)
        assert one.id in index.find(near(within_m=way)).ids
        assert one.id not in index.find(near(within_m=way - 0.001)).ids


def test_pages_by_distance_are_pieces_of_the_whole(index):
    whole = outlets.nearest(CITY, HERE)
    for limit in (1, 7, 60):
        pages = [index.find(near(limit=limit, offset=at)) for at in range(0, 250, limit)]
        assert [code for page in pages for code in page.ids] == whole
        assert {page.total for page in pages} == {250}
    assert index.find(near(limit=0)) == Found([], 250, {})


def test_words_come_before_the_way_and_the_way_before_rank(index):
    found = index.find(near("天益堂中街", facets=("district",)))
    assert found.ids
    layers = [found.why[code] for code in found.ids]
    ways = [(code not in BY_ID, *_way(code)) for code in found.ids]
    for layer in set(layers):
        same = [way for way, why in zip(ways, layers, strict=True) if why == layer]
        assert same == sorted(same)


def _way(code):
    place = BY_ID[code].place
    return (place is None, metres_between(HERE, place) if place else 0, code)


def test_a_better_match_farther_away_comes_first(empty):
    exact = Document("b", "outlets", "中街店", place=(41.9, 123.4))
    empty.put([
        Document("a", "outlets", "中街店旁边店", place=HERE, rank=9), exact,
        replace(exact, id="c", place=None), replace(exact, id="d", place=(41.85, 123.4)),
    ])  # fmt: skip
    assert empty.find(near("中街店")).ids == ["d", "b", "c", "a"]
    assert empty.find(near("中街店", within_m=9000)).ids == ["d", "a"]


def test_a_distance_does_not_turn_a_right_word_into_a_misspelt_one(empty):
    empty.put([
        Document("a", "outlets", "天益堂", place=(42.8, 123.4)),
        Document("b", "outlets", "天益糖", place=HERE),
    ])  # fmt: skip
    assert empty.find(near("天益堂大", within_m=100)).ids == []


def test_a_fact_of_many_values_holds_each_of_them(index):
    for where in ({"sells": "YP-1"}, {"sells": ["YP-1", "药 3"]}, {"sells": 4, "kind": "a"}):
        found = index.find(Query("", kind="outlets", where=where, limit=1000))
        assert set(found.ids) == {one.id for one in CITY if _holds(one, where)}
        assert found.total == len(found.ids)
    assert index.find(Query("", kind="outlets", where={"sells": "never"})).total == 0


def _holds(document, where):
    return all(_values(document, name) & _wanted(value) for name, value in where.items())


def _values(document, name):
    value = document.facts.get(name, ())
    return set(map(str, value if isinstance(value, tuple) else [value]))


def _wanted(value):
    return set(map(str, value if isinstance(value, list) else [value]))


@pytest.mark.parametrize("how", [{}, {"within_m": 1500}, {"where": {"sells": "YP-2"}}])
@pytest.mark.parametrize("words", ["", "沈河区", "大药房"])
def test_facets_count_all_that_is_found_not_the_page(index, words, how):
    found = index.find(near(words, limit=3, facets=("district", "sells", "badge", "no"), **how))
    all_of_them = [BY_ID[code] for code in index.find(near(words, **how)).ids]
    assert found.total == len(all_of_them)
    for name in ("district", "sells", "badge", "no"):
        counts = Counter(value for one in all_of_them for value in _values(one, name))
        assert found.facets[name] == dict(counts)
        assert list(found.facets[name].values()) == sorted(counts.values(), reverse=True)


def test_facets_of_nothing_are_empty_and_unasked_ones_are_not_told(index):
    assert index.find(near("汽车轮胎", facets=("kind",))).facets == {"kind": {}}
    assert index.find(near(facets=("kind",), within_m=-1)).facets == {"kind": {}}
    assert index.find(near("大药房")).facets == {}


def test_putting_an_outlet_again_replaces_place_and_facts(empty):
    one = Document(
        "a", "outlets", "中街店", facts={"sells": ("D1", "D2"), "kind": "药店"}, place=HERE
    )
    other = replace(one, id="b", facts={"sells": ("D2",)})
    empty.put([one, other])
    empty.put([replace(one, facts={"sells": ("D3", "D2")}, place=(41.9, 123.4))])
    sold = {code: _ids(empty, {"sells": code}) for code in ("D1", "D2", "D3")}
    assert sold == {"D1": [], "D2": ["b", "a"], "D3": ["a"]}
    assert _ids(empty, {"kind": "药店"}) == []
    empty.put([replace(one, place=None, facts={"sells": "D1"})])
    empty.remove("outlets", ["b"])
    assert _ids(empty, {"sells": "D1"}) == ["a"]
    assert _ids(empty, {"sells": "D2"}) == []
    empty.put([replace(other, id="c")])
    assert _ids(empty, {"sells": "D2"}) == ["c"]
    assert empty.find(near()).ids == ["c", "a"]


def _ids(index, where):
    return index.find(near(where=where)).ids


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ({"near": None, "within_m": 5}, "within_m"),
        ({"near": (123.4, 41.8)}, "near"),
        ({"near": (float("nan"), 1.0)}, "near"),
        ({"within_m": float("nan")}, "within_m"),
        ({"kind": "drugs"}, "near"),
    ],
)
def test_a_question_about_no_place_is_refused_with_a_sentence(index, how, named):
    with pytest.raises(ValueError, match=named):
        index.find(replace(near(), **how))


def test_an_outlet_at_no_place_on_earth_is_refused_by_name(empty):
    with pytest.raises(ValueError, match="JG-9"):
        empty.put([Document("JG-9", "outlets", "中街店", place=(123.4, 41.8))])
