"""Every sentence about the open data."""

PUBLISHES = "公布开放数据：版次、机构、价格、历史、判定办法、政策包"
LOOKING, WRITING, SEALING = "读取", "写开放数据", "核对开放数据"
TITLE = "三进通开放数据"
NO_DAY_YET = "还没有开放数据：每天 0:40 公布，也可以现在执行 flask data publish。"
NO_SUCH_DAY = "没有这一天的开放数据，可能已经过了保留的天数。"
NO_SUCH_FILE = "这一天的开放数据里没有这个文件。"
ANOTHER_IS_PUBLISHING = "另一个进程正在公布开放数据，请等它做完。"
NOTHING_TO_PUBLISH = "还没有发布过任何数据，没有可以公布的。"

META = {
    "day": "数据是哪一天的（城市时间）",
    "city": "哪个城市",
    "pack": "按哪一版政策包判定",
    "method": "区间的算法版本",
    "software": "程序的版本",
    "demo": "有没有演示的机构：true 表示机构和价格是程序生成的，不能用来买药",
    "small_count": "可能指向个人的数，从几次起公布",
    "licence": "许可",
    "currency": "金额的单位：列名以 _fen 结尾的都是分，1 元 = 100 分",
    "system": "坐标系",
}

FIGURES = {
    "edition": ("条", "这一版名单里有几条；没有写第几版的，是数据当天有效的那一版"),
    "drugs": ("种", "没有撤销的药品"),
    "drugs.won": ("种", "没有撤销、今天有中选价的药品"),
    "outlets": ("家", "没有撤销的机构"),
    "outlets.badge": ("家", "没有撤销的机构里，标识是这个状态的"),
    "outlets.district": ("家", "没有撤销的机构里，在这个区县的"),
    "outlets.kind": ("家", "没有撤销的机构里，属于这个类别的"),
    "price": ("个", "price 表的行数"),
    "price.verdict": ("个", "price 表里这种判定的行数"),
    "price.with_winning": ("个", "price 表里，药品今天有中选价的行数"),
    "price.at_or_below_winning": ("个", "price 表里，价格不高于今天中选价的行数"),
    "price.share_at_or_below_winning": ("%", "上面两个数相除，四舍五入到一位小数"),
    "bands": ("种", "数据当天有区间的药品"),
}

FILES = {
    "sanjin.db": "全部表，一个 SQLite 文件",
    "datapackage.json": "给程序读的说明（Frictionless Data Package）",
    "metadata.json": "给 Datasette 的说明",
    "dictionary.md": "数据字典",
    "SHA256SUMS": "校验和",
}
PACK_FILE = "政策包原文件"

FROM = "出处："
KEY = "主键"
HEAD = "| 列 | 名称 | 类型 | 单位 | 含义 |"

METHOD = (
    "机构自己申报的、监测和检查看到的价格，一行不少，写明哪一天、从哪里看到。",
    "居民反映和购药小票的价格会告诉别人谁在哪里买过药，所以不逐条公布："
    "同一机构、同一个药、同一个月至少 {k} 次，才公布次数和最低、中间、最高价，"
    "只写月份，过完那个月才公布。",
    "不到 {k} 次的并到区县的“其他”，再不到的并到全市的“其他”；"
    "公布的每个数都至少是 {k} 次，用总数去减也减不出更小的数。",
    "其余的表完全不看居民来源的价格。所以这里的区间和判定，是用公开的价格按同一个算法算的，"
    "和网站上的可能略有不同。",
    "凭证编号、交表的编号、数据库的编号都不在里面；机构的电话是机构对外公布的电话。",
)


def no_terms(pack: str) -> str:
    """A pack that does not say from how many on a count goes out."""
    return f"政策包 {pack} 没有写 open_data：不知道多少以下的数不能公布，请先补上。"


def method(k: int) -> tuple[str, ...]:
    """What goes out and what does not, for people."""
    return tuple(words.format(k=k) for words in METHOD)


def demo_title(title: str, *, demo: bool) -> str:
    """The title of the data; a demonstration says so."""
    return f"{title}（演示：机构和售价是虚构的）" if demo else title


def missing(name: str) -> str:
    """A file that should be there."""
    return f"{name}：没有这个文件"


def changed(name: str) -> str:
    """A file that is not as it was published."""
    return f"{name}：内容和校验和不符"


def astray(name: str) -> str:
    """A file nobody published."""
    return f"{name}：不在校验和的清单里"
