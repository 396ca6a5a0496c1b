"""Shapes of outlets in the API; positions are GCJ-02 degrees, distances whole metres."""

from marshmallow import Schema

from backend.outlets import wording
from backend.outlets.places import districts
from backend.policy.packs import pack_on
from backend.prices.lookups import city_moment
from backend.web.fields import Paged, code_of, degrees, one_of, whole, words, yes
from miniprogram_api import facts_schemas as facts
from miniprogram_api.facts_schemas import Listed, Named

BADGES = tuple(wording.BADGES)


class BadgeStretch(Schema):
    """A stretch of an outlet's 三进 badge."""

    state = facts.choice(
        "active 在名单、suspended 暂停、left 退出、expired 过期、none 未参加", BADGES, "active"
    )
    text = facts.text("给人看的话", "三进机构")
    since = facts.maybe_day("从哪一天起；未参加是 null", "2026-11-01")
    until = facts.maybe_day("到哪一天止；没有定是 null", "2027-10-31")
    round = facts.text("公布批次", "首批")
    reason = facts.text("变更原因；没有为空")


class Badge(BadgeStretch):
    """The 三进 badge of an outlet on the day asked."""

    edition = facts.whole("在机构名单的第几版里；不在是 null", 2, allow_none=True)


class Hours(Schema):
    """Opening hours and how they stand now."""

    text = facts.text("营业时间；不知道为空", "8:00-16:30")
    open = facts.yes("现在是否营业，不知道为 null", allow_none=True)
    state = facts.text("给人看的话", "营业中至 16:30")


class OutletCard(Schema):
    """An outlet as people see it."""

    code = facts.text("定点编码", "DEMO210103-0001")
    name = facts.text("名称", "演示沈河社区卫生服务中心01")
    kind = facts.one(Named, "机构类别")
    district = facts.one(Named, "区县")
    address = facts.text("地址；不知道为空")
    lat = facts.number("纬度，GCJ-02；不知道为 null", 41.79, allow_none=True)
    lon = facts.number("经度，GCJ-02；不知道为 null", 123.45, allow_none=True)
    phone = facts.text("电话；不知道为空")
    badge = facts.one(Badge, "三进标识")
    designated = facts.yes("是否医保定点")
    agreement = facts.text("民营机构的价格约定（at_winning、free），不知道为空")
    hours = facts.one(Hours, "营业时间")
    demo = facts.yes("演示数据（虚构机构）")


class FoundOutlet(OutletCard):
    """An outlet with its distance and how many winning drugs it sells."""

    distance_m = facts.whole("离您多少米；不知道为 null", 420, allow_none=True)
    drug_count = facts.whole("在卖的中选药品数", 86)


class Counted(Named):
    """A choice of a filter, and how many there are of it."""

    count = facts.whole("选它会有多少家", 31)


class OutletFacets(Schema):
    """How many outlets there are of each district, kind and badge."""

    district = facts.many(Counted, "各区县")
    kind = facts.many(Counted, "各类别")
    badge = facts.many(Counted, "各种三进标识")


class Understood(Schema):
    """What of the words was taken for a district or a kind of outlet."""

    applied = facts.yes("true：按它筛选了；false：有机构就叫这个名字，没有筛选，可以自己选")
    words = facts.text("余下的、按名称查的字", "")
    said = facts.text("说类别的字，没有说的为空", "药店")
    districts = facts.many(Named, "区县，可能几个；没有说的是空的")
    kinds = facts.many(Named, "类别，可能几种")


class OutletsFound(Listed):
    """One page of outlets."""

    items = facts.many(FoundOutlet, "这一页的机构")
    facets = facts.one(
        OutletFacets,
        "各区县、类别、三进状态各有多少家（算某一项时不管这一项自己选了什么）",
    )
    understood = facts.one(
        Understood,
        "q 里的区县、类别；没有的为 null。不要这样理解，加 literal=true",
        allow_none=True,
    )
    degraded = facts.yes("检索引擎降级时为 true", example=False)


def _pack():
    return pack_on("shenyang", city_moment().date())


class PlaceAsked(Paged):
    """A place, and how far around it."""

    lat = degrees(-90, 90, about="纬度，GCJ-02；和 lon 一起填", example=41.796)
    lon = degrees(-180, 180, about="经度，GCJ-02；和 lat 一起填", example=123.455)
    radius_m = whole(1, 200_000, about="半径，米", example=3000)
    district = code_of(
        lambda: [district.code for district in districts()],
        about="区县代码",
        example="210103",
        error=lambda: wording.UNKNOWN_DISTRICT_CODE,
    )
    kind = code_of(
        lambda: _pack().outlet_kinds,
        about="机构类别代码",
        example="community_center",
        error=lambda: wording.unknown_kind_code(_pack()),
    )


class OutletsAsked(PlaceAsked):
    """What may be asked of the outlets."""

    q = words(64, about="机构名称", example="沈河")
    badge = one_of(BADGES, about="三进标识状态")
    sells = words(40, about="药品编码：只要在卖它的", example="Y0C7BAP1ZXC")
    literal = yes(about="q 只当名称和地址查，不从里面认区县和类别", default=False)
    at_winning = yes(about="和 sells 一起：只要有货、不高于中选价的", default=False)
