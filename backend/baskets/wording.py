"""Every sentence about a basket: what is asked wrongly, what a plan is best at, how they differ."""

from backend.money import yuan
from backend.prices.wording import distance

TITLES = {
    "cheapest": "最省钱",
    "shortest": "路最短",
    "one_stop": "只跑一家",
    "one_stop_cheapest": "只跑一家里最省钱",
    "one_stop_nearest": "只跑一家里最近",
    "between": "居中",
}
MEASURE = "路程是从您那里出发、走完几家、再回来的直线距离；实际的路更长。"
RULE = (
    "每种药买整盒，在这几家里最便宜的那家买；说没有货的不算，没有说的算有，去前请打电话问；"
    "很可能已变的价不算，除非附近没有别的价。"
)
NOTHING = "附近没有一家卖这些药，请看每种药的最近来源。"
ALTERNATIVES = "同成分、同规格、同剂型，别的厂家或包装；换药请先问医生或药师，单子里不替您换。"
NO_PLACE = "请填从哪里出发：lat 和 lon，或者区县。"
NO_SUCH_DRUG = "没有这个编码的药，请核对。"
WITHDRAWN = "这个编码已经撤销，请重新选这种药。"
TWICE = "和前面的一种药相同，请把数量合在一起。"
NO_COUNT = "不知道一盒有多少，请按盒填。"
A_LIST = "请填要买的药的列表。"
AN_ITEM = "请填药品编码和数量。"
TOO_FEW = "请至少填一种药。"
BEYOND_STOPS = "附近有卖，但和别的药凑不进这几家"


def too_many(most: int) -> str:
    """More drugs than a basket holds."""
    return f"最多 {most} 种药，请分两次算。"


def how_many_drugs(most: int) -> str:
    """How many drugs a basket holds."""
    return f"请填 1–{most} 种药。"


def of_drug(number: int, said: str, field: str = "") -> str:
    """What is wrong with one drug of the basket: 第 3 种药的数量：请填整数。"""
    return f"第 {number} 种药{f'的{field}' if field else ''}：{said}"


FIELDS = {"drug": "编码", "quantity": "数量", "unit": "单位"}


def together(said: list[str]) -> str:
    """Several things that are wrong, as one sentence."""
    return "；".join(one.rstrip("。") for one in said) + "。"


def heading(stops: int, total_fen: int, walk_m: int, missing: int) -> str:
    """A plan in one line."""
    lacks = f"，缺 {missing} 种" if missing else ""
    return f"{yuan(total_fen)} 元，跑 {stops} 家，来回 {distance(walk_m)}{lacks}"


def beside(name: str, fen: int, metres: int, stops: int) -> str:
    """How a plan stands to another, called `name`: 比最省钱的少走 1.2 公里，多花 8.40 元。

    fen, metres and stops are this plan's less the other's.
    """
    parts = [
        _more(metres, "多走", "少走", distance(abs(metres))),
        _more(stops, "多跑", "少跑", f"{abs(stops)} 家"),
        _more(fen, "多花", "省", f"{yuan(abs(fen))} 元"),
    ]
    return f"比“{name}”" + "，".join(filter(None, parts)) + "。"


def _more(number, more, less, words):
    return f"{more if number > 0 else less} {words}" if number else ""


def how_many(found: int, told: int, missing: int) -> str:
    """How many plans there are, and what is shown of them."""
    if not found:
        return NOTHING
    lacks = f"没有办法一次买齐，下面的都只缺 {missing} 种。" if missing else ""
    if found == told:
        return f"{lacks}{found} 个办法，价钱、路程、家数各有长短，由您选。"
    return (
        f"{lacks}{found} 个办法价钱、路程、家数各有长短，下面是 {told} 个：最省钱的、路最短的、"
        "只跑一家里最省钱的和最近的，其余按路程从近到远匀着取。"
    )


def looked_at(sellers: int, planned: int, radius_m: int, nearest: int, cheapest: int) -> str:
    """Among whom the plans are unbeaten."""
    where = f"{distance(radius_m)}内卖这些药的 {sellers} 家"
    if planned == sellers:
        return f"{where}全都比过，去不超过 3 家的办法没有漏掉的。"
    return (
        f"{where}里，比的是最近的 {nearest} 家和每种药最便宜的 {cheapest} 家，一共 {planned} 家；"
        "这些家里去不超过 3 家的办法没有漏掉的。"
    )


def floor(fen: int, above_fen: int, radius_m: int) -> str:
    """How much cheaper any plan could be at all."""
    where = f"{distance(radius_m)}内每种药都按最低价算是 {yuan(fen)} 元"
    if not above_fen:
        return f"{where}，最省钱的办法已经到了。"
    return f"{where}，再怎么跑最多还能省 {yuan(above_fen)} 元。"


def packs(count: int, unit: str, asked: int | None, left: int, pack_unit: str) -> str:
    """How many packs to buy: 2 盒（要 90 片，多 30 片）."""
    if asked is None:
        return f"{count} {unit}"
    more = f"，多 {left} {pack_unit}" if left else ""
    return f"{count} {unit}（要 {asked} {pack_unit}{more}）"
