"""Shapes of badges as proof: the signed statement, a checked sign, the keys."""

from marshmallow import Schema, fields

from backend.web.fields import Asked, one_of, whole
from miniprogram_api import facts_schemas as facts
from miniprogram_api.outlets_schemas import Badge, BadgeStretch, Named

STATES = (
    "active 三进机构、suspended 暂停、left 退出、expired 过期、"
    "withdrawn 机构编码已撤销、none 未参加"
)


def _day(about, example="2026-03-01"):
    return facts.text(about, example, allow_none=True)


class Stretch(BadgeStretch):
    """A stretch of a badge; the last one of a withdrawn code is its withdrawal."""

    state = facts.text(STATES, "active")


class Standing(Badge):
    """A badge as it stands, since when, and why it was lost."""

    state = facts.text(STATES, "active")
    since = _day("这个状态从哪一天起")
    until = _day("到哪一天止，没有写明为 null", "2027-02-28")
    reason = facts.text("为什么不再是三进机构")


class Place(Schema):
    """Which outlet it is, and where."""

    code = facts.text("定点编码", "DEMO210103-0001")
    name = facts.text("名称", "演示沈河社区卫生服务中心01")
    kind = fields.Nested(Named)
    district = fields.Nested(Named)
    address = facts.text("地址", "沈阳市沈河区（演示地址，非真实门牌）")
    lat = fields.Float(allow_none=True, metadata={"description": "纬度，GCJ-02", "example": 41.79})
    lon = fields.Float(allow_none=True, metadata={"description": "经度，GCJ-02", "example": 123.45})
    phone = facts.text("电话")
    demo = fields.Boolean(metadata={"description": "演示数据（虚构机构）"})


class Replacement(Schema):
    """What took the place of a withdrawn code."""

    code = facts.text("替代的定点编码", "DEMO210103-0002")
    name = facts.text("名称")


class Proof(Schema):
    """An outlet's badge with the statement that was signed."""

    outlet = fields.Nested(Place)
    badge = fields.Nested(Standing)
    history = fields.List(fields.Nested(Stretch), metadata={"description": "历次变更，新的在前"})
    replaced_by = fields.Nested(Replacement, allow_none=True)
    checked_at = facts.text("证明签发的时间（UTC，整小时）", "2026-11-24T02:00:00Z")
    valid_until = facts.text("证明到什么时候为止有效（UTC）", "2026-11-25T02:00:00Z")
    signed = facts.text(
        "被签名的原文，逐字节就是它（UTF-8）",
        '{"type":"sanjin-badge-1","city":"shenyang","outlet":"DEMO210103-0001","state":"active",'
        '"since":"2026-03-01","until":null,"edition":2,"issued_at":"2026-11-24T02:00:00Z",'
        '"valid_until":"2026-11-25T02:00:00Z"}',
    )
    signature = facts.text("Ed25519 签名，base64url，64 字节", "bXlzaWc…")
    key = facts.text("签名用的密钥编号，公钥在 /api/v1/keys", "S8rmXA")


class Printed(Schema):
    """What a sign said when it was printed."""

    on = facts.text("印标牌的日子", "2026-11-01")
    edition = fields.Integer(allow_none=True, metadata={"description": "那天名单的版次"})


class Checked(Schema):
    """What a scanned sign is worth now."""

    verdict = facts.text(
        "genuine 真、outdated 真但该换、lost 已不是三进机构、forged 不是我们签发的、"
        "unknown_key 密钥不认识、unreadable 码不完整、unknown_outlet 没有这家机构",
        "genuine",
    )
    title = facts.text("一句话的结论", "这家现在是三进机构")
    advice = facts.text("怎么办")
    tone = facts.text("good、fair、bad 或 quiet", "good")
    outlet = fields.Nested(Place, allow_none=True)
    badge = fields.Nested(Standing, allow_none=True)
    printed = fields.Nested(Printed, allow_none=True)
    changes = fields.List(fields.String(), metadata={"description": "印好以后变了什么"})
    key = facts.text("签标牌的密钥编号", "S8rmXA", allow_none=True)
    replaced_by = fields.Nested(Replacement, allow_none=True)


class Key(Schema):
    """A public key."""

    key = facts.text("编号：公钥 SHA-256 的前 4 字节，base64url", "S8rmXA")
    public_key = facts.text(
        "公钥，base64url，32 字节", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    )
    algorithm = facts.text("算法", "Ed25519")
    current = fields.Boolean(metadata={"description": "现在签名用的是不是它"})


class Keys(Schema):
    """Every key whose signatures hold."""

    items = fields.List(fields.Nested(Key), metadata={"description": "现在的在前"})


class FeedAsked(Asked):
    """From where on the feed is read, how, and how much of it at once."""

    since = whole(0, 2**62, about="上次答案里的 next；0 是从头取全部", default=0, example=0)
    format = one_of(("json", "csv"), about="json（默认）或 csv；也可以用 Accept 请求头")
    page_size = whole(1, 5_000, about="每页几条", default=500, example=500)


class FeedRow(Schema):
    """An outlet that has or had a badge, as it stands now."""

    code = facts.text("定点编码", "DEMO210103-0001")
    name = facts.text("名称", "演示沈河社区卫生服务中心01")
    kind = facts.text("机构类别代码", "community_center")
    district = facts.text("区县代码", "210103")
    district_name = facts.text("区县", "沈河区")
    address = facts.text("地址", "沈阳市沈河区（演示地址，非真实门牌）")
    lat = fields.Float(allow_none=True, metadata={"description": "纬度，GCJ-02", "example": 41.79})
    lon = fields.Float(allow_none=True, metadata={"description": "经度，GCJ-02", "example": 123.45})
    phone = facts.text("电话")
    state = facts.text(STATES, "active")
    text = facts.text("给人看的话", "三进机构")
    since = _day("这个状态从哪一天起")
    until = _day("到哪一天止，没有写明为 null", "2027-02-28")
    round = facts.text("公布批次", "首批")
    reason = facts.text("为什么不再是三进机构")
    edition = fields.Integer(allow_none=True, metadata={"description": "机构名单的版次"})
    replaced_by = facts.text("撤销后替代的定点编码")
    demo = fields.Boolean(metadata={"description": "演示数据（虚构机构）"})
    changed = fields.Integer(metadata={"description": "变更序号", "example": 236})


class Feed(Schema):
    """Badges in the order they last changed."""

    items = fields.List(fields.Nested(FeedRow), metadata={"description": "按变更的先后"})
    next = fields.Integer(metadata={"description": "下次的 since", "example": 236})
    more = fields.Boolean(metadata={"description": "后面还有：马上用 next 再取"})
