"""Shapes of the night's figures; money is whole 分, distances metres."""

from marshmallow import Schema, fields

from miniprogram_api import facts_schemas as facts


class VerdictCount(Schema):
    """How many prices have a verdict."""

    code = facts.text("判定的代码，comparison 是只作对比", "compliant")
    label = facts.text("给人看的词", "达标")
    shape = facts.text("图形", "●")
    tone = facts.text("语气：good、fair、bad、quiet", "good")
    count = facts.whole("多少个价格", 12000)
    by_class = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "按机构大类：public 公立基层、private 民营、pharmacy 药店"},
    )


class DrugCounts(Schema):
    """How many drugs have a band."""

    sold = facts.whole("在卖的中选药品种数", 219)
    with_band = facts.whole("有区间的", 200)
    without_band = facts.whole("报价药店太少，没有区间的", 19)
    least = facts.whole("至少要几家药店", 10)
    method = facts.text("算法版本", "band-1")


class BandStep(Schema):
    """How many drugs have a band of so many pharmacies."""

    from_ = facts.whole("从几家", 10, data_key="from", attribute="from")
    to = facts.whole("到几家，没有上限为 null", 19, allow_none=True)
    drugs = facts.whole("多少种药", 40)


class AgeCount(Schema):
    """How many prices are how old."""

    level = facts.text(
        "多新：today、recent、older、stale（可能已变）、outdated（很可能已变）、unknown", "recent"
    )
    text = facts.text("给人看的话", "3 天以内")
    count = facts.whole("多少个价格", 9000)


class WorkedDrug(Schema):
    """The drug of the examples."""

    code = facts.text("药品编码")
    name = facts.text("通用名", "盐酸二甲双胍片")
    pack = facts.text("包装", "0.25g×48片")
    manufacturer = facts.text("企业")
    winning_price_fen = facts.whole("中选价（分）", 340, allow_none=True)


class WorkedBand(Schema):
    """One band, step by step."""

    count = facts.whole("几家药店", 137)
    prices = fields.List(
        fields.List(fields.Integer()),
        metadata={"description": "从低到高，每个价（分）和几家", "example": [[340, 80], [350, 2]]},
    )
    low_rank = facts.whole("下边是第几名", 35)
    low_fen = facts.whole("区间下边（分）", 340)
    high_rank = facts.whole("上边是第几名", 103)
    high_fen = facts.whole("区间上边（分）", 410)
    by_share_fen = facts.whole("按比例算的线（分）", 533)
    by_spread_fen = facts.whole("按区间宽度算的线（分）", 515)
    clear_fen = facts.whole("两条里宽的一条，超过它才叫明显偏高（分）", 533)


class WorkedOffer(Schema):
    """One of the first in the balanced order, with its sum."""

    code = facts.text("机构编码")
    name = facts.text("机构")
    demo = facts.yes("演示数据（虚构机构）")
    price_fen = facts.whole("价格（分）", 340)
    distance_m = facts.whole("距离（米）", 420, allow_none=True)
    text = facts.text("怎么算的")


class WorkedOrder(Schema):
    """The balanced order from the middle of a district."""

    district = facts.text("从哪个区县的中心量", "210103")
    fen_per_km = facts.whole("每公里算多少分", 100)
    items = facts.many(WorkedOffer, "排在前面的几家")


class Worked(Schema):
    """Both worked examples."""

    drug = facts.one(WorkedDrug, "哪一种药")
    band = facts.one(WorkedBand, "它的区间，一步一步")
    order = facts.one(WorkedOrder, "它的综合排序")


class Figures(Schema):
    """The figures of one night."""

    day = facts.day("哪一天夜里数的", "2026-11-24")
    publication = facts.whole("按第几次发布的数据", 3)
    pack = facts.text("政策包版本", "shenyang-2025-draft.1")
    offers = facts.whole("判了多少个价格", 26000)
    title = facts.text("一句话的结论")
    verdicts = facts.many(VerdictCount, "每种判定")
    drugs = facts.one(DrugCounts, "多少种药有区间")
    bands = facts.many(BandStep, "按几家药店分")
    ages = facts.many(AgeCount, "按多久以前分")
    worked = facts.one(Worked, "算例；没有可算的是 null", allow_none=True)
