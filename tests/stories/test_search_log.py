"""A served house is asked with everything that could tell who asks; no log holds any of it."""

import json

import pytest

PLANTED = {
    "X-Forwarded-For": "203.0.113.77",
    "Cookie": "place=41.777,123.333; mode=elder",
    "Authorization": "Bearer planted-token",
    "Referer": "https://planted.example/ward-7",
    "User-Agent": "PlantedPhone/1.0",
}
TELLING = (
    "203.0.113.77", "41.777", "123.333", "planted", "ward-7", "PlantedPhone", "13800138000",
    "21010319500101123", "someone",
)  # fmt: skip

pytestmark = pytest.mark.long


def lines_of(server):
    """The log's lines that are searches, and all of it."""
    text = server.log.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")], text


def test_a_search_leaves_its_words_and_nothing_of_who_searched(serve):
    server = serve()
    asked = "%E9%98%BF%E5%8F%B8%E5%8C%B9%E6%9E%9713800138000"
    for path in (
        f"/search?q={asked}",
        "/search?q=21010319500101123X",
        "/api/v1/drugs?q=someone%40example.com",
        "/api/v1/suggest?q=13800138000",
        "/offers?drug=Y0C7BAP1ZXC&lat=41.777&lon=123.333",
        "/map?lat=41.777&lon=123.333&radius_m=1000",
    ):
        server.get(path, **PLANTED)
    assert server.stop() == 0
    told, text = lines_of(server)
    assert [one["words"] for one in told] == ["阿司匹林＊", "＊", "＊"]
    assert all(set(one) == {"words", "matched", "found", "degraded", "hour"} for one in told)
    assert [word for word in TELLING if word in text] == []


def test_the_log_can_be_switched_off(serve):
    server = serve(SEARCH_LOG="off")
    server.get("/search?q=ejsg")
    assert server.stop() == 0
    told, text = lines_of(server)
    assert told == []
    assert "ejsg" not in text
