"""What only the Meilisearch engine has: settings, keys, tasks, swaps, on a real server."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random
from urllib.request import Request, urlopen

import pytest

import search
from search import Document, Query, SearchError, meili_settings
from search.meili_settings import SETTINGS
from tests.search import outlets
from tests.search.drugs import DRUGS, OUTLETS
from tests.search.meili_server import KEY, MEILI, opened


@pytest.fixture
def index():
    with opened(MEILI) as index:
        index.put(DRUGS)
        yield index


def call(method, path, said=None, key=KEY):
    """The server's own answer."""
    request = Request(MEILI + path, method=method, data=json.dumps(said).encode() if said else None)
    request.add_header("Authorization", f"Bearer {key}")
    request.add_header("Content-Type", "application/json")
    with urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or "null")


def done(index, method, path, said=None):
    """Call, and wait for the task."""
    index.admin.finish([call(method, path, said)["taskUid"]])


def indexes(index):
    prefix = index.admin.address.prefix
    uids = (one["uid"] for one in call("GET", "/indexes?limit=1000")["results"])
    return sorted(uid.removeprefix(prefix) for uid in uids if uid.startswith(prefix))


def again(index):
    """The same indexes from another process, so to speak."""
    return search.connect(f"{MEILI}?prefix={index.admin.address.prefix}", key=KEY)


@pytest.mark.parametrize("kind", search.KINDS)
def test_the_settings_on_the_server_are_those_written_down(index, kind):
    index.put(OUTLETS)
    there = call("GET", f"/indexes/{index.admin.uid(kind)}/settings")
    asked = SETTINGS[kind]
    plain = asked.keys() - {"typoTolerance", "filterableAttributes", "sortableAttributes"}
    assert {name: there[name] for name in plain - {"faceting"}} == {
        name: asked[name] for name in plain - {"faceting"}
    }
    assert there["faceting"]["maxValuesPerFacet"] == asked["faceting"]["maxValuesPerFacet"]
    assert set(there["sortableAttributes"]) == set(asked["sortableAttributes"])
    (rule, *places), (written, *known) = (
        there["filterableAttributes"],
        asked["filterableAttributes"],
    )
    assert places == known
    assert rule["features"] == written["features"]
    assert set(rule["attributePatterns"]) == set(written["attributePatterns"])


def test_settings_changed_since_are_applied_again_and_the_documents_stay(index):
    uid = index.admin.uid("drugs")
    done(index, "PATCH", f"/indexes/{uid}/settings", {"sortableAttributes": []})
    old = {"kind": "drugs", "version": meili_settings.VERSION, "settings": "an older fingerprint"}
    done(index, "POST", f"/indexes/{index.admin.meta}/documents", [old])
    with pytest.raises(SearchError, match="400"):
        again(index).find(Query("片"))
    later = again(index)
    later.put(DRUGS[:1])
    assert later.find(Query("片", limit=100)).total > 10
    assert later.count("drugs") == len(DRUGS)


def test_an_index_of_another_version_is_emptied_not_misread(index):
    old = {"kind": "drugs", "version": 0, "settings": "x"}
    done(index, "POST", f"/indexes/{index.admin.meta}/documents", [old])
    later = again(index)
    later.put(DRUGS[:2])
    assert later.count("drugs") == 2


def test_the_search_key_may_search_these_indexes_and_nothing_else(index):
    index.find(Query("片"))
    key = call("GET", f"/keys/{index.admin.search_key_uid}")
    assert key["actions"] == ["search"]
    assert sorted(key["indexes"]) == sorted(index.admin.uid(kind) for kind in search.KINDS)
    assert key["key"] == index.reader.key == again(index).admin.search_key() != KEY


def test_a_search_key_taken_away_is_made_again(index):
    index.find(Query("片"))
    call("DELETE", f"/keys/{index.admin.search_key_uid}")
    with pytest.raises(SearchError, match="403"):
        index.find(Query("片"))
    assert index.find(Query("络活喜")).ids == ["YP-0009"]


def test_a_wrong_key_is_said_so():
    wrong = search.connect(MEILI, key="not the key at all")
    with pytest.raises(SearchError, match="密钥"):
        wrong.find(Query("片"))
    with pytest.raises(SearchError, match="密钥"):
        wrong.put(DRUGS)


