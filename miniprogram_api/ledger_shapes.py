"""Two versions of a shape compared: an answer that tells less, a question that demands more."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from miniprogram_api import ledger_wording as wording

Shape = dict[str, Any]


class Pair(NamedTuple):
    """The description as released, and as it is today."""

    old: dict[str, Any]
    new: dict[str, Any]


def looked_up(shape: Shape, spec: Shape) -> Shape:
    """What a reference leads to."""
    while "$ref" in shape:
        found = spec
        for part in shape["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        shape = found
    return shape


def worsened(where: str, old: Shape, new: Shape, both: Pair) -> Iterator[str]:
    """Where an answer tells less than it did, or something else."""
    if "$ref" in old and old["$ref"] == new.get("$ref"):
        return
    old, new = looked_up(old, both.old), looked_up(new, both.new)
    more = _ways(new) - _ways(old)
    if more:
        yield wording.other_ways(where, more)
    if old.get("format") != new.get("format"):
        yield wording.other_format(where, old.get("format"), new.get("format"))
    if "enum" in old and not set(map(str, new.get("enum", ["*"]))) <= set(map(str, old["enum"])):
        yield wording.new_values(where)
    if "items" in old and "items" in new:
        yield from worsened(f"{where}[]", old["items"], new["items"], both)
    yield from _properties(where, old, new, both)


def _ways(shape):
    """The types a value may have, and the shapes it may be of."""
    types = shape.get("type", [])
    told = {types} if isinstance(types, str) else set(types)
    for way in shape.get("anyOf", ()):
        told |= {way["$ref"].split("/")[-1]} if "$ref" in way else _ways(way)
    return told


def _properties(where, old, new, both):
    now = new.get("properties", {})
    for name, one in old.get("properties", {}).items():
        if name not in now:
            yield wording.gone(f"{where}.{name}")
            continue
        if name in old.get("required", ()) and name not in new.get("required", ()):
            yield wording.not_always(f"{where}.{name}")
        yield from worsened(f"{where}.{name}", one, now[name], both)


# What a smaller, and what a larger number of these shuts out.
_AT_MOST, _AT_LEAST = ("maximum", "maxLength", "maxItems"), ("minimum", "minLength", "minItems")


def narrowed(where: str, old: Shape, new: Shape) -> Iterator[str]:
    """Where what could be asked can no longer be asked, or means something else."""
    if new.get("required") and not old.get("required"):
        yield wording.demanded(where)
    was, now = old["schema"], new["schema"]
    if _ways(was) - _ways(now):
        yield wording.other_ways(where, _ways(now))
    if was.get("default") != now.get("default"):
        yield wording.other_default(where, was.get("default"), now.get("default"))
    lost = set(was.get("enum", now.get("enum", ()))) - set(now.get("enum", was.get("enum", ())))
    if lost or ("enum" in now and "enum" not in was):
        yield wording.refused_values(where, lost)
    for bound in (*_AT_MOST, *_AT_LEAST):
        if _is_tighter(bound, was.get(bound), now.get(bound)):
            yield wording.tighter(where, bound, now[bound])


def _is_tighter(bound, was, now):
    if now is None:
        return False
    return was is None or (now < was if bound in _AT_MOST else now > was)
