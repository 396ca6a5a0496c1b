"""The ledger of the contract: what was released, and what today's description would break of it.

/api/v1 only grows. What answers hold may only become more and surer; what is asked may only become
more and less strict.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from miniprogram_api import ledger_wording as wording
from miniprogram_api.ledger_shapes import Pair, looked_up, narrowed, worsened

LEDGER = Path(__file__).parents[1] / "docs/openapi-v1.json"

Spec = dict[str, Any]
# Words and examples may change at any time; the ledger keeps what programs rely on.
_WORDS = {"description", "summary", "example", "examples", "title"}


def description(app: Flask) -> Spec:
    """Today's description without its words, as the ledger keeps it."""
    told = app.test_client().get("/api/openapi.json").get_json()
    return {name: _bare(told[name], name) for name in ("paths", "components")}


def _bare(value, under=""):
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    named = under in ("properties", "schemas", "headers", "parameters", "responses", "paths")
    return {name: _bare(one, name) for name, one in value.items() if named or name not in _WORDS}


def written(spec: Spec) -> str:
    """The ledger as a file: sorted, one fact a line, so that a change can be read."""
    return json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def breaks(released: Spec, today: Spec) -> list[str]:
    """What programs made for the released description would stumble over, in words."""
    return list(dict.fromkeys(_breaks(Pair(released, today))))


def _breaks(both: Pair) -> Iterator[str]:
    for path, doors in both.old["paths"].items():
        now = both.new["paths"].get(path, {})
        for method, operation in doors.items():
            where = f"{method.upper()} {path}"
            if method == "parameters":
                continue
            if method not in now:
                yield wording.gone(where)
            else:
                yield from _operation(where, operation, now[method], both)
    for name, schema in both.old["components"]["schemas"].items():
        if name in both.new["components"]["schemas"]:
            yield from worsened(name, schema, both.new["components"]["schemas"][name], both)


def _operation(where, old, new, both):
    if old["operationId"] != new["operationId"]:
        yield wording.renamed(where, old["operationId"], new["operationId"])
    if old.get("deprecated") and not new.get("deprecated"):
        yield wording.undeprecated(where)
    yield from _asked(where, _by_name(old, both.old), _by_name(new, both.new))
    for status, answer in old["responses"].items():
        yield from _answer(f"{where} {status}", answer, new["responses"].get(status), both)


def _by_name(operation, spec):
    listed = [looked_up(one, spec) for one in operation.get("parameters", ())]
    return {one["name"]: one for one in listed}


def _asked(where, old, new):
    for name, parameter in old.items():
        if name not in new:
            yield wording.gone(f"{where} {name}")
        else:
            yield from narrowed(f"{where} {name}", parameter, new[name])
    for name, parameter in new.items():
        if name not in old and parameter.get("required"):
            yield wording.demanded(f"{where} {name}")


def _answer(where, old, new, both):
    if new is None:
        # A refusal that is no longer given breaks nobody.
        if where[-3] in "23":
            yield wording.gone(where)
        return
    old, new = looked_up(old, both.old), looked_up(new, both.new)
    for header in old.get("headers", {}):
        if header not in new.get("headers", {}):
            yield wording.gone(f"{where} {header}")
    for kind, content in old.get("content", {}).items():
        if kind not in new.get("content", {}):
            yield wording.gone(f"{where} {kind}")
        else:
            now = new["content"][kind]["schema"]
            yield from worsened(where, content["schema"], now, both)
