"""Every sentence of the API's description that belongs to no single door."""

from backend.catalog.editions import LAST_NUMBER, LISTS
from backend.citizens.texts import kinds
from backend.web.fields import NOT_WHOLE

TITLE = "三进通公开接口"
HERE = "提供这份说明的服务器"
ABOUT = (
    "查集采药品在哪里买、多少钱、依据哪一条。查药、反映无需登录，也不与任何个人关联；"
    "只有 /api/v1/me 和退出登录要带登录的令牌（Authorization: Bearer …）。\n\n"
    "金额以分为单位（…_fen），距离以米为单位（distance_m），坐标是 GCJ-02，日期是城市的日期。"
    "不知道的是 null 或空串，写明在每个字段里。\n\n"
    "每个地址答哪些方法写在 Allow 里，其他方法答 405；能 GET 的都答 HEAD；"
    "/api/v1/baskets 用 POST 问，正文是 JSON，也只是问，什么都不留；"
    "/api/v1/reports 用 POST 说一声哪里不对，只计数，不记是谁；"
    "/api/v1/sessions 和 /api/v1/me 登录、看和改本人的信息；其余的只读。"
    "参数只能填一次，不认识的会被拒绝。"
    "不要登录的 GET，每个答案都有 ETag，带上 If-None-Match 再问，没有变就只答 304。\n\n"
    "/api/v1 只会增加：会有新的地址、新的可选参数、答案里新的字段，请忽略您不认识的字段。"
    "要停用的至少提前 6 个月写上 deprecated，并在答案里带 Deprecation 和 Sunset。"
)
WRONG_FIELDS = {"page": [NOT_WHOLE]}
A_WRONG_FIELD = f"page：{NOT_WHOLE}"
ANSWERED = "答案"
UNCHANGED = "和您手上的一样（If-None-Match），没有正文"
IF_NONE_MATCH = {
    "name": "If-None-Match", "in": "header", "required": False,
    "description": "您手上的答案的 ETag，可以是几个，用逗号隔开；没有变就只答 304",
    "schema": {"type": "string"},
    "example": '"6b0f3c2f0a1de2c59a7b8e41"',
}  # fmt: skip

SECURITY = {
    "session": {
        "type": "http",
        "scheme": "bearer",
        "description": "POST /api/v1/sessions 给的令牌",
    }
}

REFUSALS = {
    "bad_request": "正文不是 JSON",
    "not_for_you": "别的网站的网页替人交来的、自称程序的都不收",
    "sign_in_again": "没有带登录的令牌，或者它过期了、退出了：请重新登录",
    "risky_person": "微信认为这个账号有风险，不能登录",
    "text_changed": "说的不是今天这一版的说明（今天的写在 errors.version），"
    "或者要先同意“个人信息”（needs_consent）",
    "needs_consent": "要先同意“个人信息”的说明",
    "not_now": "现在不能这样办理",
    "not_found": "没有这个编码、这一版或这个地址",
    "gone": "这个编码已经撤销；有替代的写在 errors.replaced_by",
    "cursor_lost": "列表变了很多，接不上了：请从第一页重新看",
    "bad_input": "有参数不能用，errors 写明哪个参数、怎么改",
    "too_many": "问得太快，Retry-After 秒后再来",
    "try_again": "数据库一时不在，Retry-After 秒后再来",
    "our_fault": "我们这边出了问题，已经记下",
}

_TEXT, _SECONDS = {"type": "string"}, {"type": "integer", "minimum": 1}
HEADERS = {
    name: {"description": about, "required": True, "schema": schema, "example": example}
    for name, about, schema, example in (
        ("ETag", "这个答案的记号，下次放在 If-None-Match 里", _TEXT, '"6b0f3c2f0a1de2c59a7b8e41"'),
        ("Cache-Control", "能留多久：价格每次都要重新问", _TEXT, "private, no-cache"),
        ("Vary", "答案随哪些请求头而变", _TEXT, "Accept-Encoding"),
        ("Retry-After", "几秒后再来", _SECONDS, 12),
        ("Deprecation", "从什么时候起不再推荐（RFC 9745）", _TEXT, "@1798732800"),
        ("Sunset", "什么时候停用（RFC 8594）", _TEXT, "Thu, 01 Jul 2027 00:00:00 GMT"),
        ("WWW-Authenticate", "怎样登录：带 Bearer 令牌", _TEXT, 'Bearer realm="sanjin"'),
        ("Sanjin-Next", "下次的 since，和正文里的 next 一样", _TEXT, "236"),
        ("Sanjin-More", "1 是后面还有，0 是没有了", _TEXT, "0"),
        ("Sanjin-Signature", "正文（压缩以前的字节）的 Ed25519 签名，base64url", _TEXT, "bXlzaWc"),
        ("Sanjin-Key", "签名的密钥编号，公钥在 /api/v1/keys", _TEXT, "S8rmXA"),
        ("Link", "换成哪个地址（rel=\"successor-version\"）", _TEXT,
         '</api/v2/drugs>; rel="successor-version"'),
    )
}  # fmt: skip

_CODE: dict = {"type": "string", "minLength": 1, "maxLength": 40}
_A_DRUG = {"description": "药品编码或医保编码", "schema": _CODE, "example": "Y0C7BAP1ZXC"}
_IN_PATH: dict[str, dict] = {
    "drugs code": _A_DRUG,
    "history code": _A_DRUG,
    "outlets code": {"description": "定点编码", "schema": _CODE, "example": "DEMO210103-0001"},
    "badges code": {"description": "定点编码", "schema": _CODE, "example": "DEMO210103-0001"},
    "scan code": {
        "description": "追溯码（前 7 位就够）、商品条码、药品本位码、国药准字、医保编码",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "example": "0000007",
    },
    "badges token": {
        "description": "标牌二维码网址里的码",
        "schema": {"type": "string", "minLength": 1},
        "example": "AAAA",
    },
    "me kind": {
        "description": "哪一种同意：personal 个人信息、health 健康、place 位置、notices 通知",
        "schema": {"type": "string", "enum": list(kinds())},
        "example": "personal",
    },
    "messages group": {
        "description": "哪一组消息：alerts 提醒、answers 答复",
        "schema": {"type": "string", "minLength": 1, "maxLength": 16},
        "example": "alerts",
    },
    "messages number": {
        "description": "提醒的编号",
        "schema": {"type": "integer", "minimum": 1, "maximum": 2_147_483_647},
        "example": 1,
    },
    "lists kind": {
        "description": "哪一种名单：drugs 药品、outlets 机构",
        "schema": {"type": "string", "enum": list(LISTS)},
        "example": "outlets",
    },
    "lists number": {
        "description": "版次，从 1 起",
        "schema": {"type": "integer", "minimum": 1, "maximum": LAST_NUMBER},
        "example": 2,
    },
}


def in_path(tag: str, name: str) -> dict:
    """What stands in an address: what it is, its bounds, an example. KeyError for a new one."""
    return _IN_PATH[f"{tag} {name}"]


def info(phone: str) -> dict:
    """Who answers for the API."""
    return {
        "description": ABOUT,
        "summary": "集采药品的价格、判定和三进名单",
        "contact": {"name": f"医保咨询 {phone}", "url": f"tel:{phone}"},
        "license": {"name": "MIT", "identifier": "MIT"},
    }
