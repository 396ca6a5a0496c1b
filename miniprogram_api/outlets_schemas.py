"""Shapes of outlets in the API; positions are GCJ-02 degrees, distances whole metres."""

from marshmallow import Schema, fields

from backend.web.fields import Paged, degrees, one_of, whole, words, yes


def _text(about, example=""):
    return fields.String(metadata={"description": about, "example": example})


class Named(Schema):
    """A code and its name."""

    code = _text("代码", "210103")
    name = _text("名称", "沈河区")


class BadgeStretch(Schema):
    """A stretch of an outlet's 三进 badge."""

    state = _text("active 在名单、suspended 暂停、left 退出、expired 过期、none 未参加", "active")
    text = _text("给人看的话", "三进机构")
    since = fields.String(allow_none=True, metadata={"description": "从哪一天起"})
    until = fields.String(allow_none=True, metadata={"description": "到哪一天止"})
    round = _text("公布批次", "首批")
    reason = _text("变更原因")


class Badge(BadgeStretch):
    """The 三进 badge of an outlet on the day asked."""

    edition = fields.Integer(allow_none=True, metadata={"description": "机构名单的版次"})


class Hours(Schema):
    """Opening hours and how they stand now."""

    text = _text("营业时间", "8:00-16:30")
    open = fields.Boolean(allow_none=True, metadata={"description": "现在是否营业，未知为 null"})
    state = _text("给人看的话", "营业中至 16:30")


class OutletCard(Schema):
    """An outlet as people see it."""

    code = _text("定点编码", "DEMO210103-0001")
    name = _text("名称", "演示沈河社区卫生服务中心01")
    kind = fields.Nested(Named)
    district = fields.Nested(Named)
    address = _text("地址")
    lat = fields.Float(allow_none=True, metadata={"description": "纬度，GCJ-02", "example": 41.79})
    lon = fields.Float(allow_none=True, metadata={"description": "经度，GCJ-02", "example": 123.45})
    phone = _text("电话")
    badge = fields.Nested(Badge)
    designated = fields.Boolean(metadata={"description": "是否医保定点"})
    agreement = _text("民营机构的价格约定，不知道为空")
    hours = fields.Nested(Hours)
    demo = fields.Boolean(metadata={"description": "演示数据（虚构机构）"})


class FoundOutlet(OutletCard):
    """An outlet with its distance and how many winning drugs it sells."""

    distance_m = fields.Integer(allow_none=True, metadata={"example": 420})
    drug_count = fields.Integer(metadata={"description": "在卖的中选药品数", "example": 86})


class Counted(Named):
    """A choice of a filter, and how many there are of it."""

    count = fields.Integer(metadata={"description": "选它会有多少家", "example": 31})


class OutletFacets(Schema):
    """How many outlets there are of each district, kind and badge."""

    district = fields.List(fields.Nested(Counted))
    kind = fields.List(fields.Nested(Counted))
    badge = fields.List(fields.Nested(Counted))


class OutletsFound(Schema):
    """One page of outlets."""

    items = fields.List(fields.Nested(FoundOutlet))
    facets = fields.Nested(
        OutletFacets,
        metadata={
            "description": "各区县、类别、三进状态各有多少家（算某一项时不管这一项自己选了什么）"
        },
    )
    total = fields.Integer(metadata={"example": 3})
    page = fields.Integer(metadata={"example": 1})
    page_size = fields.Integer(metadata={"example": 20})
    degraded = fields.Boolean()


BADGES = ("", "active", "suspended", "left", "expired", "none")


class PlaceAsked(Paged):
    """A place, and how far around it."""

    lat = degrees(-90, 90, about="纬度，GCJ-02", example=41.796)
    lon = degrees(-180, 180, about="经度，GCJ-02", example=123.455)
    radius_m = whole(1, 200_000, about="半径，米", example=3000)
    district = words(12, about="区县代码", example="210103")
    kind = words(30, about="机构类别代码", example="community_center")


class OutletsAsked(PlaceAsked):
    """What may be asked of the outlets."""

    q = words(64, about="机构名称", example="沈河社区")
    badge = one_of(BADGES, about="三进标识状态")
    sells = words(40, about="药品编码：只要在卖它的", example="")
    at_winning = yes(about="和 sells 一起：只要有货、不高于中选价的", default=False)
