"""Every operation from the outside: asked again, asked for its head only, asked too often."""

from dataclasses import replace

import pytest

from backend import db
from backend.app import create_app
from backend.outside import outside
from miniprogram_api.contract_examples import ASKED, BODIES, SIGNED_IN, ask, method
from tests.conftest import settings_in

# What is asked by POST, or of a person, is never kept: only what everybody may GET has a mark.
OPEN = [name for name in ASKED if method(name) == "GET" and name not in SIGNED_IN]
ONCE = [name for name in ASKED if name not in OPEN]
DOORS = [*(ASKED[name] for name in OPEN), "/api/openapi.json"]
COUNTED = [path for path in DOORS if path.startswith("/api/")]
KEPT = ("ETag", "Cache-Control", "Vary")


@pytest.fixture
def client(town):
    return town.test_client()


@pytest.mark.parametrize("path", DOORS)
def test_what_somebody_has_is_not_sent_again(client, path):
    first = client.get(path)
    mark = first.headers["ETag"]
    for said in (mark, f"W/{mark}", f'"other", {mark}', f'"other",W/{mark} , "third"', "*"):
        again = client.get(path, headers={"If-None-Match": said})
        assert (again.status_code, again.data) == (304, b""), said
        assert [again.headers[name] for name in KEPT] == [first.headers[name] for name in KEPT]
        assert "Content-Type" not in again.headers
    for said in ('"other"', "", "nonsense", "*x"):
        assert client.get(path, headers={"If-None-Match": said}).data == first.data, said


@pytest.mark.parametrize("path", DOORS)
def test_its_head_is_told_without_its_body(client, path):
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in (*KEPT, "Content-Type", "Content-Length"):
        assert head.headers[name] == got.headers[name]
    again = client.head(path, headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", DOORS)
def test_which_methods_there_are_is_told(client, path):
    assert set(client.options(path).headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    refused = client.delete(path)
    assert refused.status_code == 405
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("name", ONCE)
def test_what_is_asked_by_post_or_of_a_person_is_never_kept(client, name):
    answer = ask(client, name)
    assert answer.status_code in (200, 201)
    assert answer.headers["Cache-Control"] == "no-store"
    assert {"ETag", "Content-Encoding"}.isdisjoint(answer.headers)
    asked = {method(one) for one, path in ASKED.items() if path == ASKED[name]}
    heads = {"HEAD"} if "GET" in asked else set()
    assert set(client.options(ASKED[name]).headers["Allow"].split(", ")) == {
        "OPTIONS", *asked, *heads,
    }  # fmt: skip
    assert client.patch(ASKED[name]).status_code == 405


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_who_is_not_signed_in_is_told_to_sign_in_and_nothing_else(client, name):
    for said in ("", "Bearer", "Bearer " + "A" * 43, "Basic " + "A" * 43, "Bearer " + "A" * 5000):
        headers = {"Authorization": said} if said else {}
        answer = client.open(ASKED[name], method=method(name), headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in_again")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_has_no_mark_and_is_never_kept(client):
    for path in ("/api/v1/drugs?page=0", "/api/v1/drugs/NONE", "/api/v1/nothing"):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code in (404, 422)
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.fixture
def busy(town, tmp_path, cache):
    """A client of the same town that may ask once a minute."""
    settings = settings_in(tmp_path / "town", cache_dir=str(cache))
    yield create_app(replace(settings, rate_limit="1/minute")).test_client()
    db.database.close_all()
    outside.let_go()


@pytest.mark.parametrize("path", COUNTED)
def test_whoever_asks_too_often_is_told_when_to_come_again(busy, path):
    assert busy.get(path).status_code == 200
    answer = busy.get(path)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.get_json()["code"] == "too_many"


@pytest.mark.parametrize("name", [name for name in BODIES if name not in SIGNED_IN])
def test_whoever_posts_too_often_is_told_so_too(busy, name):
    assert [ask(busy, name).status_code // 100 for _ in range(2)] == [2, 4]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_whoever_watches_over_the_house_is_never_sent_away(busy, path):
    assert [busy.get(path).status_code for _ in range(3)] == [200] * 3
