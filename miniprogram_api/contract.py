"""The API's description made whole: names, parameters, every refusal, headers, real examples.

flask-smorest knows shapes and parameters; what all doors have in common is told here once.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Flask

from backend.errors import (
    FROM_ELSEWHERE,
    BadInput,
    CursorLost,
    Gone,
    NeedsConsent,
    NotForYou,
    NotFound,
    NotNow,
    Refusal,
    RiskyPerson,
    SignInAgain,
    TextChanged,
    TooMany,
    TryAgain,
)
from backend.web.limits import UNCOUNTED
from backend.web.refusals import NOT_JSON, OUR_FAULT, shape
from backend.web.retiring import retired
from miniprogram_api import contract_wording as wording
from miniprogram_api.contract_shapes import asked_names, asked_shape, plain_parameter, whole_shape

Spec = dict[str, Any]

_HEADERS = "#/components/headers/"
_CONDITION = {"$ref": "#/components/parameters/IfNoneMatch"}
# Every refusal the description knows, as it is said; of those with one status a door names its
# first in this order.
_REFUSALS: tuple[Refusal, ...] = (
    SignInAgain(),
    NotForYou(FROM_ELSEWHERE),
    RiskyPerson(),
    NotFound(),
    CursorLost(),
    TextChanged(errors={"version": ["2"]}),
    NeedsConsent(),
    NotNow(),
    Gone(replaced_by="Y0C7BAP1ZXC"),
    BadInput(wording.A_WRONG_FIELD, errors=wording.WRONG_FIELDS),
    TooMany(12),
    TryAgain(),
)


def described(spec: Spec, app: Flask, *, phone: str) -> Spec:
    """The description of the API, complete; `phone` is where people may ask."""
    spec["info"] |= wording.info(phone)
    spec["servers"] = [{"url": "/", "description": wording.HERE}]
    parts = spec["components"]
    asked = asked_names(spec)
    parts["schemas"] = {
        name: asked_shape(one) if name in asked else whole_shape(one)
        for name, one in sorted(parts["schemas"].items())
    }
    # flask-smorest brings it along for pages of its own kind.
    parts["schemas"].pop("PaginationMetadata", None)
    parts["responses"] = dict(_refusals())
    parts["headers"] = wording.HEADERS
    parts["securitySchemes"] = wording.SECURITY
    parts["parameters"] = {"IfNoneMatch": wording.IF_NONE_MATCH}
    for operation, endpoint, path in operations(spec, app):
        view = app.view_functions[endpoint]
        _complete(operation, endpoint, path, view=view)
        if operation is not path.get("get") or _is_personal(view):
            _answer_once(operation)
    return spec


def operations(spec: Spec, app: Flask) -> Iterator[tuple[Spec, str, Spec]]:
    """(operation, its endpoint, the path it stands under) of everything described."""
    doors = {
        (_path_of(rule.rule), method.lower()): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for path, methods in spec["paths"].items():
        for name, operation in methods.items():
            if name != "parameters":
                yield operation, doors[path, name], methods


def _is_personal(view):
    return getattr(view, "guard", "") == "citizens"


def _path_of(rule):
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule)


def _complete(operation, endpoint, path, *, view):
    operation.setdefault("operationId", view.__name__)
    for one in path.get("parameters", ()):
        one |= wording.in_path(operation["tags"][0], one["name"])
    asked = [plain_parameter(one) for one in operation.get("parameters", ())]
    operation["parameters"] = [*asked, _CONDITION]
    if _is_personal(view):
        operation["security"] = [{name: [] for name in wording.SECURITY}]
    answers = operation["responses"]
    refused = reversed(_all_refusals(operation, endpoint, view))
    answers |= {str(one.status): _named(one) for one in refused}
    answers["500"] = {"$ref": "#/components/responses/OurFault"}
    answers.pop("default", None)
    _answer_well(operation)
    _answer_otherwise(_well(answers), *getattr(view, "answers", ("", ())))
    operation["responses"] = dict(sorted(answers.items()))
    if retired(view):
        operation["deprecated"] = True
        _well(answers)["headers"] |= {
            name: {"$ref": _HEADERS + name} for name in ("Deprecation", "Sunset", "Link")
        }


def _all_refusals(operation, endpoint, view):
    """What this door refuses itself, and what is refused before it is reached."""
    kinds = {BadInput, *getattr(view, "refuses", ())}
    if _is_personal(view):
        kinds.add(SignInAgain)
    if endpoint not in UNCOUNTED:
        kinds |= {TooMany, TryAgain}
    # A door that tells its own trouble (503) has said how.
    return [one for one in _REFUSALS if type(one) in kinds
            and not _is_told(operation["responses"].get(str(one.status)))]  # fmt: skip


def _is_told(answer):
    return answer is not None and "content" in answer


def _named(refusal):
    return {"$ref": f"#/components/responses/{type(refusal).__name__}"}


def _well(answers):
    """The answer of a door that did what it was asked."""
    return next(answers[status] for status in ("200", "201") if status in answers)


def _answer_well(operation):
    answers = operation["responses"]
    well = _well(answers)
    well["description"] = wording.ANSWERED
    well["headers"] = _headers("ETag", "Cache-Control", "Vary")
    answers["304"] = {
        "description": wording.UNCHANGED,
        "headers": _headers("ETag", "Cache-Control", "Vary"),
    }
    example = examples().get(operation["operationId"])
    if example:
        well["content"]["application/json"]["examples"] = {
            "demo": {"summary": example["asked"], "value": example["answer"]}
        }


def _answer_once(operation):
    """What is asked by POST, or of a person, is kept by nobody: there is no mark to ask again
    with."""
    operation["parameters"].remove(_CONDITION)
    answers = operation["responses"]
    answers.pop("304")
    if "requestBody" in operation:
        answers["400"] = {"$ref": "#/components/responses/NotJson"}
    _well(answers)["headers"] = _headers("Cache-Control")
    operation["responses"] = dict(sorted(answers.items()))


def _answer_otherwise(answer, media, headers):
    if media:
        answer["content"][media] = {"schema": {"type": "string"}}
    answer["headers"] |= _headers(*headers)


def _headers(*names):
    return {name: {"$ref": _HEADERS + name} for name in names}


def _refusals():
    for refusal in _REFUSALS:
        told = shape(refusal.status, refusal.code, refusal.words, refusal.errors)
        headers = _headers("Cache-Control", *refusal.headers)
        yield type(refusal).__name__, _refusal(wording.REFUSALS[refusal.code], told, headers)
    headers = _headers("Cache-Control")
    yield "NotJson", _refusal(wording.REFUSALS["bad_request"], NOT_JSON, headers)
    yield "OurFault", _refusal(wording.REFUSALS["our_fault"], OUR_FAULT, _headers("Cache-Control"))


def _refusal(about, told, headers):
    schema = {"$ref": "#/components/schemas/Refusal"}
    content = {"application/json": {"schema": schema, "example": told}}
    return {"description": about, "headers": headers, "content": content}


@cache
def examples() -> dict[str, dict]:
    """Real answers of the demonstration by operation: {asked, answer}."""
    return json.loads((files("miniprogram_api") / "examples.json").read_text(encoding="utf-8"))
