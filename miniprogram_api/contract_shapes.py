"""Shapes as the description gives them: what is always there, what may be null, what is asked."""

from typing import Any

from miniprogram_api.contract_wording import WRONG_FIELDS
from miniprogram_api.facts_schemas import NOT_ALWAYS, Either

Shape = dict[str, Any]

# What is wrong, field by field; of a withdrawn code, what took its place.
REFUSED_FIELDS = {
    "type": "object",
    "properties": {"replaced_by": {"type": "string"}},
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
    "examples": [WRONG_FIELDS],
}


def whole_shape(schema: Shape) -> Shape:
    """A shape of an answer: all it has is always there, and more may come with time."""
    if "properties" not in schema:
        return schema
    told = {key: value for key, value in schema.items() if key != "additionalProperties"}
    always = [name for name, one in schema["properties"].items() if not one.get(NOT_ALWAYS)]
    told["required"] = always
    told["properties"] = {
        name: _with_examples({key: value for key, value in one.items() if key != NOT_ALWAYS})
        for name, one in schema["properties"].items()
    }
    return told


def asked_shape(schema: Shape) -> Shape:
    """A shape of a question: what may be left out is not required, what is unknown is refused."""
    told = {
        name: _with_examples(_without_empty_default(one))
        for name, one in schema["properties"].items()
    }
    return schema | {"properties": told}


def _without_empty_default(one):
    """What may be left out is left out: an empty text is no choice."""
    if one.get("default") in one.get("enum", [one.get("default")]):
        return dict(one)
    return {key: value for key, value in one.items() if key != "default"}


def _with_examples(one):
    """An example as OpenAPI 3.1 has it; an empty one shows nothing."""
    example = one.pop("example", None)
    return one if example in ("", None) else one | {"examples": [example]}


def plain_parameter(parameter: Shape) -> Shape:
    """A parameter as it is asked: what may be left out is left out, never null or empty."""
    schema = dict(parameter["schema"])
    if isinstance(schema.get("type"), list):
        (schema["type"],) = (one for one in schema["type"] if one != "null")
    if schema.get("default", "") in ("", None):
        schema.pop("default", None)
    if "enum" in schema:
        schema["enum"] = [one for one in schema["enum"] if one is not None]
    example = schema.pop("example", None)
    told = {**parameter, "schema": schema}
    return told if example in ("", None) else told | {"example": example}


def either_shape(self: Any, field: Any, **_: Any) -> Shape:
    """How a field that is one of several shapes is described."""
    if not isinstance(field, Either):
        return {}
    return {"anyOf": [self.resolve_nested_schema(schema) for schema in field.schemas]}


def asked_names(spec: Shape) -> set[str]:
    """The names of the shapes that stand in the body of a question."""
    asked = [one.get("requestBody", {}) for path in spec["paths"].values() for one in path.values()
             if isinstance(one, dict)]  # fmt: skip
    found: set[str] = set()
    while names := set(_names(asked)) - found:
        found |= names
        asked = [spec["components"]["schemas"][name] for name in names]
    return found


def _names(shape):
    """The shapes that are named anywhere within."""
    parts = shape.items() if isinstance(shape, dict) else enumerate(shape)
    for name, one in parts:
        if name == "$ref":
            yield one.split("/")[-1]
        elif isinstance(one, dict | list):
            yield from _names(one)
