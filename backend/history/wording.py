"""Every sentence the slice of history says to a person."""

from collections.abc import Sequence

from backend.money import yuan

KEEPS_HISTORY = "记下今天全市的价格、名单里谁进谁出；到期的观测每月留一次，到期的变动删掉"

# Kinds of facts by their public codes.
FACTS = {
    "price_down": "降价",
    "price_up": "涨价",
    "restocked": "到货",
    "sold_out": "缺货",
    "first_sold": "开始卖",
    "no_longer_sold": "不再卖",
    "joined": "进入三进",
    "left": "退出三进",
}
OUTLET_COLUMNS = (
    "观测日期", "价格（分）", "有货", "来源", "有凭证", "在卖", "那天算数", "正在显示",
    "那天的中选价（分）",
)  # fmt: skip
CITY_COLUMNS = (
    "日期", "范围", "家数", "低四分位（分）", "中间价（分）", "高四分位（分）", "中选价（分）",
    "不高于中选价的家数", "采购批次", "状态",
)  # fmt: skip
SCOPES = {"": "全部机构", "pharmacy": "药店", "winning": "中选价公布"}
NOBODY_SAW = "还没有看到过这家卖这种药的价格"
NOT_TAKEN = "还没有记下过全市的价格，第一个夜里会记。"
NO_LONGER = "现在不卖了"


def outlet_course(prices: Sequence[int], *, sells: bool) -> str:
    """What became of an outlet's price, from the days it was seen (分, the oldest first)."""
    if not prices:
        return NOBODY_SAW
    end = "" if sells else f"，{NO_LONGER}"
    if len(prices) == 1:
        return f"只看到过一天：{yuan(prices[0])} 元{end}"
    return f"{len(prices)} 天看到过价格，{_moved(prices)}{end}"


def city_course(medians: Sequence[int], share: int | None) -> str:
    """What became of the middle price (分), and how many of a hundred ask no more than is won."""
    if not medians:
        return NOT_TAKEN
    told = f"中间价{_moved(medians)}" if len(medians) > 1 else f"中间价 {yuan(medians[0])} 元"
    return told if share is None else f"{told}；现在 {share}% 的机构不高于中选价"


def _moved(prices):
    first, last = prices[0], prices[-1]
    if first == last:
        steady = len(set(prices)) == 1
        return f"一直是 {yuan(last)} 元" if steady else f"变过，又回到 {yuan(last)} 元"
    return f"从 {yuan(first)} 元{'降到' if last < first else '升到'} {yuan(last)} 元"


def fact(kind: str, before_fen: int | None, after_fen: int | None) -> str:
    """A fact in words: 降价：4.80 元降到 4.35 元."""
    word = FACTS[kind]
    if kind in ("price_down", "price_up") and before_fen is not None and after_fen is not None:
        verb = "降到" if kind == "price_down" else "升到"
        return f"{word}：{yuan(before_fen)} 元{verb} {yuan(after_fen)} 元"
    if after_fen is not None:
        return f"{word}：{yuan(after_fen)} 元"
    return word
