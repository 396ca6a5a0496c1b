"""Every sentence of the content check."""

from datetime import datetime

ASKS = "把等着的图交给微信检查，接它的结论；等不到的请人看"

HELD = "等着交给微信检查的图"
STATES = {"asked": "等微信", "pass": "可以公开", "review": "等人看", "risky": "不能公开"}
KINDS = {"words": "文字", "image": "图片"}
BY = {"": "", "wechat": "微信", "person": "工作人员"}
# What the submitter is told; of what passed there is nothing to tell.
TOLD = {
    "asked": "图片已收到，正在检查，通过以后才公开。",
    "pass": "",
    "review": "已收到。工作人员会先看一看再公开；已经交的不会丢，不用再交一次。",
}
WHY = {
    "": "",
    "label": "微信的结论",
    "not_to_leave": "不许交给微信",
    "too_long": "太长，没有问微信",
    "not_asked_in_time": "两小时里没有问成",
    "tried_often": "问了很多次没有问成",
    "no_verdict": "等不到微信的结论",
    "could_not_download": "微信取不到这张图",
    "nothing_said": "没有微信的结论",
    "not_valid": "微信说这次的结论不算数",
    "of_version_1": "微信用旧版的格式推来",
    "let_go": "本人删除了自己的信息",
    "unopenable": "密钥换掉了，打不开要问的内容",
    "person_not_seen_lately": "微信查不了：两小时里没有打开过小程序",
    "not_our_person": "微信查不了：不是这个小程序的用户",
    "risky_by_version_1": "微信用旧版的错误码回答",
    "no_answer": "微信没有回答",
    "rests": "微信连着几次没有回答",
    "busy": "微信忙",
    "too_often": "问微信问得太快",
    "day_is_full": "今天问微信的次数用完了",
    "token_awaited": "等不到微信的令牌",
    "token_refused": "微信不认令牌",
    "settings": "微信的设置有误",
    "address_not_allowed": "服务器的地址不在微信的名单里",
    "not_allowed_to_us": "微信没有给我们这项能力",
    "our_data": "我们问的不合微信的格式",
    "our_call": "我们问错了地方",
    "asked_before": "微信说这张图问过了",
    "unknown": "微信答了不认识的错误码",
}

NEEDS_NOTE = "请用 --note 写明为什么这样定。"
NO_SUCH_CHECK = "没有这个编号，请用 checks list 列出的编号。"
NOT_YET = "还在等微信的结论，等不到时会转来给人看。"
DECIDED_ALREADY = "这一条已经有结论了，没有改。"
NOTHING_LEFT = "这段话当时就没有收，没有留下，没有什么可以公开。"
NOTHING_TO_SAMPLE = "一天里没有微信放行的。"
NOTHING_WAITS = "没有等人看的。"


def refused(whom: str) -> str:
    """The words are not taken; `whom` says whom to call."""
    return (
        "这段话没有提交，我们也没有留下：微信的内容检查认为它含有不能公开的内容。"
        f"请换一种说法再交。认为没有问题的，可以打电话说，{whom}"
    )


def line(told: dict, now: datetime) -> str:
    """One check on one line of a terminal."""
    return (
        f"{told['code']}  {KINDS[told['what']]}  {told['about']}  {STATES[told['state']]}"
        f"（{_age(now - told['since'])}）  {why(told)}"
    ).rstrip()


def shown(told: dict) -> list[str]:
    """One check, line by line."""
    lines = [
        f"编号  {told['code']}",
        f"什么  {KINDS[told['what']]}，{told['about']}",
        f"状态  {STATES[told['state']]}",
        f"原因  {why(told)}",
        f"交来  {_when(told['made_at'])}",
        f"问微信  {told['tries']} 次，收下 {_when(told['asked_at'])}",
        f"检查号  {told['trace_id'] or '没有'}",
    ]
    if told["decided_at"]:
        lines.append(
            f"定的  {BY[told['decided_by']]}，{_when(told['decided_at'])}  {told['note']}".rstrip()
        )
    return lines


def why(told: dict) -> str:
    """Why it stands as it stands, and what WeChat said if it said anything."""
    reason = WHY.get(told["why"], told["why"])
    said = f"{told['said']} {told['label']}".strip()
    return f"{reason} {said}".strip()


def decided(state: str) -> str:
    """What a person's decision comes to."""
    return f"已定：{STATES[state]}。"


def worked(asked: int, given_up: int) -> str:
    """What a round did."""
    return f"问了 {asked} 张图，{given_up} 条转给人看。"


def _age(passed) -> str:
    minutes = int(passed.total_seconds() // 60)
    return f"{minutes} 分钟" if minutes < 120 else f"{minutes // 60} 小时"


def _when(moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "没有"
