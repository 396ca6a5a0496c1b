"""Shapes of drugs in the API; money is whole 分, unit prices 分 to two places."""

from marshmallow import Schema, fields

from backend.web.fields import Paged, words


def _text(about, example=""):
    return fields.String(metadata={"description": about, "example": example})


def _fen(about, example=435):
    return fields.Integer(allow_none=True, metadata={"description": about, "example": example})


def _day(about, example="2020-08-20"):
    return fields.String(allow_none=True, metadata={"description": about, "example": example})


class Coded(Schema):
    """A stable code and its words."""

    code = _text("稳定的代码", "in_force")
    text = _text("给人看的话", "执行中")


class Brand(Schema):
    """A brand name and whose it is."""

    name = _text("商品名", "格华止")
    manufacturer = _text("企业", "")


class PaymentStandard(Schema):
    """What insurance reckons with, and who says so."""

    fen = _fen("医保支付标准（分）")
    source = _text("来源")


class DrugCard(Schema):
    """A drug product with the winning price that holds here today."""

    code = _text("药品编码（医保编码，没有的用本系统编码）", "Y0A1B2C3D4E")
    core = _text("成分名", "二甲双胍")
    nhsa_code = _text("医保编码")
    generic_name = _text("通用名", "盐酸二甲双胍缓释片")
    brand_names = fields.List(fields.Nested(Brand), metadata={"description": "商品名"})
    dosage_form = _text("剂型", "缓释片")
    strength = _text("规格", "0.5g")
    pack = _text("包装", "0.5g×64片")
    pack_qty = fields.Integer(allow_none=True, metadata={"description": "每包数量", "example": 64})
    pack_unit = _text("计量单位", "片")
    package_unit = _text("包装单位", "盒")
    manufacturer = _text("生产企业", "天方药业有限公司")
    approval_no = _text("批准文号", "国药准字H20044070")
    kind = _text("药品类别：won 中选，not_won 非中选，decoction 饮片，granule 配方颗粒", "won")
    special = fields.Boolean(metadata={"description": "是否特药"})
    winning_price_fen = _fen("今天在本市执行的中选价（分）；没有就是 null，外省和历史的不在这里")
    unit_price_fen = fields.Float(
        allow_none=True, metadata={"description": "每个计量单位的中选价（分）", "example": 6.8}
    )
    payment_standard = fields.Nested(
        PaymentStandard,
        allow_none=True,
        metadata={"description": "医保支付标准，没有来源就是 null"},
    )
    batch = _text("采购批次", "第三批")
    in_force = fields.Boolean(metadata={"description": "中选价今天是否执行"})
    standing = fields.Nested(Coded, metadata={"description": "中选价的状态和原因"})
    announced_on = _day("中选结果公布日")
    valid_from = _day("有效期起")
    valid_until = _day("有效期止")
    source = _text("来源")
    notice_url = _text("公告网址")
    diseases = fields.List(fields.String(), metadata={"description": "目录里列在哪些病种下"})


class FoundDrug(DrugCard):
    """A drug with the reason it was found."""

    matched_by = fields.Nested(Coded, metadata={"description": "怎样匹配到的"})


class DrugsAsked(Paged):
    """What may be asked of the drugs."""

    q = words(64, about="通用名、商品名、拼音、首字母、病种，空着就按目录列出", example="ejsg")
    category = words(40, about="病种代码，例如 hypertension", example="hypertension")


class DrugsFound(Schema):
    """One page of drugs."""

    items = fields.List(fields.Nested(FoundDrug))
    total = fields.Integer(metadata={"example": 3})
    page = fields.Integer(metadata={"example": 1})
    page_size = fields.Integer(metadata={"example": 20})
    degraded = fields.Boolean(metadata={"description": "检索引擎降级时为 true"})


class WinHistory(Schema):
    """A winning price the drug had, somewhere, some time."""

    batch = _text("采购批次", "第三批")
    price_fen = _fen("当时的中选价（分）")
    standing = fields.Nested(Coded)
    announced_on = _day("公布日")
    notice_url = _text("公告网址")
    source = _text("来源")


class Sibling(DrugCard):
    """Another product of the same substance."""

    comparable = fields.Boolean(metadata={"description": "规格、剂型、包装都相同才可比"})
    note = _text("为什么可比或不可比", "不可比：包装不同")


class BandNumbers(Schema):
    """A price band with the version of its method."""

    low_fen = _fen("区间下边（分）")
    high_fen = _fen("区间上边（分）")
    clear_fen = _fen("超过它才叫明显偏高（分）")
    count = fields.Integer(metadata={"description": "几家药店", "example": 137})
    method = _text("算法版本", "band-1")
    day = _day("哪一天的区间")


class Bar(Schema):
    """One bar of a distribution, both ends counting."""

    from_fen = _fen("从（分）")
    to_fen = _fen("到（分）")
    count = fields.Integer(metadata={"example": 12})
    place = _text("in_band、above_band、clearly_high 或 no_band", "in_band")


class Distribution(Schema):
    """What the city's designated pharmacies ask for this product."""

    title = _text("一句话的结论", "多数在 4.16–5.00 元，最高 14.80 元")
    count = fields.Integer(metadata={"example": 137})
    min_fen = _fen("最低（分）")
    median_fen = _fen("中位数（分）")
    max_fen = _fen("最高（分）")
    winning_fen = _fen("中选价（分）")
    band = fields.Nested(BandNumbers, allow_none=True)
    bins = fields.List(fields.Nested(Bar))


class WinStep(Schema):
    """A winning price of this province."""

    batch = _text("采购批次", "第三批")
    announced_on = _day("公布日")
    price_fen = _fen("中选价（分）")
    standing = fields.Nested(Coded)


class WinningCourse(Schema):
    """What became of the winning price."""

    title = _text("一句话的结论", "2 次中选，从 4.16 元降到 3.40 元")
    steps = fields.List(fields.Nested(WinStep))


class BandOfDay(Schema):
    """The band of one day."""

    day = _day("哪一天")
    low_fen = _fen("区间下边（分）")
    high_fen = _fen("区间上边（分）")
    clear_fen = _fen("超过它才叫明显偏高（分）")
    count = fields.Integer(metadata={"description": "几家药店", "example": 137})


class DrugPage(DrugCard):
    """A drug with its price history, its distribution and the products beside it."""

    history = fields.List(fields.Nested(WinHistory))
    winning_course = fields.Nested(
        WinningCourse,
        allow_none=True,
        metadata={"description": "本省各批的中选价，由早到晚；不到两批为 null"},
    )
    band_course = fields.List(
        fields.Nested(BandOfDay), metadata={"description": "每天的区间，由早到晚，最多一年"}
    )
    same_substance = fields.List(fields.Nested(Sibling))
    distribution = fields.Nested(Distribution, allow_none=True)
    outlet_count = fields.Integer(metadata={"description": "多少家在卖", "example": 23})
