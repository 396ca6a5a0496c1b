"""Shapes of how prices went: of an outlet, of the city, and what changed."""

from marshmallow import Schema, fields, validate

from backend.prices.sheets import SOURCES
from backend.web.fields import NOT_TEXT, TOO_LONG, Asked, needed, one_of, whole, words
from miniprogram_api import facts_schemas as facts
from miniprogram_api.badges_schemas import Place
from miniprogram_api.drugs_schemas import DrugCard, WinStep
from miniprogram_api.facts_schemas import Coded, Named

_FORMAT = "json（默认）或 csv；也可以用 Accept 请求头"
_KEEP = "上次答案里的 next：只要那以后的变动；可以长期保存，天天接着取，不会漏、不会重复"


class PairAsked(Asked):
    """One drug at one outlet."""

    outlet = needed(40, about="定点编码", example="DEMO210103-0001")
    drug = needed(40, about="药品编码或医保编码", example="Y0C7BAP1ZXC")


class OutletHistoryAsked(PairAsked):
    """The same, and in which form."""

    format = one_of(("json", "csv"), about=_FORMAT)


class CityHistoryAsked(Asked):
    """How far back, and in which form."""

    days = whole(1, 3_653, about="往回几天", default=365, example=365)
    format = one_of(("json", "csv"), about=_FORMAT)


class HistorySource(Coded):
    """Where a price was seen."""

    code = facts.choice("来源的代码", SOURCES, "declaration")
    text = facts.text("给人看的话", "机构申报")


class SeenPrice(Schema):
    """An observation of one drug at one outlet."""

    observed_on = facts.day("观测日期", "2026-11-20")
    price_fen = facts.fen("价格（分）", 480)
    in_stock = facts.yes("有没有货；不知道为 null", allow_none=True)
    selling = facts.yes("那时还在卖")
    source = facts.one(HistorySource, "价格的来源")
    has_evidence = facts.yes("有没有凭证；凭证的内容不公布", example=False)
    counts = facts.yes("那天算数的一个：同一天来源分量大的，再后交的")
    current = facts.yes("正在显示的就是它", example=False)
    winning_price_fen = facts.maybe_fen("那天执行的中选价（分）；没有为 null")


class WinningStep(Schema):
    """The winning price from a day on."""

    day = facts.day("从哪一天起", "2026-03-01")
    price_fen = facts.maybe_fen("执行的中选价（分）；没有为 null")


class OutletHistory(Schema):
    """How the price of a drug went at an outlet."""

    outlet = facts.one(Place, "机构")
    drug = facts.one(DrugCard, "药品")
    title = facts.text("一句话的结论", "3 天看到过价格，从 4.80 元降到 4.35 元")
    items = facts.many(SeenPrice, "每一次观测，由早到晚；居民交来的只有正在显示的那一个")
    winning = facts.many(WinningStep, "同一段日子里执行的中选价")
    until = facts.day("到哪一天")
    more = facts.yes("更早的没有列出", example=False)


class CityDay(Schema):
    """What designated outlets asked on a day."""

    day = facts.day("哪一天")
    scope = facts.text("空是全部定点机构，pharmacy 是其中的药店", "")
    count = facts.whole("几家", 137)
    low_fen = facts.fen("低四分位（分）：有人要的价，最近秩", 416)
    median_fen = facts.fen("中间价（分）", 447)
    high_fen = facts.fen("高四分位（分）", 500)
    winning_price_fen = facts.maybe_fen("那天执行的中选价（分）；没有为 null")
    at_or_below_winning = facts.whole("不高于中选价的几家；没有中选价为 null", 41, allow_none=True)


class CityHistory(Schema):
    """How the prices of a drug went in the city."""

    drug = facts.one(DrugCard, "药品")
    title = facts.text("一句话的结论", "中间价从 4.80 元降到 4.47 元；现在 30% 的机构不高于中选价")
    items = facts.many(CityDay, "每天一次，由早到晚，不看居民交来的价格")
    winning = facts.many(WinStep, "本省各批的中选价，由早到晚；不到两批为空")


class FactsAsked(Asked):
    """From where on, of what, and how many at once."""

    cursor = fields.String(
        load_default="",
        validate=validate.Length(max=1_000, error=TOO_LONG),
        error_messages={"invalid": NOT_TEXT},
        metadata={"description": _KEEP},
    )
    outlet = words(40, about="只要一家机构的：定点编码", example="DEMO210103-0001")
    drug = words(40, about="只要一种药的：药品编码", example="Y0C7BAP1ZXC")
    page_size = whole(1, 1_000, about="每页几条", default=500, example=500)


class FactKind(Coded):
    """What kind of change it is; there may be more kinds one day."""

    code = facts.text(
        "变动的代码：price_down、price_up、restocked、sold_out、first_sold、no_longer_sold、"
        "joined、left；以后可能有别的",
        "price_down",
    )
    text = facts.text("给人看的话", "降价")


class FactCard(Schema):
    """Something that changed, told once."""

    kind = facts.one(FactKind, "哪一种变动")
    text = facts.text("一句话", "降价：4.80 元降到 4.35 元")
    day = facts.day("哪一天看到的，或从哪一天起")
    outlet = facts.one(Named, "机构；药品进出名单时为 null", allow_none=True)
    drug = facts.one(Named, "药品；机构进出三进时为 null", allow_none=True)
    before_fen = facts.maybe_fen("原来的价格（分）；没有为 null", 480)
    after_fen = facts.maybe_fen("现在的价格（分）；没有为 null", 435)
    publication = facts.whole("第几次发布；名单的进出为 null", 12, allow_none=True)


class Facts(Schema):
    """Some changes, and where to go on."""

    items = facts.many(FactCard, "先是价格和货（按发布的先后），再是名单的进出")
    next = facts.text("下次的 cursor，没有新的也给", None)
    more = facts.yes("后面已经还有", example=False)
