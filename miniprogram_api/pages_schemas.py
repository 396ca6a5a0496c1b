"""What the pages understand of their addresses; what they do not know is passed over."""

from collections.abc import Mapping
from typing import Any

from flask import Request
from marshmallow import EXCLUDE, Schema, ValidationError, fields

from backend.catalog import changes
from backend.errors import BadInput
from backend.reports.wording import SAYS
from backend.web.fields import Asked, degrees, needed, one_of, whole, words
from miniprogram_api.drugs_schemas import DrugsAsked
from miniprogram_api.offers_schemas import OffersAsked
from miniprogram_api.outlets import ShelfAsked
from miniprogram_api.outlets_schemas import BADGES, OutletsAsked
from miniprogram_api.paper import LABELS, SIGNS

__all__ = [
    "BasketPageAsked",
    "DrugAsked",
    "DrugsAsked",
    "EditionAsked",
    "OffersAsked",
    "PaperAsked",
    "PlacesAsked",
    "PointAsked",
    "ReportPageAsked",
    "ScanPageAsked",
    "ShelfAsked",
    "SignAsked",
    "understood",
]


class PlacesAsked(OutletsAsked):
    """What may be asked of the pages of outlets: those in 三进 unless all are wanted."""

    badge = one_of((*BADGES, "all"), about="三进标识状态，all 是都看", default="active")


class EditionAsked(ShelfAsked):
    """Which page of an edition, or of what it changed."""

    show = one_of(("", *changes.KINDS), about="只看和上一版比：新进、退出、有变化")
    page_size = whole(1, 500, about="每页几条", default=50, example=50)


def badge_asked(request: Request) -> str | None:
    """The badge a page of outlets shows, as the API understands it: None for all."""
    asked = request.args.get("badge") or "active"
    return None if asked == "all" else asked


class PointAsked(Asked):
    """The window of a map (its middle in GCJ-02, metres to each side, units) and a point in it."""

    lat = degrees(-85, 85, about="图的中心，纬度", example=41.8)
    lon = degrees(-180, 180, about="图的中心，经度", example=123.4)
    half_m = whole(100, 200_000, about="从中心到左右两边，米", default=60_000)
    width = whole(1, 5_000, about="图宽", default=288)
    height = whole(1, 5_000, about="图高", default=288)
    x = whole(0, 5_000, about="从左数", default=0)
    y = whole(0, 5_000, about="从上数", default=0)


class DrugAsked(Asked):
    """What may be asked of a drug's page."""

    price_fen = whole(1, 100_000_000, about="您看到的价格（分）", example=480)


class ScanPageAsked(Asked):
    """Beside a scanned code: a price one was asked, and which of its products is meant."""

    price_fen = whole(1, 100_000_000, about="问到的价格（分）", example=480)
    drug = words(40, about="药品编码")


class BasketPageAsked(Asked):
    """Beside the drugs of a shopping list: words to find another by, the one plan to print."""

    q = words(64, about="要加的药")
    plan = whole(1, 6, about="只看第几个办法")


class ReportPageAsked(Asked):
    """What a report is about, and what is ticked when the page opens."""

    outlet = needed(40, about="定点编码", example="DEMO210103-0001")
    drug = words(40, about="药品编码")
    offer = words(20, about="看到的报价编码")
    what = one_of(("", *SAYS), about="什么不对")


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

    Pages are numbered for people: what leads a program on is passed over.
    Raises BadInput naming the fields that cannot be used.
    """
    said = {name: _READ.get(value, value) if _is_tick(schema, name) else value
            for name, value in given.items() if value != "" and name != "cursor"}  # fmt: skip
    try:
        return dict(schema(unknown=EXCLUDE).load(said))
    except ValidationError as wrong:
        raise BadInput(errors=dict(wrong.messages_dict)) from None


# Addresses people kept from when a ticked box of a form said 1.
_READ = {"1": "true", "0": "false"}


def _is_tick(schema, name):
    return isinstance(schema._declared_fields.get(name), fields.Boolean)
