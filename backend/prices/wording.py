"""Every sentence about a price: the verdict, its reason, the band, the order, the age."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from backend.money import yuan
from backend.policy.payment import SelfPay
from backend.policy.wording import draft_notice as draft_notice


class Judged(Protocol):
    """What is needed of a verdict to speak about it."""

    @property
    def code(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def comparison(self) -> bool: ...
    @property
    def numbers(self) -> Mapping[str, Any]: ...


class Label(NamedTuple):
    """A verdict as a word and a shape; `tone` (good, fair, bad, quiet) only repeats it."""

    word: str
    shape: str
    tone: str


LABELS = {
    "compliant": Label("达标", "●", "good"),
    "in_band": Label("可加价区间内", "◐", "fair"),
    "above_band": Label("略高于区间", "◒", "fair"),
    "clearly_high": Label("明显偏高", "▲", "bad"),
    "off_winning": Label("偏离中选价", "▲", "bad"),
    "undetermined": Label("无法判定", "○", "quiet"),
    "not_applicable": Label("不适用", "–", "quiet"),
}
TAKES_BANDS = "按今天的价格计算相对集中价格区间"

WHY_NONE = {
    "nobody_sells": "还没有查到机构卖这种药",
    "none_in_stock": "卖的机构都说没有货",
    "none_in_reach": "附近没有，远一点有",
}
NO_FIGURES_YET = "还没有数过，第一个夜里会数。"
COMPARISON = Label("对比", "–", "quiet")

_STAYS_OUT = "这家机构应当参加三进，但三进名单里还没有它。"
_AT = "公立基层医疗机构按中选价卖，不加价。"
_ABOVE = "公立基层医疗机构应当按中选价卖，不能加价。"
_BELOW = "公立基层医疗机构应当按中选价卖，这里写的价比中选价低，请以机构实际收费为准。"

REASONS = {
    "at_winning": _AT,
    "above_winning": _ABOVE,
    "below_winning": _BELOW,
    "at_winning_not_joined": _AT + _STAYS_OUT,
    "above_winning_not_joined": _ABOVE + _STAYS_OUT,
    "below_winning_not_joined": _BELOW + _STAYS_OUT,
    "within_limit": "这家机构的医保协议约定按中选价，这个价没有超过中选价。",
    "over_limit": "这家机构的医保协议约定按中选价，这个价超过了中选价。",
    "agreement_unknown": "民营机构的药价由医保协议约定，我们还不知道这家机构怎么约定，所以不判定。",
    "no_ceiling": "这家机构的医保协议没有约定药价上限，没有可以对照的线。",
    "not_above_winning": "文件鼓励药店按不高于中选价卖，这个价做到了。",
    "in_band": "文件鼓励药店按不高于中选价卖，也允许适当加价；这个价没有超过多数药店的价格。",
    "above_band": "文件允许药店适当加价；这个价比多数药店略高，"
    "按本系统公布的算法，超过 {clear} 元才算明显偏高。",
    "clearly_high": "文件要求药店不得明显高于多数药店的价格；"
    "按本系统公布的算法，超过 {clear} 元就算明显偏高。",
    "too_few": "近期看到价格的药店不到 {needed} 家，算不出多数药店的价格，所以不判定。",
    "unlisted_pack": "这个规格或包装没有公布自己的中选价，要按差比价规则换算，本系统不自行换算。",
    "not_won": "这个药不是集采中选药品，没有中选价可以对照。",
    "expired": "这个药的中选价已经过了执行期，不能再拿来对照。",
    "not_yet": "这个药的中选价还没有开始执行，现在不能拿来对照。",
    "elsewhere": "这个药是在外省中选的，中选价不在本地执行。",
    "unsure": "这个药的中选价是不是在本地执行，还没有核实，所以不拿来对照。",
    "zero_markup_exception": "中药饮片、中药配方颗粒不在零差价的要求之内。",
    "kind_not_listed": "这类机构不在三进的范围里。",
    "not_designated": "这家机构不是医保定点机构，不在三进的范围里。",
    "not_joined": "这家机构没有参加三进，只作对比，不作判定。",
}

_PLACES = {
    "in_band": "没有超过多数药店的价格（{band} 元）",
    "above_band": "比多数药店（{band} 元）略高",
    "clearly_high": "比多数药店（{band} 元）高出很多",
}
CANNOT_SAY = "现在判不了该不该这样卖"
ONLY_BESIDE = "只作对比："

SOURCES = {
    "report": "居民反映",
    "declaration": "机构申报",
    "monitoring": "价格监测",
    "receipt": "购药小票",
    "inspection": "现场检查",
}

# Sheets of prices.
SPECIAL_REFUSED = "这是特药，只有参加三进并且有特药定点资格的机构才能选；请核对机构或删去这一行"
IN_THE_FUTURE = "观测日期在今天之后，请填看到这个价格的那一天"
TOO_OLD = "观测日期在五年以前，请核对年份"


def contradicts(row: int) -> str:
    """Two rows of one sheet give one outlet two prices for one drug on one day."""
    return f"与第 {row} 行是同一家机构、同一个药、同一天，价格却不同，请只留一行"


def doubtful(name: str, price_fen: int, median_fen: int, factor: int) -> str:
    """A price far from what others ask: to be looked at, not refused."""
    return (
        f"{name}：{yuan(price_fen)} 元，和各家的中位数 {yuan(median_fen)} 元相差 {factor} 倍以上，"
        "请核对单位和包装"
    )


def label(verdict: Judged) -> Label:
    """The word, shape and tone of a verdict; 对比 where it is none."""
    return COMPARISON if verdict.comparison else LABELS[verdict.code]


def reason(verdict: Judged) -> str:
    """Why the verdict is what it is, with the limits it rests on."""
    numbers = verdict.numbers
    clear = yuan(numbers["band"]["clear_fen"]) if numbers.get("band") else ""
    return REASONS[verdict.reason].format(clear=clear, needed=numbers.get("min_observations"))


def explain(verdict: Judged, *, unit: str = "盒") -> str:
    """One sentence for the card: how far from the winning price and from other pharmacies."""
    delta = verdict.numbers.get("delta_fen")
    if delta is None or (verdict.code == "not_applicable" and not verdict.comparison):
        return reason(verdict)
    parts = [difference(delta, unit=unit)]
    place = _place(verdict.numbers)
    if place:
        parts.append(place)
    if verdict.code == "undetermined":
        parts.append(CANNOT_SAY)
    return (ONLY_BESIDE if verdict.comparison else "") + "，".join(parts) + "。"


def difference(delta_fen: int, *, unit: str = "盒") -> str:
    """How far a price is from the winning price, per pack: 每盒比中选价贵 3.20 元."""
    if delta_fen == 0:
        return "和中选价一样"
    word = "贵" if delta_fen > 0 else "便宜"
    return f"每{unit}比中选价{word} {yuan(abs(delta_fen))} 元"


def _place(numbers):
    words = _PLACES.get(numbers.get("position"))
    return words and words.format(band=band_range(numbers["band"]))


def band_range(band: Mapping[str, Any]) -> str:
    """The bounds of a band (as numbers in 分): 4.16–5.00, or 4.16 where they meet."""
    low, high = yuan(band["low_fen"]), yuan(band["high_fen"])
    return low if low == high else f"{low}–{high}"


def distribution(band: Mapping[str, Any] | None, *, max_fen: int) -> str:
    """The title of a distribution, which is its answer."""
    if band is None:
        return f"看到的药店还不够多，算不出多数药店的价格；最高 {yuan(max_fen)} 元"
    return f"多数在 {band_range(band)} 元，最高 {yuan(max_fen)} 元"


def course(first_fen: int, last_fen: int, batches: int) -> str:
    """What became of a winning price from its first batch to its last."""
    if first_fen == last_fen:
        return f"{batches} 次中选，价格没有变，都是 {yuan(last_fen)} 元"
    verb = "降到" if last_fen < first_fen else "升到"
    return f"{batches} 次中选，从 {yuan(first_fen)} 元{verb} {yuan(last_fen)} 元"


def distance(metres: float | None) -> str:
    """How far it is: 420 米, 1.2 公里."""
    if metres is None:
        return "距离不详"
    whole = int(metres + 0.5)
    return f"{whole} 米" if whole < 1000 else f"{metres / 1000:.1f} 公里"


def why(code: str, numbers: Mapping[str, Any]) -> str:
    """Why an outlet stands where it stands (codes and numbers of prices/ranking.py)."""
    price, way = yuan(numbers["price_fen"]), distance(numbers.get("distance_m"))
    match code:
        case "by_distance":
            return f"按距离排：离您 {way}。"
        case "by_price":
            return f"按价格排：{price} 元；价格一样的，近的在前。"
        case "no_position":
            return "不知道这家机构离您多远，排在知道距离的后面。"
        case "outdated":
            return f"{price} 元很可能已经变了，或者有人说不对，所以排在后面。"
        case "out_of_stock":
            return "这家机构说没有货，排在后面。"
    return (
        f"综合排：价格 {price} 元，路程 {way}折 {yuan(numbers['way_fen'])} 元"
        f"（每公里 {yuan(numbers['fen_per_km'])} 元），"
        f"合计 {yuan(numbers['score_fen'])} 元，小的在前。"
    )


def self_pay(estimate: SelfPay) -> str:
    """What the person would pay, named an estimate, with where the standard comes from."""
    if estimate.own_fen is not None:
        return f"估算：您大约付 {yuan(estimate.own_fen)} 元（{estimate.source}），以实际结算为准。"
    return (
        f"估算：超过支付标准的 {yuan(estimate.above_fen)} 元由您自己付，"
        f"其余 {yuan(estimate.within_fen)} 元按您的医保待遇报销"
        f"（{estimate.source}），以实际结算为准。"
    )


def figures_title(judged: int, good: int, bad: int) -> str:
    """The finding of the verdicts: of those a rule reaches, how many keep it."""
    if not judged:
        return "今天没有能判的价格"
    return f"能判的 {judged} 个价格里，{good} 个没有越线，{bad} 个越线"


def products(count: int) -> str:
    """How many products a name stands for."""
    return f"{count} 个品规"
