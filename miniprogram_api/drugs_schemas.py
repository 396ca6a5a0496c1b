"""Shapes of drugs in the API; money is whole 分, unit prices 分 to two places."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from backend.catalog import wording
from backend.catalog.comparing import DIFFERENCES, NOTES
from backend.catalog.diseases import diseases
from backend.catalog.sheets import KINDS
from backend.prices.rules import ABOVE_BAND, CLEARLY_HIGH, IN_BAND, STANDINGS
from backend.web.fields import Paged, code_of, words
from miniprogram_api import facts_schemas as facts
from miniprogram_api.facts_schemas import Coded, Listed


class Brand(Schema):
    """A brand name and whose it is."""

    name = facts.text("商品名", "格华止")
    manufacturer = facts.text("企业；不知道为空")


class PaymentStandard(Schema):
    """What insurance reckons with, and who says so."""

    fen = facts.fen("医保支付标准（分）")
    source = facts.text("来源")


class WinStanding(Coded):
    """How the winning price stands here today."""

    code = facts.choice("中选价的状态", STANDINGS, "in_force")


class Matched(Coded):
    """How a drug was matched."""

    code = facts.choice("怎样匹配到的", wording.MATCHES, "initials")
    text = facts.text("给人看的话", "拼音首字母")


class DrugCard(Schema):
    """A drug product with the winning price that holds here today."""

    code = facts.text("药品编码（医保编码，没有的用本系统编码）", "Y0C7BAP1ZXC")
    core = facts.text("成分名", "二甲双胍")
    nhsa_code = facts.text("医保编码；没有为空")
    generic_name = facts.text("通用名", "盐酸二甲双胍缓释片")
    brand_names = facts.many(Brand, "商品名")
    dosage_form = facts.text("剂型", "缓释片")
    strength = facts.text("规格", "0.5g")
    pack = facts.text("包装", "0.5g×64片")
    pack_qty = facts.whole("每包数量；不知道为 null", 64, allow_none=True)
    pack_unit = facts.text("计量单位", "片")
    package_unit = facts.text("包装单位", "盒")
    manufacturer = facts.text("生产企业", "天方药业有限公司")
    approval_no = facts.text("批准文号", "国药准字H20044070")
    kind = facts.choice("won 中选，not_won 非中选，decoction 饮片，granule 配方颗粒", KINDS, "won")
    special = facts.yes("是否特药", example=False)
    winning_price_fen = facts.maybe_fen(
        "今天在本市执行的中选价（分）；没有就是 null，外省和历史的不在这里"
    )
    unit_price_fen = facts.number("每个计量单位的中选价（分）；不知道为 null", 6.8, allow_none=True)
    payment_standard = facts.one(PaymentStandard, "医保支付标准；没有来源是 null", allow_none=True)
    batch = facts.text("采购批次", "第三批")
    in_force = facts.yes("中选价今天是否执行")
    standing = facts.one(WinStanding, "中选价的状态和原因")
    announced_on = facts.maybe_day("中选结果公布日")
    valid_from = facts.maybe_day("有效期起")
    valid_until = facts.maybe_day("有效期止")
    source = facts.text("来源")
    notice_url = facts.text("公告网址；没有为空")
    diseases = fields.List(fields.String(), metadata={"description": "目录里列在哪些病种下"})


class FoundDrug(DrugCard):
    """A drug with the reason it was found."""

    matched_by = facts.one(Matched, "怎样匹配到的")
    differs = fields.List(
        fields.String(validate=OneOf(DIFFERENCES)),
        metadata={
            "description": "问了而它不是的：form 剂型、strength 规格包装、firm 企业、name 药名"
        },
    )


class Note(Coded):
    """Something said openly of how the words were read."""

    code = facts.choice("说的是什么", NOTES, "strength")
    text = facts.text("给人看的话", "没有“850mg”的，下面是别的规格、包装，请对着药盒看。")


class Absent(Schema):
    """A drug that is known, but not in the catalogue."""

    name = facts.text("药名", "头孢克肟")
    text = facts.text("给人看的话", "目录里没有“头孢克肟”。名字相近的是别的药，不能互相代替。")


class DidYouMean(Schema):
    """A name the words may mean."""

    words = facts.text("药名，可以拿来再查", "氯沙坦")
    note = facts.text("补充；没有为空", example="")


class Reading(Schema):
    """How the words were read."""

    words = facts.text("实际拿去查的字", "二甲双胍")
    left_out = fields.List(fields.String(), metadata={"description": "没有用上的字"})
    notes = facts.many(Note, "改了什么、换了什么，一条条说明")
    absent = facts.one(Absent, "知道有这种药而目录里没有；否则是 null", allow_none=True)
    asks = facts.many(DidYouMean, "您要找的是…：几个说法一样像的药名")


class DrugsAsked(Paged):
    """What may be asked of the drugs."""

    q = words(64, about="通用名、商品名、拼音、首字母、病种，空着就按目录列出", example="ejsg")
    category = code_of(
        lambda: [one.code for one in diseases()],
        about="病种代码",
        example="diabetes",
        error=lambda: wording.UNKNOWN_CATEGORY,
    )


class DrugsFound(Listed):
    """One page of drugs."""

    items = facts.many(FoundDrug, "这一页的药品")
    reading = facts.one(Reading, "这些字是怎样理解的")
    degraded = facts.yes("检索引擎降级时为 true", example=False)


class WinHistory(Schema):
    """A winning price the drug had, somewhere, some time."""

    batch = facts.text("采购批次", "第三批")
    price_fen = facts.fen("当时的中选价（分）")
    standing = facts.one(Coded, "当时的状态：official、assumed、historical、unsure、elsewhere")
    announced_on = facts.maybe_day("公布日")
    notice_url = facts.text("公告网址；没有为空")
    source = facts.text("来源")


class Sibling(DrugCard):
    """Another product of the same substance."""

    comparable = facts.yes("规格、剂型、包装都相同才可比", example=False)
    note = facts.text("为什么可比或不可比", "不可比：包装不同")


class BandNumbers(Schema):
    """A price band with the version of its method."""

    low_fen = facts.fen("区间下边（分）", 416)
    high_fen = facts.fen("区间上边（分）", 500)
    clear_fen = facts.fen("超过它才叫明显偏高（分）", 600)
    count = facts.whole("几家药店", 137)
    method = facts.text("算法版本", "band-1")
    day = facts.day("哪一天的区间", "2026-11-24")


class Bar(Schema):
    """One bar of a distribution, both ends counting."""

    from_fen = facts.fen("从（分）", 416)
    to_fen = facts.fen("到（分）", 455)
    count = facts.whole("几家", 12)
    place = facts.choice("在区间的哪里", (IN_BAND, ABOVE_BAND, CLEARLY_HIGH, "no_band"), IN_BAND)


class Distribution(Schema):
    """What the city's designated pharmacies ask for this product."""

    title = facts.text("一句话的结论", "多数在 4.16–5.00 元，最高 14.80 元")
    count = facts.whole("几家药店", 137)
    min_fen = facts.fen("最低（分）", 389)
    median_fen = facts.fen("中位数（分）", 447)
    max_fen = facts.fen("最高（分）", 1480)
    winning_fen = facts.maybe_fen("中选价（分）；没有就是 null")
    band = facts.one(BandNumbers, "相对集中价格区间；药店太少时是 null", allow_none=True)
    bins = facts.many(Bar, "一根根柱子，从低到高")


