"""The API as a contract: no operation is half described, and what was released only grows."""

import json
import re

import pytest

from miniprogram_api.contract_examples import ASKED, SIGNED_IN, method
from miniprogram_api.contract_ledger import LEDGER, breaks, description, written

CHINESE = re.compile(r"[\u3400-\u9fff]")
# What every counted door may answer; who needs a code or a list says more.
ALWAYS = {"200", "304", "422", "429", "500", "503"}
# Nobody asks twice after the state of the house, by POST, or after himself.
NEVER = {
    "check_health": {"429", "503"},
    "check_readiness": {"429"},
    "sign_in": {"200", "304"},
    **{name: {"304"} for name in ASKED if name != "sign_in"
       if method(name) != "GET" or name in SIGNED_IN},
}  # fmt: skip


@pytest.fixture
def document(house):
    return house.test_client().get("/api/openapi.json").get_json()


@pytest.fixture
def operations(document):
    """Each operation by its operationId."""
    return {
        one["operationId"]: one
        for path in document["paths"].values()
        for method, one in path.items()
        if method != "parameters"
    }


def test_every_operation_has_a_name_of_a_verb_and_a_noun(document, operations):
    doors = [m for path in document["paths"].values() for m in path if m != "parameters"]
    assert len(operations) == len(doors), "two operations have one name"
    assert [name for name in operations if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == []


def test_every_operation_says_in_chinese_what_it_is(document, operations):
    assert [name for name, one in operations.items() if not CHINESE.search(one["summary"])] == []
    tags = {tag["name"]: tag["description"] for tag in document["tags"]}
    assert all(CHINESE.search(tags[tag]) for one in operations.values() for tag in one["tags"])


def test_every_operation_names_every_refusal_it_may_give(operations):
    missing = {
        name: ALWAYS - NEVER.get(name, set()) - set(one["responses"])
        for name, one in operations.items()
    }
    assert {name: lost for name, lost in missing.items() if lost} == {}
    assert [name for name, one in operations.items() if "default" in one["responses"]] == []


def test_every_operation_has_a_real_example(operations):
    """Whoever adds a door adds a question to contract_examples and runs flask contract examples."""
    assert set(ASKED) == set(operations)
    without = [
        name for name, one in operations.items()
        if not well(one)["content"]["application/json"].get("examples")
    ]  # fmt: skip
    assert without == []


def test_who_must_be_signed_in_is_said_and_so_is_the_refusal(operations):
    assert {name for name, one in operations.items() if one.get("security")} == SIGNED_IN
    assert {name for name, one in operations.items() if "401" in one["responses"]} == SIGNED_IN


def well(operation):
    """What is answered where all is well."""
    answers = operation["responses"]
    return answers.get("200") or answers["201"]


def test_every_parameter_is_typed_bounded_and_explained(document, operations):
    for name, one in operations.items():
        for parameter in [*one["parameters"], *_of_path(document, name)]:
            shape = looked_up(parameter, document)
            where = f"{name} {shape['name']}"
            assert CHINESE.search(shape["description"]), where
            # A code on a sign is told to be unreadable, however long it is.
            free = shape["in"] == "header" or shape["name"] == "token"
            assert is_bounded(shape["schema"]) or free, where
            assert "example" in shape or shape["name"] == "cursor", where


def is_bounded(schema):
    if schema["type"] == "boolean" or "enum" in schema:
        return True
    return ("maxLength" if schema["type"] == "string" else "maximum") in schema


def test_every_property_of_an_answer_is_explained_and_its_type_known(document):
    bare = [
        f"{name}.{key}"
        for name, shape in document["components"]["schemas"].items()
        for key, one in shape["properties"].items()
        if not ({"type", "$ref", "anyOf", "allOf"} & set(one))
        or not ("$ref" in one or CHINESE.search(one.get("description", "")) or "anyOf" in one)
    ]
    assert bare == []


def test_what_was_released_only_grows(house):
    """Changed on purpose? An addition is recorded by flask contract record; a break is a v2."""
    released = json.loads(LEDGER.read_text(encoding="utf-8"))
    assert breaks(released, description(house)) == []


def test_the_ledger_holds_everything_there_is_today(house):
    """A door that is not in the ledger may be broken unseen: run flask contract record."""
    assert LEDGER.read_text(encoding="utf-8") == written(description(house))


def looked_up(shape, document):
    name = shape.get("$ref", "").split("/")[-1]
    return document["components"]["parameters"][name] if name else shape


def _of_path(document, name):
    for path in document["paths"].values():
        if any(m != "parameters" and one["operationId"] == name for m, one in path.items()):
            return path.get("parameters", [])
    return []
