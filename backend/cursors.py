"""Cursors: where a page of a list ended, written so that only the same question can go on there.

A cursor holds a mark of the question and the place in the list; whoever asks need not read it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from backend.errors import BadCursor

_PADDING = "=="
# What may stand at a place; bool is no number here, and no number is endless.
PLAIN = {"int": int, "float": float, "str": str, "bool": bool, "list": list, "none": type(None)}
# The largest number a column holds on every engine.
_LARGEST = 2**31 - 1


def written(question: Mapping[str, Any], place: Sequence[Any]) -> str:
    """The cursor of a place (JSON values) in the list that answers the question."""
    told = json.dumps([mark(question), *place], separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(cursor: str, question: Mapping[str, Any], *kinds: str) -> list[Any]:
    """The place a cursor names, of these kinds ("float none" is a number or null).

    Raises BadCursor for what is none of ours, or belongs to another question.
    """
    try:
        said, *place = json.loads(urlsafe_b64decode(cursor + _PADDING), parse_constant=_refuse)
    except (ValueError, TypeError, RecursionError):
        raise BadCursor from None
    if said != mark(question) or len(place) != len(kinds):
        raise BadCursor
    if not all(_is_a(value, kind) for value, kind in zip(place, kinds, strict=True)):
        raise BadCursor
    return place


def mark(value: Any) -> str:
    """Eight letters that stand for a plain value."""
    told = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()[:8]


def _is_a(value, kinds):
    if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= _LARGEST:
        return False
    if isinstance(value, str) and "\x00" in value:
        return False
    return type(value) in [PLAIN[kind] for kind in kinds.split()]


def _refuse(text):
    raise ValueError(text)
