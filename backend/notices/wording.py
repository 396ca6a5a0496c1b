"""What is said about messages to people, beside the messages themselves (kinds.toml)."""

MESSAGES = "给您的消息"
CHOICES = "消息的订阅和退订"
NO_SUCH_GROUP = "没有这一组消息。"
NOBODY_TO_CALL = "没有等着打电话的这一条。"
FORGETS_NOTICES = "删除到期的消息"
NONE = "没有。"
NEEDS_CONSENT = "要先同意“通知”和“健康”两种说明：知道您关注哪种药，才能告诉您。"
NO_PLACE = "进入三进不分地方，不用填。"
NO_SUCH_PLACE = "没有这个机构，也没有这个区县；不填就是全市。"
NO_SUCH_ALERT = "没有等着的这一条提醒。"
ALERTS = "等着的提醒"
CANCELLED = "好的，不再告诉您这件事。"


def too_many_alerts(most: int) -> str:
    """Why another alert is refused."""
    return f"一个人最多同时等 {most} 条提醒，请先取消几条。"


_STATES = {
    "waiting": "等着", "sending": "正在发", "sent": "发了", "unknown": "可能发到了",
    "inbox": "只在站内信", "call": "等人打电话", "called": "打过电话", "parked": "停着",
    "joined": "合在别的一条里",
}  # fmt: skip
_RUNGS = {"": "", "chat": "客服消息", "subscribed": "订阅消息", "inbox": "站内信", "call": "电话"}
_WHY = {
    "": "", "open_window": "窗口开着", "allowed": "订阅过", "may_have_arrived": "可能已经发到",
    "unwanted": "退订了", "no_other_way": "没有别的路", "unreadable": "密钥丢了，打不开",
}  # fmt: skip


def line(notice) -> str:
    """A message in one line; not to whom, nor what it says."""
    moment = notice.owed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    code = f"微信的错误码 {notice.code}" if notice.code else ""
    how = "，".join(filter(None, (_RUNGS[notice.rung], _WHY[notice.why], code)))
    state = f"{_STATES[notice.state]}（{how}）" if how else _STATES[notice.state]
    return f"{notice.id}  {moment}  {notice.kind}  {state}，试了 {notice.tries} 次"


def sent_again(count: int) -> str:
    """How many try anew."""
    return f"{count} 条重新发。"


def counted(counts: dict[str, int]) -> str:
    """How many there are of each state."""
    return "，".join(f"{_STATES[state]} {count}" for state, count in sorted(counts.items())) or NONE


def more(count: int) -> str:
    """How many did not fit."""
    return f"…… 还有 {count} 条，在小程序的“消息”里。"


def heading(name: str, title: str, group: str) -> str:
    """What a preview is of."""
    return f"{name}  {title}（{group} 组，值是演示的）"


def part(number: int, size: int, words: str) -> str:
    """One part of a conversation."""
    return f"  客服消息、站内信 {number}（{size} 字节）：{words}"


def field(name: str, value: str) -> str:
    """One value of a subscribed message."""
    return f"  订阅消息 {name}：{value}"


def opens(page: str) -> str:
    """The page it opens."""
    return f"  打开 {page}"


# What the staff is told of the house: counts only.
TROUBLE, OVER = "三进通：要看一下", "三进通：好了"
_TROUBLES = {
    "parked": "{count} 条给人的消息停着，flask notices list 看为什么，改好了 flask notices retry",
    "calls": "{count} 条消息等人打电话，flask notices list --state call",
    "notices_old": "给人的消息排了十分钟以上没有发，看后台进程和微信",
    "pushes_failed": "{count} 条微信推来的没有办成，flask pushes list",
    "pushes_old": "微信推来的排了十分钟以上没有办，看后台进程",
    "queue_away": "后台任务的队列连不上",
    "queue_old": "后台任务排了十分钟以上，看后台进程",
    "token": "微信的令牌取不到，看日志里的错误码",
    "search": "检索服务不在，内置的索引顶着",
}


def trouble(name: str, count: int) -> str:
    """What stands still."""
    return f"{_TROUBLES[name].format(count=count)}。"


def over(name: str) -> str:
    """What goes on again."""
    return f"过去了：{_TROUBLES[name].partition('，')[0].replace('{count} 条', '')}。"