class WinStep(Schema):
    """A winning price of this province."""

    batch = facts.text("采购批次", "第三批")
    announced_on = facts.maybe_day("公布日")
    price_fen = facts.fen("中选价（分）")
    standing = facts.one(Coded, "当时的状态")


class WinningCourse(Schema):
    """What became of the winning price."""

    title = facts.text("一句话的结论", "2 次中选，从 4.16 元降到 3.40 元")
    steps = facts.many(WinStep, "由早到晚")


class BandOfDay(Schema):
    """The band of one day."""

    day = facts.day("哪一天")
    low_fen = facts.fen("区间下边（分）")
    high_fen = facts.fen("区间上边（分）")
    clear_fen = facts.fen("超过它才叫明显偏高（分）")
    count = facts.whole("几家药店", 137)


class DrugPage(DrugCard):
    """A drug with its price history, its distribution and the products beside it."""

    history = facts.many(WinHistory, "历次中选价，新的在前")
    winning_course = facts.one(
        WinningCourse, "本省各批的中选价，由早到晚；不到两批为 null", allow_none=True
    )
    band_course = facts.many(BandOfDay, "每天的区间，由早到晚，最多一年")
    same_substance = facts.many(Sibling, "同成分的其他产品，最多 30 个")
    distribution = facts.one(Distribution, "药店价格的分布；没有价格时是 null", allow_none=True)
    outlet_count = facts.whole("多少家在卖", 23)
