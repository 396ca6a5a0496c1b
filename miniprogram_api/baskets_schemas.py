"""Shapes of a basket: what is asked for, the plans side by side, what each outlet sells of it."""

from marshmallow import Schema, ValidationError, fields, validate

from backend.baskets import showing
from backend.baskets import wording as basket_wording
from backend.baskets.wanted import MOST_DRUGS, MOST_QUANTITY, PACKS, UNITS
from backend.outlets import wording
from backend.outlets.places import districts
from backend.web.fields import Asked, code_of, degrees, needed, one_of, whole
from miniprogram_api import facts_schemas as facts
from miniprogram_api.drugs_schemas import DrugCard
from miniprogram_api.facts_schemas import Coded
from miniprogram_api.offers_schemas import (
    Age,
    Confidence,
    OfferSource,
    ProxyCard,
    RankedOffer,
    VerdictCard,
)
from miniprogram_api.outlets_schemas import OutletCard


class BasketItem(Asked):
    """One drug and how much of it."""

    error_messages = {"type": basket_wording.AN_ITEM}

    drug = needed(40, about="药品编码或医保编码", example="Y0C7BAP1ZXC")
    quantity = whole(1, MOST_QUANTITY, about="多少：几盒，或几片", default=1, example=2)
    unit = one_of(
        (PACKS, UNITS), about="quantity 数的是什么：pack 盒，unit 片、支、袋", default=PACKS
    )


class BasketAsked(Asked):
    """Several drugs, and from where one sets out."""

    drugs = fields.List(
        fields.Nested(BasketItem, error_messages={"type": basket_wording.AN_ITEM}),
        required=True,
        validate=validate.Length(1, MOST_DRUGS, error=basket_wording.how_many_drugs(MOST_DRUGS)),
        error_messages={"required": basket_wording.TOO_FEW, "invalid": basket_wording.A_LIST},
        metadata={"description": f"要买的药，1–{MOST_DRUGS} 种，不重复"},
    )
    lat = degrees(-90, 90, about="从哪里出发：纬度，GCJ-02；和 lon 一起填", example=41.796)
    lon = degrees(-180, 180, about="从哪里出发：经度，GCJ-02；和 lat 一起填", example=123.455)
    district = code_of(
        lambda: [district.code for district in districts()],
        about="没有经纬度的，从这个区县的中心出发",
        example="210103",
        error=lambda: wording.UNKNOWN_DISTRICT_CODE,
    )

    def handle_error(self, error, data, **_):
        """Name the drug by its place in the list: 第 3 种药的数量：请填整数。"""
        told = dict(error.messages)
        if isinstance(told.get("drugs"), dict):
            told["drugs"] = list(_lines(told["drugs"]))
        raise ValidationError(told, data=data)


def _lines(by_place):
    for place, wrong in by_place.items():
        for field, said in wrong.items() if isinstance(wrong, dict) else [("", wrong)]:
            name = basket_wording.FIELDS.get(field, "" if field == "_schema" else field)
            yield basket_wording.of_drug(place + 1, said[0], name)


class BasketSource(Schema):
    """Where a drug that a plan lacks is to be had."""

    why = facts.one(Coded, "为什么缺：beyond_stops、nobody_sells、none_in_stock、none_in_reach")
    nearest = facts.one(RankedOffer, "最近的一家；没有为 null", allow_none=True)
    proxy = facts.one(ProxyCard, "代采的路；附近有卖的、政策包没有写的为 null", allow_none=True)


class Substitutes(Schema):
    """Others of just this substance, strength and form; never put in by themselves."""

    total = facts.whole("一共几种", 2)
    items = facts.many(DrugCard, "按中选价每片最便宜的几种")


