"""What the API's own description promises, compared with what it answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for


def answers_of(document: Mapping, path: str, status: int = 200) -> Mapping:
    """The schema the description promises for an answer of a path as it is written there."""
    answers = document["paths"][path]["get"]["responses"]
    return looked_up(answers[str(status)], document)["content"]["application/json"]["schema"]


def broken(value: object, schema: Mapping, document: Mapping) -> Iterator[str]:
    """Where a value is not what its schema promises: missing and extra keys, other types.

    The description leaves answers open to grow; what the house answers today it must name today.
    """
    whole = closed({**schema, "components": document["components"]})
    checker = Draft202012Validator.FORMAT_CHECKER
    for error in validator_for(whole, Draft202012Validator)(
        whole, format_checker=checker
    ).iter_errors(value):
        yield f"{error.json_path}: {error.message}"


def closed(schema: Any) -> Any:
    """The schema with every object closed against keys it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: closed(one) for name, one in schema.items()}
    if "properties" in told and told.get("type") == "object":
        told.setdefault("additionalProperties", False)
    return told


def looked_up(schema: Mapping, document: Mapping) -> Mapping:
    """What a reference leads to."""
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema
