"""Shapes of offers in the API: the price, the winning price, the verdict with its clause."""

from marshmallow import Schema

from backend.prices import wording
from backend.prices.confidence import LEVELS
from backend.prices.ranking import ORDERS
from backend.prices.rules import ABOVE_BAND, CLEARLY_HIGH, CODES, IN_BAND
from backend.prices.sheets import SOURCES
from backend.web.fields import needed, one_of, yes
from miniprogram_api import facts_schemas as facts
from miniprogram_api.drugs_schemas import BandNumbers, DrugCard
from miniprogram_api.facts_schemas import Coded, Listed
from miniprogram_api.outlets_schemas import BadgeStretch, FoundOutlet, OutletCard, PlaceAsked

_LABELS = tuple(wording.LABELS.values())
_TONES = tuple(dict.fromkeys(label.tone for label in _LABELS))


class OffersAsked(PlaceAsked):
    """Who sells one drug, near where, in which order."""

    drug = needed(40, about="药品编码或医保编码", example="Y0C7BAP1ZXC")
    at_or_below_winning = yes(about="只看不高于中选价的", default=False)
    in_stock = yes(about="只看有货（true）或没货（false）的")
    sort = one_of(ORDERS, about="distance 离我近，price 价格低，balanced 综合", default="distance")


class Numbers(Schema):
    """The numbers a verdict was computed with; null where the rule used none."""

    asked_fen = facts.fen("机构的价格（分）", 480)
    winning_fen = facts.maybe_fen("中选价（分）")
    delta_fen = facts.maybe_fen("差额（分）", 45)
    markup_fen = facts.maybe_fen("规则允许的加价（分）", 0)
    band = facts.one(BandNumbers, "相对集中价格区间", allow_none=True)
    position = facts.choice(
        "价格在哪里",
        ("not_above_winning", IN_BAND, ABOVE_BAND, CLEARLY_HIGH),
        IN_BAND,
        allow_none=True,
    )
    min_observations = facts.whole("至少要几家药店的价格", 10, allow_none=True)


class VerdictCard(Schema):
    """What the rule says of a price."""

    code = facts.choice("判定的代码", CODES, IN_BAND)
    label = facts.text("判定", "可加价区间内")
    shape = facts.text("形状：和颜色说同一件事", "◐")
    tone = facts.choice("颜色的意思", _TONES, "fair")
    text = facts.text("一句话", "每盒比中选价贵 0.45 元，没有超过多数药店的价格（4.16–5.00 元）。")
    clause = facts.text("条款；依据是本系统公布的算法时为空", "三（五）")
    citation = facts.text("出处和原文")
    pack = facts.text("政策包版本", "shenyang-2025-draft.1")
    draft = facts.text("依据是征求意见稿时的提示，否则为空")
    numbers = facts.one(Numbers, "算判定用到的数")
    reason = facts.one(Coded, "为什么这样判定")
    comparison = facts.yes("只作对比，不是判定", example=False)


class Age(Schema):
    """How old a price is."""

    days = facts.whole("几天前看到的", 3)
    text = facts.text("给人看的话", "3 天前")
    stale = facts.yes("可能已变", example=False)


class PriceBelief(Schema):
    """How far a price is still believed."""

    percent = facts.whole("可信度（百分数，往下取整）", 83)
    level = facts.choice("good 可信，fair 可能已变，poor 很可能已变、排在后面", LEVELS, "good")
    text = facts.text("给人看的话；可信时为空", "")


class StockBelief(PriceBelief):
    """How far it is still believed that it is in stock, or is not."""

    text = facts.text("给人看的话", "5 天前有货")


class Confidence(Schema):
    """How far price and stock are believed: they fade with age and with reports against them."""

    price = facts.one(PriceBelief, "价格")
    stock = facts.one(StockBelief, "有没有货")
    reports = facts.text("几个人说不对；人数太少时为空", "")


class WhyNumbers(Schema):
    """What an order weighed; the last three only with sort=balanced and a known way."""

    price_fen = facts.fen("价格（分）", 480)
    distance_m = facts.number("离您多少米，没有取整；不知道为 null", 419.6, allow_none=True)
    fen_per_km = facts.at_times("每公里折多少分", 100)
    way_fen = facts.at_times("路程折多少分", 42)
    score_fen = facts.at_times("价格和路程合计（分）", 522)


class Why(Coded):
    """Why an offer stands where it stands."""

    code = facts.text(
        "原因的代码：by_distance、by_price、by_balance、no_position、out_of_stock、outdated",
        "by_distance",
    )
    text = facts.text("给人看的话", "按距离排：离您 420 米。")
    numbers = facts.one(WhyNumbers, "排序用到的数")


class SelfPayCard(Schema):
    """What a person would pay: always an estimate."""

    above_fen = facts.fen("超过支付标准的部分（分）", 45)
    within_fen = facts.fen("支付标准以内的部分（分）", 435)
    own_fen = facts.maybe_fen("估算自付（分），不知道比例为 null", None)
    source = facts.text("支付标准的来源")
    estimate = facts.yes("总是 true：只是估算")
    text = facts.text("给人看的话", "估算：超过支付标准的 0.45 元由您自己付……")


class OfferSource(Coded):
    """Where a price was seen."""

    code = facts.choice("来源的代码", SOURCES, "declaration")
    text = facts.text("给人看的话", "机构申报")


class OfferCard(Schema):
    """One drug at one outlet."""

    offer = facts.text("报价编码，指明展示的是哪一次观测", "P0A1B2C3D4E5F6")
    drug = facts.one(DrugCard, "药品")
    outlet = facts.one(OutletCard, "机构")
    price_fen = facts.fen("机构的价格（分）", 480)
    winning_price_fen = facts.maybe_fen("中选价（分）；没有正在执行的是 null")
    delta_fen = facts.maybe_fen("比中选价贵（分），便宜为负；没有中选价是 null", 45)
    unit_price_fen = facts.number("每个计量单位的价格（分）；不知道为 null", 7.5, allow_none=True)
    at_or_below_winning = facts.yes("只做算术：不高于正在执行的中选价", example=False)
    verdict = facts.one(VerdictCard, "判定")
    self_pay = facts.one(SelfPayCard, "估算的自付；不知道支付标准为 null", allow_none=True)
    in_stock = facts.yes("有没有货；不知道为 null", allow_none=True)
    observed_on = facts.day("观测日期", "2026-11-20")
    age = facts.one(Age, "这个价格有多旧")
    confidence = facts.one(Confidence, "价格和有货还有多可信")
    source = facts.one(OfferSource, "价格的来源")
    distance_m = facts.whole("离您多少米；不知道为 null", 420, allow_none=True)


class RankedOffer(OfferCard):
    """An offer with the reason of its place."""

    why = facts.one(Why, "为什么排在这里")


class ProxyChannel(Schema):
    """A way drugs come to an outlet others buy for."""

    name = facts.text("怎样拿到", "自取")
    text = facts.text("什么时候用")


class ProxyCard(Schema):
    """Others buy for the outlets of the neighbourhood (代采): which, and where to ask."""

    text = facts.text("一句话", "乡镇、社区、村里的，由县里的医共体和上级公立医院代买。")
    clause = facts.text("条款", "三（四）")
    citation = facts.text("出处和原文")
    outlet = facts.one(
        FoundOutlet, "最近的一家由别家代采的机构；不知道在哪里问的为 null", allow_none=True
    )
    buyer = facts.text("替它采购的机构；不知道为空")
    channels = facts.many(ProxyChannel, "药怎样到它那里；文件没有写的是空的")


class WayOn(Schema):
    """What to do where nothing is found in reach."""

    why = facts.one(Coded, "为什么：nobody_sells、none_in_stock、none_in_reach")
    nearest = facts.one(RankedOffer, "再远一点最近的一家，先看有货的；没有为 null", allow_none=True)
    proxy = facts.one(ProxyCard, "代采的路；政策包没有写的为 null", allow_none=True)
    phone = facts.text("咨询电话", "12393")


class OffersFound(Listed):
    """One page of offers of a drug."""

    items = facts.many(RankedOffer, "这一页的报价")
    degraded = facts.yes("总是 false：报价不经过检索引擎", example=False)
    drug = facts.one(DrugCard, "问的药品")
    way_on = facts.one(
        WayOn, "附近没有或都没有货时怎么办；附近有的、后面几页为 null", allow_none=True
    )


class OutletPage(Listed):
    """An outlet, its badge's history and what it sells."""

    outlet = facts.one(OutletCard, "机构")
    badge_history = facts.many(BadgeStretch, "三进标识的历史，新的在前")
    items = facts.many(OfferCard, "这一页在卖的药品")
