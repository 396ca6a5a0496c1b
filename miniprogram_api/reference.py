"""The API's description as people read it: the same facts as /api/openapi.json, in chapters."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from miniprogram_api import wording

Spec = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


def reference(spec: Spec) -> dict[str, Any]:
    """{title, version, about, chapters, shapes} of an OpenAPI 3.1 description.

    A chapter is {name, about, calls}; a call {method, path, summary, about, trial, asked, body,
    answers}; a shape {name, about, fields}; what is asked and a field {name, need, kind, about,
    example}; a kind is a list of {text, shape}, where shape names one of the shapes or nothing.
    """
    chapters = {tag["name"]: tag | {"calls": []} for tag in spec.get("tags", [])}
    for path, item in spec["paths"].items():
        for method in METHODS:
            if method in item:
                call = _call(spec, path, method, item)
                name = next(iter(item[method].get("tags", [])), "")
                chapters.setdefault(name, {"name": name, "calls": []})["calls"].append(call)
    return {
        "title": spec["info"]["title"],
        "version": spec["info"]["version"],
        "about": spec["info"].get("description", "").split("\n\n"),
        "chapters": [chapter for chapter in chapters.values() if chapter["calls"]],
        "shapes": [_shape(name, it) for name, it in spec["components"].get("schemas", {}).items()],
    }


def _call(spec, path, method, item):
    told = item[method]
    given = [_at(spec, one) for one in (*item.get("parameters", ()), *told.get("parameters", ()))]
    body = _at(spec, told.get("requestBody", {}))
    return {
        "method": method.upper(), "path": path, "summary": told.get("summary", ""),
        "about": told.get("description", ""), "asked": [_asked(one) for one in given],
        "body": _content(body), "trial": _trial(path, given) if method == "get" else "",
        "answers": [_answer(spec, status, one) for status, one in _sorted(told["responses"])],
        "retiring": bool(told.get("deprecated")),
    }  # fmt: skip


def _sorted(responses) -> list[tuple[str, Spec]]:
    return sorted(responses.items(), key=lambda one: (one[0] == "default", one[0]))


def _answer(spec, status, response):
    said = _at(spec, response)
    about = wording.STATUSES.get(status, said.get("description", ""))
    return {"status": wording.OTHERWISE if status == "default" else status, "about": about,
            "kind": _content(said)}  # fmt: skip


def _content(holder):
    for media in holder.get("content", {}).values():
        return list(_kind(media.get("schema", {})))
    return []


def _asked(parameter):
    schema = parameter.get("schema", {})
    return {
        "name": parameter["name"], "need": parameter.get("required", False),
        "kind": list(_kind(schema)),
        "about": parameter.get("description", schema.get("description", "")),
        "example": _example(parameter, schema),
        "default": _written(schema.get("default")), "choices": _choices(schema),
    }  # fmt: skip


def _shape(name, schema):
    needed = schema.get("required", ())
    fields = [
        {"name": field, "need": field in needed, "kind": list(_kind(it)),
         "about": it.get("description", ""), "example": _example(it), "choices": _choices(it)}
        for field, it in schema.get("properties", {}).items()
    ]  # fmt: skip
    return {"name": name, "about": schema.get("description", ""), "fields": fields}


def _kind(schema: Spec) -> Iterator[dict[str, str]]:
    """What a value is, piece by piece: words, and names of shapes to look up."""
    if "$ref" in schema:
        yield {"text": "", "shape": schema["$ref"].rsplit("/", 1)[-1]}
        return
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _kind(choice)
    types = schema.get("type", [])
    for one in [types] if isinstance(types, str) else types:
        yield {"text": wording.KINDS.get(one, one), "shape": ""}
    if isinstance(schema.get("items"), dict):
        yield from _kind(schema["items"])


def _example(*holders):
    """What one of them, a parameter or a shape, gives as its example."""
    given = ([*one.get("examples", ()), one.get("example")] for one in holders)
    return _written(next((one for told in given for one in told if one is not None), None))


def _choices(schema):
    return [_written(one) for one in schema.get("enum", ()) if one not in ("", None)]


def _trial(path, parameters):
    """The address with its examples in it; nothing where one that is needed has none."""
    asked = []
    for one in parameters:
        example = _example(one, one.get("schema", {}))
        if one["in"] == "path":
            if not example:
                return ""
            path = path.replace("{" + one["name"] + "}", quote(example))
        elif one.get("required") or one["name"] == "q":
            asked.append(f"{one['name']}={quote(example)}")
    return f"{path}?{'&'.join(asked)}" if asked else path


def _at(spec, place):
    """What stands at a reference, the thing itself where it is none."""
    while "$ref" in place:
        found = spec
        for step in place["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        place = found
    return place


def _written(value):
    if value is None or value == "":
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