def test_a_rebuild_leaves_no_index_behind_even_when_it_fails(index):
    index.rebuild("drugs", DRUGS[:3])
    with pytest.raises(ValueError, match="JG-0001"):
        index.rebuild("drugs", [*DRUGS, *OUTLETS])
    assert indexes(index) == ["drugs", "meta"]
    index.rebuild("outlets", iter([]))
    assert indexes(index) == ["drugs", "meta", "outlets"]
    assert index.count("outlets") == 0


def test_a_task_that_fails_is_raised_with_its_reason(index):
    with pytest.raises(SearchError, match="pk|primary"):
        index.admin.finish([index.admin.send(index.admin.uid("drugs"), [{"no": "key"}])])


def test_an_index_taken_away_is_answered_for_by_the_built_in_until_rebuilt():
    with opened(MEILI, fallback="sqlite:///:memory:") as both:
        both.rebuild("drugs", DRUGS)
        assert not both.find(Query("络活喜")).degraded
        done(both.server, "DELETE", f"/indexes/{both.server.admin.uid('drugs')}")
        found = both.find(Query("络活喜"))
        assert (found.ids, found.degraded) == (["YP-0009"], True)
        both.rebuild("drugs", DRUGS)
        assert not both.find(Query("络活喜")).degraded


def test_more_documents_than_a_batch_and_ids_of_any_kind():
    with opened(MEILI) as index:
        many = [Document(f'编号 {n}/"{n}"', "drugs", f"甲硝唑片{n}") for n in range(2500)]
        index.put(many)
        assert index.count("drugs") == 2500
        index.remove("drugs", [one.id for one in many[:2400]])
        assert index.count("drugs") == 100
        assert index.find(Query("甲硝唑片2450")).ids == ['编号 2450/"2450"']
        index.put([replace(many[2450], name="全新名称")])
        assert index.find(Query("全新名称")).ids == [many[2450].id]


@pytest.mark.parametrize("harm", ["the index", "its settings", "its places"])
def test_half_of_an_outlets_index_is_answered_for_by_the_built_in_until_rebuilt(harm):
    city = outlets.outlets(Random(5), 40)
    asked = [
        Query("", kind="outlets", near=outlets.CENTRE, within_m=3000, facets=("district", "sells")),
        Query("沈河区", kind="outlets", where={"sells": "YP-1"}, near=outlets.CENTRE),
    ]
    with opened(MEILI, fallback="sqlite:///:memory:") as both:
        both.rebuild("outlets", city)
        well = [both.find(one) for one in asked]
        harmed(both.server, harm)
        assert [both.find(one) for one in asked] == [replace(one, degraded=True) for one in well]
        both.rebuild("outlets", city)
        both.breaker.succeeded()
        assert [both.find(one) for one in asked] == well


def harmed(server, harm):
    """Somebody else did this to the index."""
    index = f"/indexes/{server.admin.uid('outlets')}"
    if harm == "the index":
        done(server, "DELETE", index)
    elif harm == "its settings":
        done(server, "DELETE", f"{index}/settings")
    else:
        done(server, "PUT", f"{index}/settings/sortable-attributes", ["rank", "size", "order"])


def test_what_a_killed_rebuild_left_is_dropped_an_hour_later(index):
    killed, other = index.fresh("drugs"), index.fresh("outlets")
    index.fresh("drugs").drop()
    assert len(indexes(index)) == 4, "a rebuild that goes on was dropped"
    index.admin.left_over = timedelta(0)
    index.fresh("drugs").drop()
    assert indexes(index) == sorted(["drugs", "meta", other.uid.split("_", 2)[2]])
    with pytest.raises(SearchError):
        killed.put(DRUGS)
    other.drop()


def test_digests_of_an_index_that_is_gone_or_of_an_older_version_say_so(index):
    there = f"/indexes/{index.admin.uid('drugs')}"
    done(index, "POST", f"{there}/documents", [{"pk": "x", "order": "41"}])
    assert dict(index.digests("drugs"))["A"] == ""
    done(index, "DELETE", there)
    assert list(index.digests("drugs")) == []
