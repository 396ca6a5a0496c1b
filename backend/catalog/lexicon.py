"""What a word of a question may be: a drug here or elsewhere, a purpose, a firm."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Lexicon:
    """Words by their keys (letters, digits and characters only).

    `names` gives the substances each name of the catalogue stands for; `elsewhere` names of drugs
    that are not in it, each with the substance as it is written.
    """

    names: Mapping[str, frozenset[str]]
    elsewhere: Mapping[str, str]
    purposes: frozenset[str]
    firms: str

    @cached_property
    def longest(self) -> int:
        """Letters of the longest name."""
        return max(map(len, (*self.names, *self.elsewhere, *self.purposes)), default=0)

    @cached_property
    def asked_for(self) -> frozenset[str]:
        """Purposes, and those that end in 药 without it: 降压 is short for 降压药."""
        return self.purposes | {purpose.removesuffix("药") for purpose in self.purposes}

    @cached_property
    def numbered(self) -> tuple[str, ...]:
        """Names with a digit in them, the longest first."""
        these = (name for name in (*self.names, *self.elsewhere) if any(map(str.isdigit, name)))
        return tuple(sorted(these, key=len, reverse=True))

    @cached_property
    def written(self) -> str:
        """All names, a line each: one text is looked through faster."""
        return "\n".join(["", *self.names, ""])

    @cached_property
    def elsewhere_sorted(self) -> tuple[str, ...]:
        """Names of drugs elsewhere in order."""
        return tuple(sorted(self.elsewhere))

    def begun_elsewhere(self, key: str, most: int) -> tuple[str, ...]:
        """So many names of drugs elsewhere that begin so."""
        start = bisect_left(self.elsewhere_sorted, key)
        these = self.elsewhere_sorted[start : start + most]
        return tuple(name for name in these if name.startswith(key))

    def begins_a_name(self, key: str) -> bool:
        """Whether a name of the catalogue begins so."""
        return f"\n{key}" in self.written

    def names_a_firm(self, key: str) -> bool:
        """Whether a firm's name holds this; a few Latin letters are in too many."""
        return len(key) > 1 and not key.isascii() and key in self.firms
