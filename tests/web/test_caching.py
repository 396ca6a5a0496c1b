"""What an answer costs the second time: marks, 304, how long it is kept, gzip."""

import gzip
import re

import pytest
from flask import Response

from backend.web.caching import FOR_EVER
from backend.web.guards import for_everyone
from miniprogram_api.assets import stamped
from tests.conftest import open_house

PACKED = {"Accept-Encoding": "br, gzip;q=0.8"}


def nameless(body):
    """A page without the nonce of this one answer."""
    return re.sub(rb'nonce="[^"]+"', b"", body)


@pytest.fixture
def client(town):
    return town.test_client()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=ejsg", "/api/v1/drugs?q=ejsg", "/rules", stamped("app.css")]
)
def test_an_answer_that_stayed_the_same_costs_no_bytes_the_second_time(client, path):
    for asked in ({}, PACKED):
        first = client.get(path, headers=asked)
        mark = first.headers["ETag"]
        assert mark.startswith('"')
        again = client.get(path, headers=asked | {"If-None-Match": mark})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == mark
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert again.headers["Vary"] == first.headers["Vary"]


def test_another_question_has_another_mark(client):
    first = client.get("/api/v1/drugs?q=ejsg").headers["ETag"]
    other = client.get("/api/v1/drugs?q=gz", headers={"If-None-Match": first})
    assert other.status_code == 200
    assert other.headers["ETag"] != first


def test_a_page_drawn_for_another_place_is_another_answer(client):
    first = client.get("/lists")
    client.set_cookie("place", "210103")
    again = client.get("/lists", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Cookie" in again.vary


@pytest.mark.parametrize("path", ["/", "/api/v1/outlets", stamped("app.css"), "/api/openapi.json"])
def test_text_is_packed_for_who_can_unpack_it_and_says_the_same(client, path):
    plain, packed = client.get(path), client.get(path, headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert nameless(gzip.decompress(packed.data)) == nameless(plain.data)
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary


@pytest.mark.parametrize("said", ["identity", "gzip;q=0", "br", ""])
def test_who_cannot_unpack_gets_it_plain(client, said):
    answer = client.get("/", headers={"Accept-Encoding": said})
    assert "Content-Encoding" not in answer.headers


def test_what_is_short_or_packed_already_stays_as_it_is(client):
    assert "Content-Encoding" not in client.get("/healthz", headers=PACKED).headers
    assert "Content-Encoding" not in client.get("/sheets/drugs.xlsx", headers=PACKED).headers


@pytest.mark.parametrize("path", ["/", "/api/v1/outlets"])
def test_head_tells_what_get_would_without_the_body(client, path):
    got, asked = client.get(path, headers=PACKED), client.head(path, headers=PACKED)
    assert asked.data == b""
    # The nonce of a page is new each time, and so may be its packed length.
    length = ["Content-Length"] if path != "/" else []
    for name in ("ETag", "Content-Encoding", "Cache-Control", *length):
        assert asked.headers[name] == got.headers[name]


def test_a_file_is_kept_for_ever_only_under_the_mark_of_what_is_in_it(client):
    assert client.get(stamped("app.css")).headers["Cache-Control"] == FOR_EVER
    for path in ("/static/app.css", "/static/app.css?v=000000000000"):
        assert client.get(path).headers["Cache-Control"] == "private, no-cache"
        assert client.get(path).headers["ETag"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "private, no-cache"),
        ("/search?q=ejsg", "private, no-cache"),
        ("/api/v1/drugs?q=ejsg", "private, no-cache"),
        ("/api/v1/suggest?q=ej", "private, max-age=30"),
        ("/healthz", "no-store"),
        ("/readyz", "no-store"),
        ("/metrics", "no-store"),
        ("/nowhere", "no-store"),
        ("/api/v1/drugs/NONE", "no-store"),
    ],
)
def test_each_kind_of_answer_is_kept_as_long_as_it_may_be(client, path, kept):
    assert client.get(path).headers["Cache-Control"] == kept


def test_what_is_somebodys_own_is_neither_kept_nor_packed(tmp_path, cache):
    app = open_house(tmp_path, cache)

    def mine():
        return Response("我的投诉" * 1000, mimetype="text/html")

    mine.guard = "citizens"
    app.add_url_rule("/mine", view_func=mine)
    app.add_url_rule("/ours", endpoint="ours", view_func=for_everyone(lambda: mine()))
    client = app.test_client()
    answer = client.get("/mine", headers=PACKED)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not {"Content-Encoding", "ETag"} & set(answer.headers.keys())
    assert client.get("/ours", headers=PACKED).headers["Content-Encoding"] == "gzip"


def test_a_door_that_says_itself_how_long_is_obeyed(tmp_path, cache):
    app = open_house(tmp_path, cache)
    app.add_url_rule(
        "/hour", view_func=lambda: Response("ok", headers={"Cache-Control": "public, max-age=60"})
    )
    assert app.test_client().get("/hour").headers["Cache-Control"] == "public, max-age=60"


def test_an_answer_that_is_still_being_made_is_left_alone(tmp_path, cache):
    app = open_house(tmp_path, cache)
    app.add_url_rule(
        "/long", view_func=lambda: Response((b"x" * 2000 for _ in range(2)), mimetype="text/plain")
    )
    answer = app.test_client().get("/long", headers=PACKED)
    assert len(answer.data) == 4000
    assert "ETag" not in answer.headers
