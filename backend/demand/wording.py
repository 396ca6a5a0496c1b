"""Every sentence the slice of unmet demand says to a person."""

FORGETS_DEMAND = "把过完的周合并，忘掉人数太少的求药记录"
NOWHERE = "没有说在哪里"
WHYS = {
    "nothing_found": "查不到这个名字",
    "nobody_sells": "全市没有机构在卖",
    "none_in_stock": "有机构卖，都没有货",
    "none_in_reach": "附近没有",
}
# A sheet a buyer can fill in: the last column is left to him.
COLUMNS = (
    "周一", "周日", "区县代码", "区县", "药品编码", "通用名", "规格包装", "生产企业", "采购批次",
    "中选价（元）", "查的字", "主要原因", "求药人数", "拟报数量",
)  # fmt: skip
NOT_COUNTED = "这个城市的政策包没有 [demand]，不计求药。"
NOTHING_YET = "这些周里没有可以公布的求药。"


def held_back(count: int, least: int) -> str:
    """How many matters are not shown, and why."""
    return f"另有 {count} 项不到 {least} 人，不列出，到期删除。"


def line(told: dict[str, str | int]) -> str:
    """A matter on one line of a terminal."""
    named = " ".join(str(told[name]) for name in ("通用名", "规格包装", "生产企业") if told[name])
    what = named or told["药品编码"] or f"“{told['查的字']}”"
    return (
        f"{told['周一']} 起一周  {told['区县']}  {what}  {told['主要原因']}  {told['求药人数']} 人"
    )
