"""What the pages understand of their addresses; what they do not know is passed over."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from backend.errors import BadInput
from backend.web.fields import Asked, whole
from miniprogram_api.drugs_schemas import DrugsAsked
from miniprogram_api.offers_schemas import OffersAsked
from miniprogram_api.outlets import ShelfAsked
from miniprogram_api.outlets_schemas import OutletsAsked

__all__ = ["DrugAsked", "DrugsAsked", "OffersAsked", "OutletsAsked", "ShelfAsked", "understood"]


class DrugAsked(Asked):
    """What may be asked of a drug's page."""

    price_fen = whole(1, 100_000_000, about="您看到的价格（分）", example=480)


def understood(schema: type[Schema], given: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a page by the API's schema; an empty field of a form says nothing.

    Raises BadInput naming the fields that cannot be used.
    """
    said = {name: _READ.get(value, value) if _is_tick(schema, name) else value
            for name, value in given.items() if value != ""}  # fmt: skip
    try:
        return dict(schema(unknown=EXCLUDE).load(said))
    except ValidationError as wrong:
        raise BadInput(errors=dict(wrong.messages_dict)) from None


# A ticked box of a form says 1.
_READ = {"1": "true", "0": "false"}


def _is_tick(schema, name):
    return isinstance(schema._declared_fields.get(name), fields.Boolean)
