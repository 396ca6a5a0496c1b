"""Reads a table of a pack strictly into its record: nothing unknown, missing or of another type."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from backend.errors import Refusal
from backend.policy import wording
from backend.policy.terms import Sourced


@cache
def hints_of(cls: Any) -> dict[str, Any]:
    """The annotations of a record's fields, resolved once."""
    return get_type_hints(cls)


class BadPack(Refusal):
    """A policy pack that cannot be used; the sentence names the file, the field and the cure."""

    code, words = "bad_pack", "政策包有误。"

    def __init__(self, name: str, where: str, what: str) -> None:
        super().__init__(wording.bad_pack(name, where, what))


class Reader:
    """Reads the pack called `name`, which every complaint carries."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, where: str, what: str) -> BadPack:
        """The error for this field, to be raised."""
        return BadPack(self.name, where, what)

    def record(self, cls: Any, raw: object, where: str) -> Any:
        """The table as a frozen record of `cls`. Raises BadPack."""
        table = self._table(raw, where)
        # A field cannot be called `from` or `class`; its metadata holds the key in the file.
        wanted: dict[str, Field] = {f.metadata.get("key", f.name): f for f in fields(cls)}
        for key in table:
            if key not in wanted:
                raise self.refuse(where, wording.unknown_key(key))
        values = {}
        for key, field in wanted.items():
            if key in table:
                hint = hints_of(cls)[field.name]
                values[field.name] = self.value(hint, table[key], where=f"{where}.{key}".strip("."))
            elif field.default is MISSING and field.default_factory is MISSING:
                raise self.refuse(where, wording.missing_key(key))
        made = cls(**values)
        self._check_origin(made, where)
        return made

    def value(self, hint: Any, raw: object, *, where: str) -> Any:
        """A value as the annotation `hint` wants it. Raises BadPack."""
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Literal:
            return self._choice(inner, raw, where)
        if origin is types.UnionType:
            return self.value(inner[0], raw, where=where)
        if origin is tuple:
            return self._row(inner[0], raw, where)
        if origin is Mapping:
            return self._mapping(inner, raw, where)
        if is_dataclass(hint):
            return self.record(hint, raw, where)
        # A bool is an int to Python and a date may be a datetime; neither is meant here.
        if type(raw) is not hint:
            raise self.refuse(where, wording.wrong_type(raw, wording.PLAIN[hint.__name__]))
        return raw

    def _table(self, raw, where):
        if not isinstance(raw, Mapping):
            raise self.refuse(where, wording.wrong_type(raw, wording.A_TABLE))
        return raw

    def _choice(self, choices, raw, where):
        if raw not in choices:
            raise self.refuse(where, wording.not_among(raw, choices))
        return raw

    def _row(self, hint, raw, where):
        if not isinstance(raw, list):
            raise self.refuse(where, wording.wrong_type(raw, wording.A_LIST))
        return tuple(self.value(hint, one, where=f"{where}[{i}]") for i, one in enumerate(raw))

    def _mapping(self, inner, raw, where):
        key_hint, hint = inner
        read = {}
        for key, one in self._table(raw, where).items():
            known = self.value(key_hint, key, where=where)
            read[known] = self.value(hint, one, where=f"{where}.{key}")
        return types.MappingProxyType(read)

    def _check_origin(self, made, where):
        if not isinstance(made, Sourced):
            return
        spoken = (made.document, made.clause, made.quote)
        if any(spoken) and not all(spoken):
            raise self.refuse(where, wording.ORIGIN_INCOMPLETE)
        if not any(spoken) and not made.source:
            raise self.refuse(where, wording.ORIGIN_MISSING)
