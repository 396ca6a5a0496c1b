"""Examples: real answers of the demonstration, each as its schema says, so are today's answers."""

import pytest

from miniprogram_api.contract import examples
from miniprogram_api.contract_examples import ASKED, SHOWN, answered, ask, cut, question
from tests.miniprogram.promises import broken, looked_up


@pytest.fixture
def document(town):
    return town.test_client().get("/api/openapi.json").get_json()


def operations(document):
    for path in document["paths"].values():
        for method, one in path.items():
            if method != "parameters":
                yield one, [*one["parameters"], *path.get("parameters", ())]


def well(operation):
    return operation["responses"].get("200") or operation["responses"]["201"]


def contents(document):
    """(where, content) of everything an operation answers with a body."""
    for one, _ in operations(document):
        for status, answer in one["responses"].items():
            for content in looked_up(answer, document).get("content", {}).values():
                yield f"{one['operationId']} {status}", content


def test_every_example_of_an_answer_is_what_its_schema_says(document):
    count = 0
    for where, content in contents(document):
        shown = [one["value"] for one in content.get("examples", {}).values()]
        for value in [*shown, *([content["example"]] if "example" in content else [])]:
            assert list(broken(value, content["schema"], document)) == [], where
            count += 1
    assert count > 5 * len(ASKED)


def test_every_example_of_a_parameter_is_one(document):
    for one, parameters in operations(document):
        for parameter in (looked_up(each, document) for each in parameters):
            if "example" in parameter:
                found = list(broken(parameter["example"], parameter["schema"], document))
                assert found == [], (one["operationId"], parameter["name"])


def test_every_example_of_a_property_is_one(document):
    for name, shape in document["components"]["schemas"].items():
        for key, one in shape["properties"].items():
            for value in one.get("examples", ()):
                assert list(broken(value, one, document)) == [], f"{name}.{key}"


def test_the_examples_are_what_the_demonstration_answers_and_all_of_it_keeps_the_promise(
    town, document
):
    told = answered(town)
    assert told.keys() == examples().keys()
    schemas = {
        one["operationId"]: well(one)["content"]["application/json"]["schema"]
        for one, _ in operations(document)
    }
    client = town.test_client()
    for name in ASKED:
        whole = ask(client, name).get_json()
        assert list(broken(whole, schemas[name], document)) == [], name
        assert examples()[name]["asked"] == question(name)
        assert told[name]["answer"].keys() == examples()[name]["answer"].keys()


def test_the_example_of_an_offer_shows_a_verdict_with_its_clause():
    (offer,) = examples()["list_offers"]["answer"]["items"]
    assert offer["verdict"]["clause"]
    assert offer["outlet"]["demo"] is True
    assert offer["distance_m"] is not None


def test_long_lists_are_cut_short():
    assert cut({"a": [1, 2, 3], "b": {"c": ["x"] * 9}}) == {"a": [1, 2], "b": {"c": ["x"] * SHOWN}}
