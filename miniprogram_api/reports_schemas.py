"""Shapes of a report: what a resident says is not so, and what he is told."""

from marshmallow import Schema, fields, validate

from backend.reports import wording
from backend.reports.rules import COUNTED_AS, MOST_FEN
from backend.web.fields import NOT_TEXT, Asked, needed, whole, words
from miniprogram_api import facts_schemas as facts

_ONE_OF = f"请填其中之一：{'、'.join(COUNTED_AS)}。"


class ReportAsked(Asked):
    """What is not so, of a drug at an outlet or of the outlet."""

    outlet = needed(40, about="定点编码", example="DEMO210103-0001")
    what = fields.String(
        required=True,
        validate=validate.OneOf(tuple(COUNTED_AS), error=_ONE_OF),
        error_messages={"required": _ONE_OF, "invalid": NOT_TEXT, "null": _ONE_OF},
        metadata={
            "description": "out_of_stock 没货，wrong_price 价格不对，closed 已停业，"
            "wrong_place 位置不对",
            "example": "wrong_price",
        },
    )
    drug = words(40, about="药品编码或医保编码；没货、价格不对时必填", example="Y0C7BAP1ZXC")
    price_fen = whole(1, MOST_FEN, about="问到的价（分）；只和 wrong_price 一起填", example=480)
    offer = words(20, about="看到的报价编码（报价里的 offer）：已经换成更新的就不记")


class ReportTold(Schema):
    """What becomes of a report."""

    status = facts.choice("记下了，或者看到的价格已经换过、不用记", wording.CODES, "recorded")
    text = facts.text("给人看的话", "已记下：演示沈河社区卫生服务中心01，已停业。")
    nobody = facts.text("不记是谁")
    next = facts.text("接下来会怎样；不用记的为空")
