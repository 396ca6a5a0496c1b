"""Facts of a document: one value or many, all compared as text."""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, str | int | tuple[str, ...]]

MANY = (tuple, list, set, frozenset)


def text_of(value: object) -> str:
    """A value as text, as it may come out of an address bar: 1, "1" and True are one."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def texts_of(value: Any) -> list[str]:
    """The values of a fact, or those of which any will do, each once."""
    values = value if isinstance(value, MANY) else [value]
    return list(dict.fromkeys([v if type(v) is str else text_of(v) for v in values]))


def is_many(value: object) -> bool:
    """Whether a fact holds many values, be they one or none."""
    return isinstance(value, MANY)


def many(facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """The facts of many values."""
    return {name: texts_of(value) for name, value in facts.items() if is_many(value)}


def outlined(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with nothing in those of many values."""
    return {name: [] if is_many(value) else text_of(value) for name, value in facts.items()}


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """How often each value is there, the most frequent first; those that are not, left out."""
    there = ((value, count) for value, count in counts.items() if count)
    return dict(sorted(there, key=lambda one: (-one[1], one[0])))
