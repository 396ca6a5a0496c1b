"""What a sheet should hold: its columns, the words they are known by, the values they take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal[
    "text", "money", "integer", "date", "choice", "yes_no", "degree", "list", "code", "url"
]


@dataclass(frozen=True)
class Column:
    """One column.

    `name` is its Chinese header, `key` what the program calls it. What a cell becomes: text, code,
    url → str; money → 分 (int, above zero); integer → int; degree → float; date → date; yes_no →
    bool; list → tuple of str; choice → what `choices` gives for the word; empty → None.
    `minimum` and `maximum` are in the unit of the value.
    """

    name: str
    key: str
    kind: Kind = "text"
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, Any] | None = field(default=None, hash=False)
    max_length: int = 500
    help: str = ""
    minimum: Any = None
    maximum: Any = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"{self.name}: no kind is called {self.kind!r}")
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"{self.name}: a choice needs its words")


@dataclass(frozen=True)
class Form:
    """A kind of sheet; `unique` names the keys that no two of its rows may share."""

    key: str
    title: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    by_key: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {column.key: column for column in self.columns}
        if len(by_key) < len(self.columns):
            raise ValueError(f"{self.title}: two columns share a key")
        if unknown := set(self.unique) - set(by_key):
            raise ValueError(f"{self.title}: no column has the key {sorted(unknown)}")
        object.__setattr__(self, "by_key", by_key)

    def names(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The Chinese headers of these keys."""
        return tuple(self.by_key[key].name for key in keys)

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns a sheet cannot do without."""
        return tuple(column for column in self.columns if column.required)
