"""The shape of every published table, read from dictionary.toml: whatever is written follows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads as toml
from typing import Any

# What a value of each type is in SQLite, and what Frictionless calls it.
STORED = {
    "text": ("TEXT", "string"), "integer": ("INTEGER", "integer"), "number": ("REAL", "number"),
    "boolean": ("INTEGER", "boolean"), "date": ("TEXT", "date"), "month": ("TEXT", "yearmonth"),
    "datetime": ("TEXT", "datetime"), "json": ("TEXT", "object"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name, type, title and meaning; `ref` is "table.column" its values stand in."""

    name: str
    type: str
    title: str
    about: str
    unit: str = ""
    required: bool = False
    ref: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Columns whose values together stand in another table, as its columns of the same names."""

    columns: tuple[str, ...]
    to: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A published table; rows come as tuples in the order of its columns, sorted by its key."""

    name: str
    title: str
    about: str
    source: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    refs: tuple[Reference, ...] = ()
    index: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


@cache
def tables() -> Mapping[str, Table]:
    """Every published table by name."""
    text = (files("backend.opendata") / "dictionary.toml").read_text(encoding="utf-8")
    return {facts["name"]: _table(facts) for facts in toml(text)["table"]}


def _table(facts: dict[str, Any]) -> Table:
    columns = tuple(_frozen(Column, one) for one in facts.pop("columns"))
    refs = tuple(_frozen(Reference, one) for one in facts.pop("refs", ()))
    index = tuple(tuple(names) for names in facts.pop("index", ()))
    return Table(columns=columns, refs=refs, index=index, key=tuple(facts.pop("key")), **facts)


def _frozen(cls, facts):
    return cls(**{key: tuple(v) if isinstance(v, list) else v for key, v in facts.items()})
