"""What a consent is worth, and who may give it. Pure."""

from collections.abc import Iterable
from typing import Protocol

SELF, GUARDIAN = "self", "guardian"
BY = (SELF, GUARDIAN)
# More devices than that nobody has: the ones used longest ago are signed out.
MOST_SESSIONS = 20


class Said(Protocol):
    """A record of a consent, as far as it is judged."""

    kind: str
    given: bool
    version: str
    said_by: str


def last_said(records: Iterable[Said]) -> dict[str, Said]:
    """The last record of each kind, of records in the order they were made."""
    return {one.kind: one for one in records}


def stands(said: Said | None, *, minor: bool | None) -> bool:
    """Whether a consent was given and not withdrawn; a minor's by a guardian only."""
    return said is not None and said.given and not (minor and said.said_by != GUARDIAN)


def holds(said: Said | None, *, minor: bool | None, version: str) -> bool:
    """Whether it stands, and was given to the text of this version."""
    return stands(said, minor=minor) and said is not None and said.version == version


def may_give(by: str, *, minor: bool) -> bool:
    """Whether this one may give it: a minor may not for himself. Anybody may withdraw."""
    return by == GUARDIAN or not minor


def ages(limit: int) -> tuple[str, str]:
    """How one says to be of age or not: "14_or_over", "under_14"."""
    return f"{limit}_or_over", f"under_{limit}"
