"""Rows of the rules: every number and sentence of the city's policy packs, and each verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from backend.opendata.moment import Moment
from backend.policy.packs import load
from backend.policy.terms import Pack, Sourced
from backend.prices.method import method_page

_ORIGIN = frozenset(("document", "clause", "quote", "source"))
_NOWHERE = Sourced()


def policy_pack(moment: Moment) -> Iterator[tuple]:
    """Every version of the city's pack, each leaf with where it stands."""
    for pack in sorted(load(moment.city), key=lambda pack: pack.id):
        yield from sorted(_leaves(pack), key=lambda row: row[:2])


def _leaves(pack: Pack) -> Iterator[tuple]:
    for path, value, origin in _within("", pack, _NOWHERE):
        document = pack.documents.get(origin.document)
        yield (
            pack.id, path, _written(value), document.title if document else None,
            document.draft if document else None, origin.clause, origin.quote, origin.source,
        )  # fmt: skip


def _within(path: str, part: Any, origin: Sourced) -> Iterator[tuple[str, Any, Sourced]]:
    if isinstance(part, Sourced):
        origin = part
    if is_dataclass(part):
        yield from _of_record(path, part, origin)
    elif isinstance(part, Mapping):
        for key, one in part.items():
            yield from _within(f"{path}.{key}", one, origin)
    elif isinstance(part, tuple) and any(map(is_dataclass, part)):
        for number, one in enumerate(part):
            yield from _within(f"{path}.{number}", one, origin)
    else:
        yield path.lstrip("."), part, origin


def _of_record(path, part, origin):
    bare = [field for field in fields(part) if not (isinstance(part, Sourced) and
                                                    field.name in _ORIGIN)]  # fmt: skip
    if not bare:
        # Nothing but an origin: that it is there is all it says.
        yield path.lstrip("."), None, origin
    for field in bare:
        key = field.metadata.get("key", field.name)
        yield from _within(f"{path}.{key}", getattr(part, field.name), origin)


def _written(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def verdict_method(moment: Moment) -> Iterator[tuple]:
    """What each verdict means, as the page about the method tells it."""
    told = method_page(city=moment.city)
    for one in sorted(told["verdicts"], key=lambda one: one["code"]):
        yield (
            one["code"], one["label"], one["when"], one["who"], one["citation"], moment.pack.id,
        )  # fmt: skip
