"""What the pages understand of their addresses; what they do not know is passed over."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from backend.errors import BadInput
from backend.web.fields import Asked, one_of, whole, words
from miniprogram_api.drugs_schemas import DrugsAsked
from miniprogram_api.offers_schemas import OffersAsked
from miniprogram_api.outlets import ShelfAsked
from miniprogram_api.outlets_schemas import OutletsAsked
from miniprogram_api.paper import LABELS, SIGNS

__all__ = [
    "DrugAsked", "DrugsAsked", "OffersAsked", "OutletsAsked", "PaperAsked", "ShelfAsked",
    "SignAsked", "understood",
]  # fmt: skip


class DrugAsked(Asked):
    """What may be asked of a drug's page."""

    price_fen = whole(1, 100_000_000, about="您看到的价格（分）", example=480)


class PaperAsked(Asked):
    """Which of an outlet's drugs are printed, on labels of which size."""

    q = words(64, about="药品名称")
    category = words(40, about="病种代码")
    size = one_of(tuple(LABELS), about="价签大小，毫米", default="90x50")


class SignAsked(Asked):
    """How large the counter sign is."""

    size = one_of(tuple(SIGNS), about="标牌大小", default="a4")


def understood(schema: type[Schema], given: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a page by the API's schema; an empty field of a form says nothing.

    Raises BadInput naming the fields that cannot be used.
    """
    said = {name: value for name, value in given.items() if value != ""}
    try:
        return dict(schema(unknown=EXCLUDE).load(said))
    except ValidationError as wrong:
        raise BadInput(errors=dict(wrong.messages_dict)) from None
