"""Fields of a request, each refusing in Chinese what it cannot use."""

from collections.abc import Sequence

from marshmallow import RAISE, Schema, fields, validate

NOT_WHOLE = "请填整数。"
NOT_A_NUMBER = "请填数字。"
NOT_YES_OR_NO = "请填 true 或 false。"
NOT_TEXT = "请填文字。"
TOO_LONG = "最多 {max} 个字。"
UNKNOWN = "没有这个参数。"


class Asked(Schema):
    """Base of the API's questions: a parameter nobody knows is refused, not passed over."""

    error_messages = {"unknown": UNKNOWN}

    class Meta:
        unknown = RAISE


def words(most: int = 64, *, about: str, example: str = ""):
    """Text of at most so many characters; empty where nothing is asked."""
    return fields.String(
        load_default="",
        validate=validate.Length(max=most, error=TOO_LONG),
        error_messages={"invalid": NOT_TEXT},
        metadata={"description": about, "example": example},
    )


def needed(most: int = 64, *, about: str, example: str):
    """Text that must be given."""
    return fields.String(
        required=True,
        validate=validate.Length(min=1, max=most, error=f"请填 1–{most} 个字。"),
        error_messages={"required": "请填写。", "invalid": NOT_TEXT},
        metadata={"description": about, "example": example},
    )


def whole(low: int, high: int, *, about: str, default: int | None = None, example: int = 1):
    """A whole number within bounds."""
    return fields.Integer(
        load_default=default,
        strict=False,
        validate=validate.Range(low, high, error=f"请填 {low}–{high} 之间的整数。"),
        error_messages={"invalid": NOT_WHOLE, "too_large": NOT_WHOLE},
        metadata={"description": about, "example": example},
    )


def degrees(low: float, high: float, *, about: str, example: float):
    """A coordinate in degrees."""
    return fields.Float(
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
        error_messages={"invalid": NOT_YES_OR_NO},
        metadata={"description": about, "example": True},
    )


def one_of(choices: Sequence[str], *, about: str, default: str = ""):
    """One of a few words."""
    shown = [choice for choice in choices if choice]
    return fields.String(
        load_default=default,
        validate=validate.OneOf(choices, error=f"请填其中之一：{'、'.join(shown)}。"),
        error_messages={"invalid": NOT_TEXT},
        metadata={"description": about, "example": shown[0]},
    )


class Paged(Asked):
    """A question that is answered page by page."""

    page = whole(1, 10_000, about="第几页", default=1)
    page_size = whole(1, 100, about="每页几条", default=20, example=20)
