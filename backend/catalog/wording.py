"""Every sentence the catalogue says to a person."""

from collections.abc import Sequence

NEEDED_WITH_A_PRICE = "有中选价的行必须填写这一列"

STANDINGS = {
    "official": "执行中",
    "assumed": "演示：假定仍有效",
    "historical": "历史中选价，协议期已过",
    "unsure": "归属待核",
    "elsewhere": "外省中选",
    "not_yet": "尚未开始执行",
    "expired": "已过执行期",
    "none": "非中选药品",
    "unlisted_pack": "同企业其他规格中选，本规格的换算价未公布",
}

MATCHES = {
    "code": "编码相同",
    "name": "名称相同",
    "core": "成分相同",
    "alias": "商品名或俗名",
    "prefix": "名称开头相同",
    "infix": "名称中含有",
    "pinyin": "拼音",
    "initials": "拼音首字母",
    "homophone": "读音相同",
    "typo": "相近的写法",
    "tag": "按病种",
    "maker": "生产企业",
    "spec": "规格",
    "browse": "三进目录",
}


def left_out(words: Sequence[str]) -> str:
    """Words of the question that nothing answers to."""
    return f"没有用上的字：{'、'.join(words)}。"


def other_strength(asked: str) -> str:
    """Nobody makes it in the strength or pack that was asked for."""
    return f"没有“{asked}”的，下面是别的规格、包装，请对着药盒看。"


def other_form(asked: str) -> str:
    """It is not there in the form that was asked for."""
    return f"没有“{asked}”这种剂型的，下面是同一成分的别的剂型，请对着药盒看。"


def other_firm(asked: str) -> str:
    """It is not there from the firm that was asked for."""
    return f"没有“{asked}”的，下面是别的企业的。"


def other_name(asked: str) -> str:
    """No drug is called just so: what is found has the name in its own."""
    return f"目录里没有就叫“{asked}”的药；下面的药名里有这几个字，不是同一种药。"


def repaired(asked: str, substance: str) -> str:
    """The words were taken for misspelt."""
    return f"没有“{asked}”，按“{substance}”查的。"


def absent(asked: str, substance: str) -> str:
    """A drug there is, but not in the catalogue."""
    same = "" if asked == substance else f"（就是{substance}）"
    return f"目录里没有“{asked}”{same}。名字相近的是别的药，不能互相代替。"


NEAR_NAME = "名字相近，不是同一种药"
NOT_LISTED = "目录里没有"
ONE_OF_TWO = "名字里的一种"

BY_PURPOSE = "按病种看"


def products(count: int) -> str:
    """How many products a name stands for."""
    return f"{count} 个品规"


def is_called(substance: str) -> str:
    """What a popular name or a brand stands for, said after it."""
    return f" → {substance}"


def branded(generic_name: str, brand: str) -> str:
    """A product by both its names."""
    return f"{generic_name}（{brand}）"


NO_SUCH_DRUG = "没有这个药品编码。"
DRUG_WITHDRAWN = "这个药品编码已经撤销。"
NO_SUCH_EDITION = "没有这一版名单。"
NO_EDITION_YET = "名单还没有公布过。"
UNKNOWN_CATEGORY = "没有这个病种，请从首页的常见病里选。"


def two_prices(row: int) -> str:
    """One product, one batch, two prices."""
    return f"同一药品同一批次有两个中选价，与第 {row} 行矛盾"


COMPARABLE = "同规格同包装，可以直接比"
INCOMPARABLE = (
    ("generic_name", "不可比：剂型或成分不同"),
    ("strength", "不可比：规格不同"),
    ("pack_qty", "不可比：包装不同"),
)

# The codes on a box.
NO_NUMBER_INSIDE = "这个 GS1 码里没有商品条码（01 开头的那一段），请换盒上别的码试试。"
IN_THE_DRUG_SHEET = "国药准字和医保编码写在药品表里，这张表只收追溯码前 7 位、商品条码、药品本位码"
NOT_READ = "不是追溯码前 7 位、商品条码或药品本位码，或者校验位不对"


def wrong_check_digit(given: str, right: str) -> str:
    """A GS1 number whose last digit does not follow from the others."""
    return (
        f"校验位不对：最后一位是 {given}，按前面的数字应当是 {right}。"
        "多半有一位扫错或抄错了，请对着盒子再看一遍。"
    )


def not_a_code(digits: int) -> str:
    """What was typed is none of the codes; `digits` is how many, where it was digits only."""
    which = (
        "能查的有：追溯码（20 位数字）、商品条码（13 位）、国药准字（字母加 8 位数字）、医保编码。"
    )
    if digits == 8:
        return f"这是 8 位数字。国药准字要连同前面的字母一起填，例如 H20052330。{which}"
    if digits:
        return f"这是 {digits} 位数字，不是认得的码。{which}请看看有没有少一位、多一位。"
    return f"这不是认得的码。{which}"


def two_products(row: int) -> str:
    """One code, two products."""
    return f"同一个码对着两种药，与第 {row} 行矛盾"
