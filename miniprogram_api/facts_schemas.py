"""What the shapes of the API are made of: facts with their meaning, unit and an example."""

from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, fields, validate

# The mark of a property an answer may lack; every other one is always there.
NOT_ALWAYS = "x-not-always"


def text(about: str, example: str | None = None, **more: Any) -> fields.String:
    """Text; empty where nothing is known."""
    return fields.String(metadata=_told(about, example), **more)


def choice(about: str, codes: Iterable[str], example: str, **more: Any) -> fields.String:
    """One of a few codes: the description lists them, a new one would be a new version."""
    kept = validate.OneOf(tuple(codes))
    return fields.String(validate=kept, metadata=_told(about, example), **more)


def whole(about: str, example: int | None = 1, **more: Any) -> fields.Integer:
    """A whole number."""
    return fields.Integer(metadata=_told(about, example), **more)


def at_times(about: str, example: int) -> fields.Integer:
    """A whole number that is left out where it was not used."""
    return fields.Integer(metadata=_told(about, example) | {NOT_ALWAYS: True})


def fen(about: str, example: int | None = 435) -> fields.Integer:
    """An amount in whole 分 that is always known."""
    return whole(about, example)


def maybe_fen(about: str, example: int | None = 435) -> fields.Integer:
    """An amount in whole 分, null where it is not known."""
    return whole(about, example, allow_none=True)


def number(about: str, example: float, **more: Any) -> fields.Float:
    """A number with a fraction."""
    return fields.Float(metadata=_told(about, example), **more)


def yes(about: str, example: bool = True, **more: Any) -> fields.Boolean:
    """Yes or no."""
    return fields.Boolean(metadata=_told(about, example), **more)


def day(about: str, example: str = "2026-11-01", **more: Any) -> fields.Date:
    """A date of the city, 2026-11-01."""
    return fields.Date(metadata=_told(about, example), **more)


def maybe_day(about: str, example: str = "2020-08-20") -> fields.Date:
    """A date of the city, null where there is none."""
    return day(about, example, allow_none=True)


def one(schema: type[Schema], about: str, **more: Any) -> fields.Nested:
    """Another shape within."""
    return fields.Nested(schema, metadata={"description": about}, **more)


def many(schema: type[Schema], about: str) -> fields.List:
    """A list of another shape."""
    return fields.List(fields.Nested(schema), metadata={"description": about})


def _told(about, example):
    return {"description": about} | ({} if example is None else {"examples": [example]})


class Either(fields.Field):
    """One of several shapes."""

    def __init__(self, *schemas: type[Schema], **more: Any) -> None:
        super().__init__(**more)
        self.schemas = schemas


class Coded(Schema):
    """A stable code and its words."""

    code = text("稳定的代码", "in_force")
    text = text("给人看的话", "执行中")


class Named(Schema):
    """A code and its name."""

    code = text("代码", "210103")
    name = text("名称", "沈河区")


class Listed(Schema):
    """One page of a list: `next` leads to the page after it, whatever changes meanwhile."""

    total = whole("一共几条", 23)
    page = whole("第几页；用 cursor 时是 null", 1, allow_none=True)
    page_size = whole("每页几条", 20)
    next = text(
        "下一页的 cursor；没有下一页是 null。把它原样放在 cursor 里，其他参数不变",
        None,
        allow_none=True,
    )
