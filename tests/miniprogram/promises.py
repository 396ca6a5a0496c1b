"""What the API's own description promises, compared with what it answers."""

from collections.abc import Iterator, Mapping

_TYPES = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list,
    "object": dict, "null": type(None),
}  # fmt: skip


def answers_of(document: Mapping, path: str, status: int = 200) -> Mapping:
    """The schema the description promises for an answer of a path as it is written there."""
    answers = document["paths"][path]["get"]["responses"]
    return _looked_up(answers[str(status)], document)["content"]["application/json"]["schema"]


def broken(value: object, schema: Mapping, document: Mapping, where: str = "") -> Iterator[str]:
    """Where a value is not what its schema promises: missing and extra keys, other types."""
    schema = _looked_up(schema, document)
    if "anyOf" in schema:
        ways = [list(broken(value, way, document, where)) for way in schema["anyOf"]]
        yield from min(ways, key=len)
    elif not _is_a(value, schema.get("type")):
        yield f"{where}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict) and "properties" in schema:
        yield from _broken_object(value, schema["properties"], document, where)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from broken(item, schema["items"], document, f"{where}[{number}]")


def _broken_object(value, properties, document, where):
    for key in value.keys() ^ properties.keys():
        yield f"{where}.{key} is {'extra' if key in value else 'missing'}"
    for key in value.keys() & properties.keys():
        yield from broken(value[key], properties[key], document, f"{where}.{key}")


def _looked_up(schema, document):
    while "$ref" in schema:
        found = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _is_a(value, types):
    if types is None:
        return True
    wanted = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in wanted
    return any(isinstance(value, _TYPES[one]) for one in wanted)