class BasketDrug(Schema):
    """One drug of the basket."""

    drug = facts.one(DrugCard, "药品")
    packs = facts.whole("买几盒", 2)
    units = facts.whole("要几片；按盒要的为 null", 90, allow_none=True)
    left_over = facts.whole("整盒买，多出几片", 30)
    text = facts.text("给人看的话", "2 盒（要 90 片，多 30 片）")
    floor_fen = facts.maybe_fen("看过的范围里一盒的最低价（分）；没有人卖为 null", 435)
    source = facts.one(
        BasketSource, "有办法买不到它时，最近的来源；都买得到为 null", allow_none=True
    )
    substitutes = facts.one(Substitutes, "同成分、同规格、同剂型的别的厂家或包装")


class BasketLine(Schema):
    """One drug bought at one outlet of a plan."""

    drug = facts.text("药品编码", "Y0C7BAP1ZXC")
    packs = facts.whole("买几盒", 2)
    cost_fen = facts.fen("这几盒多少钱（分）", 960)
    offer = facts.text("报价编码", "P0A1B2C3D4E5F6")
    price_fen = facts.fen("一盒多少钱（分）", 480)
    winning_price_fen = facts.maybe_fen("中选价（分）；没有正在执行的是 null")
    delta_fen = facts.maybe_fen("比中选价贵（分），便宜为负；没有中选价是 null", 45)
    unit_price_fen = facts.number("每片的价格（分）；不知道为 null", 7.5, allow_none=True)
    verdict = facts.one(VerdictCard, "判定")
    in_stock = facts.yes("有货；没有说为 null", allow_none=True)
    observed_on = facts.day("观测日期", "2026-11-20")
    age = facts.one(Age, "这个价格有多旧")
    confidence = facts.one(Confidence, "价格和有货还有多可信")
    source = facts.one(OfferSource, "价格的来源")


class BasketStop(Schema):
    """One outlet of a plan, and what is bought there."""

    outlet = facts.one(OutletCard, "机构")
    distance_m = facts.whole("离出发地多少米，直线", 420)
    subtotal_fen = facts.fen("在这里一共多少钱（分）", 960)
    lines = facts.many(BasketLine, "在这里买的药")


class BasketTitle(Coded):
    """What a plan is best at."""

    code = facts.choice("最好在哪里；between 是介于其间", showing.TITLES, "cheapest")
    text = facts.text("给人看的话", "最省钱")


class BasketPlan(Schema):
    """A trip nobody beats in price, way and number of outlets together."""

    titles = facts.many(BasketTitle, "好在哪里")
    text = facts.text("一句话", "23.40 元，跑 2 家，来回 1.2 公里")
    beside = facts.text("和最省钱的比（它自己和路最短的比）；只有一个办法时为空")
    total_fen = facts.fen("一共多少钱（分）", 2340)
    walk_m = facts.whole("从出发地走完几家再回来多少米，直线", 1200)
    stops = facts.many(BasketStop, "去的机构，按顺序")
    missing = fields.List(
        fields.String(), metadata={"description": "这个办法里买不到的药：药品编码"}
    )


class LookedAt(Schema):
    """Among whom the plans are unbeaten."""

    radius_m = facts.whole("看了多远（米）", 5000)
    sellers = facts.whole("这个范围里卖其中任何一种药的机构", 1708)
    planned = facts.whole("其中逐一比过的", 240)
    text = facts.text("保证了什么")


class Basket(Schema):
    """Several drugs in one trip: the plans, none of them best for everyone."""

    drugs = facts.many(BasketDrug, "要买的药，按问的顺序")
    plans = facts.many(BasketPlan, "办法，便宜的在前；价钱、路程、家数没有一个样样不如另一个")
    found = facts.whole("一共有几个这样的办法", 4)
    text = facts.text("有几个办法，列出了哪几个")
    measure = facts.text("路程怎样量")
    rule = facts.text("怎样买")
    floor_fen = facts.fen("范围里每种药都按最低价算（分）：任何办法都不会更低；缺的药不算", 2300)
    floor_text = facts.text("离这个最低价还有多少；没有办法时为空")
    looked_at = facts.one(LookedAt, "比过哪些机构")
