"""Every sentence the residents' API says itself."""

HALF_A_PLACE = "纬度和经度要一起填。"
NO_SUCH_SHEET = "没有这种表，可以下载的是 drugs、aliases、product_codes、outlets、prices。"
NO_SUCH_LIST = "只有 drugs 和 outlets 两种名单。"
YOUR_PLACE = "您的位置"
ADDRESS_PLACE = "网址里的位置"
NO_POSITION = "没有读到位置，请选区县。"
ALL_KINDS = "都看"
NO_PRICE = "没有现行价"
NO_LIMIT = "不限"
ORDERS = {"distance": "离我近", "price": "价格低", "balanced": "综合"}
RADII = {1000: "1 公里", 3000: "3 公里", 5000: "5 公里"}
FIELDS = {
    "drug": "药品", "lat": "纬度", "lon": "经度", "radius_m": "距离", "district": "区县",
    "kind": "机构类别", "badge": "三进标识", "sort": "排序", "in_stock": "有货",
    "at_or_below_winning": "不高于中选价", "page": "页码", "page_size": "每页几条", "q": "查的字",
    "category": "病种", "price_fen": "价格（分）", "half_m": "图的大小", "width": "图宽",
    "height": "图高", "x": "横坐标", "y": "纵坐标",
    "show": "看哪些", "size": "大小", "code": "药盒上的码", "literal": "照原字查",
    "plan": "第几个办法", "outlet": "机构", "what": "什么不对", "offer": "报价编码",
    "drugs": "要买的药",
}  # fmt: skip
BADGE_CHOICES = {"active": "三进机构", "all": "所有机构"}
WHOLE_CITY = "全市"


def around(metres: int) -> str:
    """A window around where one stands."""
    return f"周围 {RADII[metres]}"


def mark(number: int, name: str, *, joined: bool) -> str:
    """A mark of the map, for who hears it."""
    return f"第 {number} 家，{name}{'' if joined else '，未参加三进'}"


def many_marks(count: int, first: list[int]) -> str:
    """A circle that counts, for who hears it."""
    numbers = "、".join(map(str, first))
    more = "等" if count > len(first) else ""
    return f"{count} 家靠得很近（第 {numbers}{more} 家），点开放大"


# The API's description for people.
OTHERWISE = "其他"
STATUSES = {"200": "答", "201": "收下了", "304": "没有变", "401": "要重新登录", "403": "不收",
            "404": "没有", "409": "现在不能这样", "410": "已经撤销",
            "422": "哪一项填得不对", "429": "问得太快", "503": "现在答不了",
            "default": "不能答时，为什么"}  # fmt: skip
KINDS = {"string": "文字", "integer": "整数", "number": "数", "boolean": "是否", "array": "列表",
         "object": "对象", "null": "或 null"}  # fmt: skip


def centre(district: str) -> str:
    """The place a district stands for."""
    return f"{district}中心"
