"""Shapes of offers in the API: the price, the winning price, the verdict with its clause."""

from marshmallow import Schema, fields

from backend.prices.ranking import ORDERS
from backend.web.fields import needed, one_of, yes
from miniprogram_api.drugs_schemas import BandNumbers, Coded, DrugCard
from miniprogram_api.outlets_schemas import BadgeStretch, OutletCard, PlaceAsked


def _text(about, example=""):
    return fields.String(metadata={"description": about, "example": example})


def _fen(about, example=480):
    return fields.Integer(allow_none=True, metadata={"description": about, "example": example})


class OffersAsked(PlaceAsked):
    """Who sells one drug, near where, in which order."""

    drug = needed(40, about="药品编码或医保编码", example="Y0A1B2C3D4E")
    at_or_below_winning = yes(about="只看不高于中选价的", default=False)
    in_stock = yes(about="只看有货（true）或没货（false）的")
    sort = one_of(ORDERS, about="distance 离我近，price 价格低，balanced 综合", default="distance")


class Numbers(Schema):
    """The numbers a verdict was computed with."""

    asked_fen = _fen("机构的价格（分）")
    winning_fen = _fen("中选价（分）", 435)
    delta_fen = _fen("差额（分）", 45)
    markup_fen = _fen("规则允许的加价（分）", 0)
    band = fields.Nested(BandNumbers, allow_none=True)
    position = fields.String(allow_none=True, metadata={"example": "in_band"})
    min_observations = fields.Integer(allow_none=True, metadata={"example": 10})


class VerdictCard(Schema):
    """What the rule says of a price."""

    code = _text(
        "compliant, off_winning, in_band, above_band, clearly_high, undetermined, not_applicable",
        "in_band",
    )
    label = _text("判定", "可加价区间内")
    shape = _text("形状", "◐")
    tone = _text("good, fair, bad, quiet", "fair")
    text = _text("一句话", "每盒比中选价贵 0.45 元，没有超过多数药店的价格（4.16–5.00 元）。")
    clause = _text("条款", "三（五）")
    citation = _text("出处和原文")
    pack = _text("政策包版本", "shenyang-2025-draft.1")
    draft = _text("依据是征求意见稿时的提示")
    numbers = fields.Nested(Numbers)
    reason = fields.Nested(Coded)
    comparison = fields.Boolean(metadata={"description": "只作对比，不是判定"})


class Age(Schema):
    """How old a price is."""

    days = fields.Integer(metadata={"example": 3})
    text = _text("给人看的话", "3 天前")
    stale = fields.Boolean(metadata={"description": "可能已变"})


class Why(Coded):
    """Why an offer stands where it stands."""

    numbers = fields.Dict(metadata={"description": "排序用到的数"})


class SelfPayCard(Schema):
    """What a person would pay: always an estimate."""

    above_fen = _fen("超过支付标准的部分（分）", 45)
    within_fen = _fen("支付标准以内的部分（分）", 435)
    own_fen = _fen("估算自付（分），不知道比例为 null", None)
    source = _text("支付标准的来源")
    estimate = fields.Boolean(metadata={"description": "总是 true：只是估算"})
    text = _text("给人看的话", "估算：超过支付标准的 0.45 元由您自己付……")


class OfferCard(Schema):
    """One drug at one outlet."""

    offer = _text("报价编码，指明展示的是哪一次观测", "P0A1B2C3D4E5F")
    drug = fields.Nested(DrugCard)
    outlet = fields.Nested(OutletCard)
    price_fen = fields.Integer(metadata={"description": "机构的价格（分）", "example": 480})
    winning_price_fen = _fen("中选价（分）", 435)
    delta_fen = _fen("比中选价贵（分），便宜为负", 45)
    unit_price_fen = fields.Float(allow_none=True, metadata={"example": 7.5})
    at_or_below_winning = fields.Boolean(
        metadata={"description": "只做算术：不高于正在执行的中选价"}
    )
    verdict = fields.Nested(VerdictCard)
    self_pay = fields.Nested(
        SelfPayCard, allow_none=True, metadata={"description": "估算的自付；不知道支付标准为 null"}
    )
    in_stock = fields.Boolean(allow_none=True, metadata={"description": "不知道为 null"})
    observed_on = _text("观测日期", "2026-11-20")
    age = fields.Nested(Age)
    source = fields.Nested(Coded)
    distance_m = fields.Integer(allow_none=True, metadata={"example": 420})


class RankedOffer(OfferCard):
    """An offer with the reason of its place."""

    why = fields.Nested(Why)


class OffersFound(Schema):
    """One page of offers of a drug."""

    items = fields.List(fields.Nested(RankedOffer))
    total = fields.Integer(metadata={"example": 23})
    page = fields.Integer(metadata={"example": 1})
    page_size = fields.Integer(metadata={"example": 20})
    degraded = fields.Boolean()
    drug = fields.Nested(DrugCard)


class OutletPage(Schema):
    """An outlet, its badge's history and what it sells."""

    outlet = fields.Nested(OutletCard)
    badge_history = fields.List(fields.Nested(BadgeStretch))
    items = fields.List(fields.Nested(OfferCard))
    total = fields.Integer(metadata={"example": 86})
    page = fields.Integer(metadata={"example": 1})
    page_size = fields.Integer(metadata={"example": 20})
