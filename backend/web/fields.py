"""Fields of a request, each refusing in Chinese what it cannot use."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate, validates_schema

NOT_WHOLE = "请填整数。"
NOT_A_NUMBER = "请填数字。"
NOT_YES_OR_NO = "请填 true 或 false。"
NOT_TEXT = "请填文字。"
TOO_LONG = "最多 {max} 个字。"
UNKNOWN = "没有这个参数。"
CURSOR = (
    "上一页答案里的 next：接着往下看，中间有变化也不会重复、不会漏；"
    "其他参数要与上一页相同，page 不填"
)
ONE_WAY = "page 和 cursor 只填一个。"
ONCE = "只能填一次。"

# A number as JSON writes it: Python would also read ١٢, 1_000 and +1.
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", re.ASCII)


class _Whole(fields.Integer):
    """A whole number, written in digits only."""

    def _validated(self, value):
        if isinstance(value, str) and not _WHOLE.fullmatch(value):
            raise self.make_error("invalid")
        return super()._validated(value)


class _Decimal(fields.Float):
    """A number, written as JSON writes it."""

    def _validated(self, value):
        if isinstance(value, str) and not _DECIMAL.fullmatch(value):
            raise self.make_error("invalid")
        return super()._validated(value)


class OneOfNow(validate.Validator):
    """One of the codes there are when it is asked: data read at the start, not at the import."""

    def __init__(self, codes: Callable[[], Iterable[str]], error: Callable[[], str]) -> None:
        self.codes, self.says = codes, error

    @property
    def choices(self) -> tuple[str, ...]:
        """What the description lists."""
        return tuple(self.codes())

    def __call__(self, value: str) -> str:
        if value and value not in self.choices:
            raise validate.ValidationError(self.says())
        return value


class Asked(Schema):
    """Base of the API's questions: a parameter nobody knows is refused, not passed over."""

    error_messages = {"unknown": UNKNOWN}

    class Meta:
        unknown = RAISE

    @pre_load
    def _once(self, said, **_):
        """Of a parameter given twice nobody can say which was meant."""
        lists = getattr(said, "data", said)
        if hasattr(lists, "getlist"):
            twice = [name for name in lists if len(lists.getlist(name)) > 1]
            if twice:
                raise ValidationError({name: [ONCE] for name in twice})
        return said


class Nothing(Asked):
    """A question without parameters."""


def words(most: int = 64, *, about: str, example: str = ""):
    """Text of at most so many characters; empty where nothing is asked."""
    return fields.String(
        load_default="",
        validate=validate.Length(max=most, error=TOO_LONG),
        error_messages={"invalid": NOT_TEXT, "null": NOT_TEXT},
        metadata={"description": about, "example": example},
    )


def needed(most: int = 64, *, about: str, example: str):
    """Text that must be given."""
    return fields.String(
        required=True,
        validate=validate.Length(min=1, max=most, error=f"请填 1–{most} 个字。"),
        error_messages={"required": "请填写。", "invalid": NOT_TEXT, "null": NOT_TEXT},
        metadata={"description": about, "example": example},
    )


def whole(
    low: int, high: int, *, about: str, default: int | None = None, example: int = 1,
    must: bool = False,
):  # fmt: skip
    """A whole number within bounds; with `must` it has to be given."""
    given: dict[str, Any] = {"required": True} if must else {"load_default": default}
    return _Whole(
        **given,
        strict=False,
        validate=validate.Range(low, high, error=f"请填 {low}–{high} 之间的整数。"),
        error_messages={
            "invalid": NOT_WHOLE,
            "too_large": NOT_WHOLE,
            "null": NOT_WHOLE,
            "required": "请填写。",
        },
        metadata={"description": about, "example": example},
    )


def degrees(low: float, high: float, *, about: str, example: float):
    """A coordinate in degrees."""
    return _Decimal(
        load_default=None,
        allow_nan=False,
        validate=validate.Range(low, high, error=f"请填 {low}–{high} 之间的度数。"),
        error_messages={
            "invalid": NOT_A_NUMBER,
            "special": NOT_A_NUMBER,
            "too_large": NOT_A_NUMBER,
        },
        metadata={"description": about, "example": example},
    )


def yes(*, about: str, default: bool | None = None):
    """Yes or no."""
    return fields.Boolean(
        load_default=default,
        truthy={"true"},
        falsy={"false"},
        error_messages={"invalid": NOT_YES_OR_NO},
        metadata={"description": about, "example": True},
    )


class _YesOrNo(fields.Boolean):
    """Yes or no in JSON: true or false, and nothing that passes for one of them."""

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


def yes_or_no(*, about: str):
    """Yes or no in a body, which must be said."""
    return _YesOrNo(
        required=True,
        error_messages={
            "required": NOT_YES_OR_NO, "invalid": NOT_YES_OR_NO, "null": NOT_YES_OR_NO,
        },
        metadata={"description": about, "example": True},
    )  # fmt: skip


def one_of(choices: Sequence[str], *, about: str, default: str = ""):
    """One of a few words."""
    return fields.String(
        load_default=default,
        validate=validate.OneOf(choices, error=f"请填其中之一：{'、'.join(choices)}。"),
        error_messages={"invalid": NOT_TEXT, "null": NOT_TEXT},
        metadata={"description": about, "example": choices[0]},
    )


def code_of(codes: Callable[[], Iterable[str]], *, about: str, example: str, error):
    """One of the codes that are known when it is asked; `error()` says which there are."""
    return fields.String(
        load_default="",
        validate=OneOfNow(codes, error),
        error_messages={"invalid": NOT_TEXT, "null": NOT_TEXT},
        metadata={"description": about, "example": example},
    )


class Paged(Asked):
    """A question that is answered page by page; `cursor` goes on where the last page ended."""

    cursor = fields.String(
        load_default="",
        validate=validate.Length(max=1_000, error=TOO_LONG),
        error_messages={"invalid": NOT_TEXT, "null": NOT_TEXT},
        metadata={"description": CURSOR},
    )

    page = whole(1, 10_000, about="第几页", default=1)
    page_size = whole(1, 100, about="每页几条", default=20, example=20)

    @validates_schema
    def _one_way(self, asked, **_):
        if asked["cursor"] and asked["page"] > 1:
            raise ValidationError({"page": [ONE_WAY]})
