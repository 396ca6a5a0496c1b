"""The kinds of messages to people, as data: what is said on each rung, and whether it may wait."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter

from backend.notices import fields, wording
from backend.notices.splitting import parted

_FILE = Path(__file__).with_name("kinds.toml")


@dataclass(frozen=True)
class NoticeKind:
    """One kind of message; `needs` are the names its words leave open.

    `chat` is said in the conversation and in the inbox, `line` where several are one message,
    `subscribed` by the names of WeChat's template.
    """

    name: str
    title: str
    group: str
    chat: str
    line: str
    page: str
    subscribed: Mapping[str, str] = field(default_factory=dict)
    preview: Mapping[str, str] = field(default_factory=dict)
    urgent: bool = False
    gathers: bool = False
    must_reach: bool = False

    @property
    def needs(self) -> frozenset[str]:
        """The names that have to be given."""
        said = (self.chat, self.line, self.page, *self.subscribed.values())
        return frozenset(name for one in said for name in names_in(one))

    def words(self, values: Mapping[str, str]) -> str:
        """What is said in the conversation and in the inbox."""
        return self.chat.format(**values)

    def values(self, values: Mapping[str, str]) -> dict[str, str]:
        """A subscribed message's values as WeChat takes them. Raises Unfit."""
        return fields.fitted_all(
            {name: said.format(**values) for name, said in self.subscribed.items()}
        )

    def address(self, values: Mapping[str, str]) -> str:
        """The page of the mini-program that opens."""
        return self.page.format(**values)


@cache
def every_kind() -> dict[str, NoticeKind]:
    """Every kind by its name. Raises ValueError for data that cannot be used."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    kinds = {name: NoticeKind(name=name, **one) for name, one in told.items()}
    for kind in kinds.values():
        _check(kind)
    return kinds


def names_in(said: str) -> list[str]:
    """The names a text leaves open."""
    return [name for _, name, _, _ in Formatter().parse(said) if name]


def together(lines: list[str], most: int) -> str:
    """Several facts as one message, one a line; what does not fit is counted."""
    for kept in range(len(lines), 0, -1):
        left = len(lines) - kept
        said = "\n".join([*lines[:kept], *([wording.more(left)] if left else [])])
        if len(parted(said, most=most)) <= 1:
            return said
    return lines[0]


def _check(kind):
    """What is previewed is what is sent: the preview must fit as anything else has to."""
    if missing := kind.needs - set(kind.preview):
        raise ValueError(f"{kind.name}: preview lacks {', '.join(sorted(missing))}")
    kind.values(kind.preview)
    if not parted(kind.words(kind.preview)):
        raise ValueError(f"{kind.name}: nothing is said")
