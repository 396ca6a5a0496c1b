"""Whether an answer is right: the rules of the labels, pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from bench.golden import reading
from bench.golden.table import Row

NONE_ALLOWED = ("nonsense", "absent")
CHANGED = ("no_strength", "no_form")


@dataclass(frozen=True)
class Item:
    """One product of an answer; `told` where the answer says openly what it changed for it."""

    core: str
    name: str
    dosage_form: str = ""
    strength: str = ""
    count: int | None = None
    firm: str = ""
    told: bool = False


class Verdict(NamedTuple):
    """Whether the first, and one of the first three, is right; whether something was silently
    changed: another strength or form than asked first, or a look-alike before the right one."""

    first: bool
    third: bool
    silent: bool


def judge(row: Row, items: Sequence[Item]) -> Verdict:
    """The verdict on an answer, best first."""
    if row.kind in NONE_ALLOWED:
        good = all(item.told for item in items)
        return Verdict(good, good, row.kind == "absent" and not good)
    right = [is_right(row, item) for item in items]
    swapped = _swapped(row, items, right)
    first, third = any(right[:1]), any(right[:3])
    if row.never:
        return Verdict(first and not swapped, third and not swapped, swapped)
    return Verdict(first, third, _changed(row, items))


def is_right(row: Row, item: Item) -> bool:
    """Whether a product is what the question asks for."""
    if not any(_names(label, item) for label in row.substance.split("|")):
        return False
    if row.firm and row.firm not in item.firm:
        return False
    # What nobody makes cannot be shown: the substance is right, and what was changed is told.
    return row.kind in CHANGED or _as_asked(row, item)


def _as_asked(row, item):
    if row.form and not has_form(row.form, item):
        return False
    return all(_has(one, item) for one in row.strength.split())


def has_form(form: str, item: Item) -> bool:
    """Whether the product is of a form; where its name does not say, its sheet does."""
    return (reading.form(item.name) or item.dosage_form.removesuffix("剂")) == form


def _has(strength, item):
    if strength.startswith("x"):
        return item.count == int(strength[1:])
    return strength in reading.measures(item.strength)


def _names(label, item):
    how, _, wanted = label.partition(":")
    if how == "pinyin":
        return fnmatchcase(reading.pinyin(item.core), wanted)
    if how == "initials":
        return reading.initials(item.core) == wanted
    return fnmatchcase(item.core, label)


def _swapped(row, items, right):
    """A look-alike before a right one, or in its place, without a word."""
    if not row.never:
        return False
    last = max((at for at, good in enumerate(right) if good), default=0)
    return any(
        _is_never(label, item) and not item.told
        for item in items[: last + 1]
        for label in row.never.split("|")
    )


def _is_never(label, item):
    how, _, wanted = label.partition(":")
    return has_form(wanted, item) if how == "form" else _names(label, item)


def _changed(row, items):
    """The first is the drug that was asked for, in another strength or form, without a word."""
    if not (row.form or row.strength) or not items or items[0].told:
        return False
    names = any(_names(label, items[0]) for label in row.substance.split("|"))
    return names and not _as_asked(row, items[0])
