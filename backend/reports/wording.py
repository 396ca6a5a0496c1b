"""Every sentence the slice of reports says to a person."""

from backend.money import yuan

NIGHT = "把足够多人说的价格当作观测，忘掉到期的居民反映"
CODES = ("recorded", "superseded")

NOT_OPEN = "这个城市的政策包没有 [reports]，不收居民反映。"
NOT_COUNTED = "现在记不了，这一条没有记下。请过一会儿再点一次，或打咨询电话说。"

NEEDS_DRUG = "反映没货、价格不对，请写明是哪种药。"
NEEDS_NO_DRUG = "反映已停业、位置不对，说的是整家机构，请不要填这一项。"
NEEDS_NO_PRICE = "只有反映价格不对时才填价格。"
NOT_SOLD_HERE = "这家现在没有列出这种药的价格，没有可以更正的。"
NO_SUCH_OFFER = "没有这个报价编码，请用报价里的 offer，或者不填。"
NOT_YUAN = "请填金额，单位元，最多两位小数，例如 12.50；不知道就空着。"

SAYS = {
    "out_of_stock": "没货",
    "wrong_price": "价格不对",
    "closed": "已停业",
    "wrong_place": "位置不对",
}
TASKS = {"stock": "没货", "price": "价格不对", "closed": "已停业", "place": "位置不对"}
NOBODY = "不记您是谁：没有账号，不存地址；同一个来处同一件事一天只算一次。"
SUPERSEDED = "您看到的那个价格已经换成了更新的，这一条不用记。请再看一眼现在的价格。"

QUEUE_STATES = {"waiting": "待看", "kept": "属实", "set_aside": "不采用"}
TASK_STATES = {"open": "未办", "done": "已办"}
QUEUED_BY = {"sheet": "价格表", "reports": "居民反映"}
QUEUE_COLUMNS = (
    "编号", "来自", "机构编码", "机构", "药品编码", "药品", "规格包装", "价格（元）",
    "中位数（元）", "观测日期", "人数", "进队日期", "状态", "说明",
)  # fmt: skip
TASK_COLUMNS = (
    "编号", "什么事", "机构编码", "机构", "地址", "电话", "药品编码", "药品", "规格包装",
    "开出日期", "人数", "其中一天最多", "状态", "说明",
)  # fmt: skip
NOTHING_QUEUED = "没有等人看的价格。"
NO_TASKS = "没有要核实的事。"
NO_SUCH_REVIEW = "没有这个编号，请用 reports queue 列出的编号。"
NO_SUCH_TASK = "没有这个编号的未办事项，请用 reports tasks 列出的编号。"
DECIDED_ALREADY = "这一条已经看过了，结论没有改。"
DROPPED_LATER = "结论已记下；另一份表正在发布，不采用的价格夜里再换下。"
NEEDS_NOTE = "请用 --note 写明依据，例如打过电话、到过现场。"


def thanks(what: str, outlet: str, drug: str, price_fen: int | None) -> str:
    """What was recorded, said back."""
    about = f"，{drug}" if drug else ""
    asked = f"，问到的价 {yuan(price_fen)} 元" if price_fen is not None else ""
    return f"已记下：{outlet}{about}，{SAYS[what]}{asked}。"


def then(what: str, *, task: int, agree: int, priced: bool) -> str:
    """What happens with it next, with the numbers of the pack."""
    if what == "wrong_price" and priced:
        return (
            f"满 {agree} 个人都说这个价，而且没有更新的价格，就写上去，注明“居民反映”；"
            f"满 {task} 个人说价格不对，交工作人员核实。"
        )
    return f"满 {task} 个人都这样说，交工作人员核实；一个人说的不改动这里的内容。"


def too_many(count: int) -> str:
    """One asker reports more than is counted in a day."""
    return (
        f"一个来处一天最多记 {count} 条，今天的已经满了，这一条没有记下。明天再来，或打咨询电话说。"
    )


def delivery(day: str) -> str:
    """What the sheet of agreed prices is called."""
    return f"居民反映 {day}"


def set_aside(day: str) -> str:
    """What the act by which prices set aside give way is called."""
    return f"不采用的价格 {day}"


def evidence(askers: int) -> str:
    """What stands behind an observation that residents reported."""
    return f"{askers} 个来处说的是这个价"


def method(terms, outliers) -> tuple[str, ...]:
    """How reports are counted, in words, with the numbers of the pack."""
    return (
        "每个价格旁边可以点“没货”“价格不对”，机构页上可以点“已停业”“位置不对”。不用登录，不记是谁；"
        f"同一个来处同一件事一天只算一次，一天最多 {terms.per_asker_day} 条。",
        f"{terms.within_days} 天里，同一家机构满 {terms.task_closed} 个来处说已停业、"
        f"{terms.task_place} 个说位置不对，或者同一种药满 {terms.task_price} 个说价格不对、"
        f"{terms.task_stock} 个说没货，交工作人员核实。",
        f"{terms.within_days} 天里满 {terms.agree} 个来处说同一家、同一种药是同样的价，"
        f"其中一天里至少 {terms.agree_same_day} 个，而且没有更新的价格，当天夜里当作一次观测，"
        "来源写“居民反映”。"
        "一个来处说多少遍、说多少天，都改不了价格。",
        f"一种药至少有 {outliers.least} 家报价，而某个价高于中位数的 "
        f"{outliers.factor} 倍，或低于它的 1/{outliers.factor}，要有人看过："
        "居民反映的先不用，机构交来的照常公布，都不删。",
        f"计数留 {terms.keep_days} 天，到期删除。",
    )


def decided(what: str, state: str) -> str:
    """What follows from a decision at the queue."""
    if state == "set_aside":
        return (
            "不采用。"
            if what == "reports"
            else "不采用，已换成这家更早的一个价格，没有的不再列出。"
        )
    return "属实，已作为观测交入。" if what == "reports" else "属实，价格照旧。"


def queued(told: dict) -> str:
    """A price under review on one line of a terminal."""
    said = f"{told['人数']} 人" if told["来自"] == QUEUED_BY["reports"] else told["来自"]
    return (
        f"{told['编号']}  {told['机构']}  {told['药品']} {told['规格包装']}  "
        f"{told['价格（元）']} 元（中位数 {told['中位数（元）']}）  "
        f"{told['观测日期']}  {said}  {told['状态']}"
    )


def task(told: dict) -> str:
    """A task on one line of a terminal."""
    what = f"{told['药品']} {told['规格包装']}  " if told["药品"] else ""
    return (
        f"{told['编号']}  {told['什么事']}  {told['机构']}  {what}{told['人数']} 人"
        f"（一天最多 {told['其中一天最多']}）  {told['开出日期']} 起  {told['状态']}"
    )
