"""Headers: only what the page itself names may run, and nobody else learns what was looked up."""

import re

import pytest

from tests.conftest import living

HTTPS = {"base_url": "https://localhost"}


@pytest.fixture
def client(town):
    return town.test_client()


def policy(answer):
    """The content security policy as {directive: its sources}."""
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {name: sources for name, *sources in (part.split() for part in parts)}


@pytest.mark.parametrize("path", ["/", "/search?q=ejsg", "/rules", "/api/docs/", "/nowhere"])
def test_every_script_and_style_of_a_page_has_the_nonce_of_its_policy(client, path):
    answer = client.get(path)
    page, said = answer.get_data(as_text=True), policy(answer)
    tags = re.findall(r'<(?:script|link rel="stylesheet")[^>]*>', page)
    (nonce,) = {re.search(r'nonce="([^"]+)"', tag)[1] for tag in tags}
    assert len(nonce) >= 22
    assert said["script-src"] == said["style-src"] == [f"'nonce-{nonce}'"]


def test_a_page_may_do_nothing_else(client):
    said = policy(client.get("/"))
    assert said["default-src"] == said["base-uri"] == said["object-src"] == ["'none'"]
    assert said["frame-ancestors"] == ["'none'"]
    for name in ("img-src", "connect-src", "form-action", "worker-src", "manifest-src"):
        assert said[name] == ["'self'"], name
    assert said["require-trusted-types-for"] == ["'script'"]
    assert not re.search(r"unsafe|https?:|data:|\*", " ".join(sum(said.values(), [])))


def test_the_nonce_is_fresh_for_every_answer_and_the_mark_does_not_notice(client):
    first, second = client.get("/"), client.get("/")
    assert policy(first)["script-src"] != policy(second)["script-src"]
    assert first.data != second.data
    assert first.headers["ETag"] == second.headers["ETag"]


def test_an_unchanged_page_keeps_the_policy_it_was_stored_with(client):
    mark = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": mark})
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again.headers


@pytest.mark.parametrize("path", ["/api/v1/outlets", "/static/app.css", "/sheets/drugs.xlsx"])
def test_a_file_has_a_policy_without_a_nonce(client, path):
    said = policy(client.get(path))
    assert said["default-src"] == ["'none'"]
    assert "script-src" not in said


@pytest.mark.parametrize("path", ["/", "/api/v1/outlets", "/static/app.js", "/nowhere", "/healthz"])
def test_nothing_is_guessed_told_on_or_used_by_other_sites(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_page_may_ask_for_the_position_and_for_nothing_else_of_the_machine(client):
    headers = client.get("/").headers
    told = dict(part.strip().split("=") for part in headers["Permissions-Policy"].split(","))
    assert told.pop("geolocation") == "(self)"
    assert {"camera", "microphone", "payment", "usb"} <= set(told)
    assert set(told.values()) == {"()"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_https_is_kept_where_it_is_spoken_and_only_there(client):
    plain, safe = client.get("/"), client.get("/", **HTTPS)
    assert "Strict-Transport-Security" not in plain.headers
    assert safe.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "upgrade-insecure-requests" in policy(safe)
    assert "upgrade-insecure-requests" not in policy(plain)


@pytest.mark.parametrize(("proxies", "kept"), [(1, True), (0, False)])
def test_only_a_proxy_that_is_trusted_says_it_was_https(tmp_path, cache, proxies, kept):
    with living(tmp_path, cache, trusted_proxies=proxies) as app:
        answer = app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"})
        assert ("Strict-Transport-Security" in answer.headers) == kept


def test_how_long_https_is_kept_can_be_set(tmp_path, cache):
    with living(tmp_path, cache, hsts_seconds=0) as app:
        answer = app.test_client().get("/healthz", **HTTPS)
        assert "Strict-Transport-Security" not in answer.headers


def test_an_answer_meant_for_other_sites_says_so_itself(tmp_path, cache):
    with living(tmp_path, cache) as app:
        app.add_url_rule(
            "/badge.svg",
            view_func=lambda: ("<svg/>", {"Cross-Origin-Resource-Policy": "cross-origin"}),
        )
        answer = app.test_client().get("/badge.svg")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
