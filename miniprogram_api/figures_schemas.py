"""Shapes of the night's figures; money is whole 分, distances metres."""

from marshmallow import Schema, fields


def _whole(about, example=1, allow_none=False):
    return fields.Integer(
        allow_none=allow_none, metadata={"description": about, "example": example}
    )


def _text(about, example=""):
    return fields.String(metadata={"description": about, "example": example})


class VerdictCount(Schema):
    """How many prices have a verdict."""

    code = _text("判定的代码，comparison 是只作对比", "compliant")
    label = _text("给人看的词", "达标")
    shape = _text("图形", "●")
    tone = _text("good、fair、bad、quiet", "good")
    count = _whole("多少个价格", 12000)
    by_class = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "按机构大类：public 公立基层、private 民营、pharmacy 药店"},
    )


class DrugCounts(Schema):
    """How many drugs have a band."""

    sold = _whole("在卖的中选药品种数", 219)
    with_band = _whole("有区间的", 200)
    without_band = _whole("报价药店太少，没有区间的", 19)
    least = _whole("至少要几家药店", 10)
    method = _text("算法版本", "band-1")


class BandStep(Schema):
    """How many drugs have a band of so many pharmacies."""

    from_ = fields.Integer(
        data_key="from", attribute="from", metadata={"description": "从几家", "example": 10}
    )
    to = _whole("到几家，没有上限为 null", 19, allow_none=True)
    drugs = _whole("多少种药", 40)


class AgeCount(Schema):
    """How many prices are how old."""

    level = _text("today、recent、older、stale、unknown", "recent")
    text = _text("给人看的话", "3 天以内")
    count = _whole("多少个价格", 9000)


class WorkedDrug(Schema):
    """The drug of the examples."""

    code = _text("药品编码")
    name = _text("通用名", "盐酸二甲双胍片")
    pack = _text("包装", "0.25g×48片")
    manufacturer = _text("企业")
    winning_price_fen = _whole("中选价（分）", 340, allow_none=True)


class WorkedBand(Schema):
    """One band, step by step."""

    count = _whole("几家药店", 137)
    prices = fields.List(
        fields.List(fields.Integer()),
        metadata={"description": "从低到高，每个价（分）和几家", "example": [[340, 80], [350, 2]]},
    )
    low_rank = _whole("下边是第几名", 35)
    low_fen = _whole("区间下边（分）", 340)
    high_rank = _whole("上边是第几名", 103)
    high_fen = _whole("区间上边（分）", 410)
    by_share_fen = _whole("按比例算的线（分）", 533)
    by_spread_fen = _whole("按区间宽度算的线（分）", 515)
    clear_fen = _whole("两条里宽的一条，超过它才叫明显偏高（分）", 533)


class WorkedOffer(Schema):
    """One of the first in the balanced order, with its sum."""

    code = _text("机构编码")
    name = _text("机构")
    demo = fields.Boolean(metadata={"description": "演示数据（虚构机构）"})
    price_fen = _whole("价格（分）", 340)
    distance_m = _whole("距离（米）", 420, allow_none=True)
    text = _text("怎么算的")


class WorkedOrder(Schema):
    """The balanced order from the middle of a district."""

    district = _text("从哪个区县的中心量", "210103")
    fen_per_km = _whole("每公里算多少分", 100)
    items = fields.List(fields.Nested(WorkedOffer))


class Worked(Schema):
    """Both worked examples."""

    drug = fields.Nested(WorkedDrug)
    band = fields.Nested(WorkedBand)
    order = fields.Nested(WorkedOrder)


class Figures(Schema):
    """The figures of one night."""

    day = _text("哪一天夜里数的", "2026-11-24")
    publication = _whole("按第几次发布的数据", 3)
    pack = _text("政策包版本", "shenyang-2025-draft.1")
    offers = _whole("判了多少个价格", 26000)
    title = _text("一句话的结论")
    verdicts = fields.List(fields.Nested(VerdictCount))
    drugs = fields.Nested(DrugCounts)
    bands = fields.List(fields.Nested(BandStep))
    ages = fields.List(fields.Nested(AgeCount))
    worked = fields.Nested(Worked, allow_none=True)
