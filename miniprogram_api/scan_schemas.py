"""Shapes of a scanned code: what it is, what it stands for, what a price asked for it is."""

from marshmallow import Schema, fields

from backend.catalog.packcodes import KINDS
from backend.outlets import wording
from backend.outlets.places import districts
from backend.web.fields import Asked, code_of, degrees, whole, words
from miniprogram_api import facts_schemas as facts
from miniprogram_api.drugs_schemas import DrugCard
from miniprogram_api.facts_schemas import Named
from miniprogram_api.offers_schemas import RankedOffer, VerdictCard


class ScanAsked(Asked):
    """Beside the code: a price one was asked, which of several products, from where."""

    price_fen = whole(1, 100_000_000, about="问到的价格（分，每个最小包装）", example=480)
    drug = words(40, about="一个码有几种药时选哪一种：药品编码", example="Y0C7BAP1ZXC")
    lat = degrees(-90, 90, about="纬度，GCJ-02；和 lon 一起填", example=41.796)
    lon = degrees(-180, 180, about="经度，GCJ-02；和 lat 一起填", example=123.455)
    district = code_of(
        lambda: [district.code for district in districts()],
        about="区县代码",
        example="210103",
        error=lambda: wording.UNKNOWN_DISTRICT_CODE,
    )


class CodeRead(Schema):
    """What was understood of the code, without what names the single box."""

    kind = facts.choice(
        "trace 追溯码、gtin 商品条码、base 药品本位码、approval 批准文号、nhsa 医保编码",
        KINDS,
        "trace",
    )
    name = facts.text("是哪一种码", "药品追溯码（前 7 位）")
    text = facts.text("认出药品用的那一段；下次只发这一段就够", "0000007")


class PlaceVerdict(Schema):
    """What the rule says of a price at one class of outlets."""

    place = facts.one(Named, "哪一类机构：public、private、pharmacy")
    verdict = facts.one(VerdictCard, "判定")


class AskedPrice(Schema):
    """A price somebody was asked, beside the winning price."""

    price_fen = facts.fen("问到的价格（分）", 480)
    winning_price_fen = facts.maybe_fen("中选价（分）；没有正在执行的是 null")
    delta_fen = facts.maybe_fen("比中选价贵（分），便宜为负；没有中选价是 null", 45)
    text = facts.text("和中选价比；不能比为空", "每盒比中选价贵 0.45 元")
    supposed = facts.text("判定假定了什么")
    verdicts = facts.many(PlaceVerdict, "三类机构各自的判定")


class Scanned(Schema):
    """A code, the product it stands for, and who sells that near."""

    code = facts.one(CodeRead, "认出来的码")
    known = facts.yes("有没有对上药")
    source = facts.text("对照的来源；国药准字和医保编码写在药品上，为空", "演示对照")
    demo = facts.yes("演示对照：这个码是虚构的")
    note = facts.text("要说的一句话；没有为空")
    drugs = facts.many(DrugCard, "这个码的药，可能有几种包装")
    drug = facts.one(DrugCard, "选定的那一种；还要选时是 null", allow_none=True)
    offers = facts.many(RankedOffer, "最近的几家；没有说从哪里量，按价格")
    total = facts.whole("一共几家在卖", 23)
    asked = facts.one(AskedPrice, "问到的价；没有问是 null", allow_none=True)
    advice = fields.List(fields.String(), metadata={"description": "没有对上药时怎么办"})
