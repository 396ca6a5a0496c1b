"""The API's description for people: a page of ours, the same facts as the one for programs."""

import re

from miniprogram_api.reference import reference

SPEC = {
    "info": {"title": "T", "version": "v1", "description": "一。\n\n二。"},
    "tags": [{"name": "drugs", "description": "药品"}, {"name": "empty", "description": "无"}],
    "paths": {
        "/drugs/{code}": {
            "parameters": [
                {"in": "path", "name": "code", "required": True, "schema": {"example": "甲/1"}}
            ],
            "get": {
                "tags": ["drugs"],
                "summary": "一种药",
                "parameters": [
                    {"in": "query", "name": "kind", "schema": {"enum": ["", "a", "b"]}},
                    {"in": "query", "name": "full", "schema": {"type": "boolean", "default": True}},
                ],
                "responses": {
                    "default": {"$ref": "#/components/responses/NO"},
                    "200": {
                        "description": "OK",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Drug"}}
                        },
                    },
                },
            },
        },
        "/drugs": {
            "post": {
                "tags": ["drugs"],
                "deprecated": True,
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Drug"}}
                    }
                },
                "responses": {"201": {"description": "Created"}},
            }
        },
    },
    "components": {
        "responses": {"NO": {"description": "No"}},
        "schemas": {
            "Drug": {
                "required": ["code"],
                "properties": {
                    "code": {"type": ["string", "null"], "description": "编码"},
                    "wins": {"type": "array", "items": {"$ref": "#/components/schemas/Win"}},
                },
            },
            "Win": {"properties": {}},
        },
    },
}


def calls():
    (chapter,) = reference(SPEC)["chapters"]
    return chapter["calls"]


def test_a_chapter_holds_its_calls_and_an_empty_one_is_left_out():
    told = reference(SPEC)
    assert told["about"] == ["一。", "二。"]
    assert [call["method"] for call in calls()] == ["GET", "POST"]
    assert [call["retiring"] for call in calls()] == [False, True]


def test_what_is_asked_is_told_with_its_choices_and_what_holds_where_nothing_is_said():
    code, kind, full = calls()[0]["asked"]
    assert (code["need"], code["example"]) == (True, "甲/1")
    assert kind["choices"] == ["a", "b"]
    assert full["default"] == "true"


def test_an_address_to_try_has_its_examples_in_it():
    assert calls()[0]["trial"] == "/drugs/%E7%94%B2/1"
    assert calls()[1]["trial"] == ""


def test_answers_name_the_shape_of_what_comes_the_good_one_first():
    first, last = calls()[0]["answers"]
    assert (first["status"], first["kind"]) == ("200", [{"text": "", "shape": "Drug"}])
    assert last["status"] == "其他"
    assert calls()[1]["body"] == [{"text": "", "shape": "Drug"}]


def test_a_field_is_told_in_words_and_by_the_shape_it_holds():
    code, wins = reference(SPEC)["shapes"][0]["fields"]
    assert [piece["text"] for piece in code["kind"]] == ["文字", "或 null"]
    assert [piece["shape"] for piece in wins["kind"]] == ["", "Win"]
    assert (code["need"], wins["need"]) == (True, False)


def test_the_page_tells_every_address_and_shape_of_the_description(phone):
    page, spec = phone.page("/api/docs/"), phone.get("/api/openapi.json")
    assert set(spec["paths"]) <= set(re.findall(r"</b> (/\S+?)</code>", page))
    named = set(re.findall(r'href="#shape-(\w+)"', page))
    assert named <= set(re.findall(r'id="shape-(\w+)"', page))
    assert "OffersFound" in named
