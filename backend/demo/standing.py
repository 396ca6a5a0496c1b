"""How a synthetic outlet stands: designated or not, special drugs, agreement, 三进 badge."""

from datetime import date, timedelta
from random import Random

from backend.demo.kinds import CENTRE, CHAIN, PHARMACIES, PUBLIC

_ROUNDS = (("演示第一批", 300), ("演示第二批", 180), ("演示第三批", 60))
# Chances of 在名单, 暂停, 退出; what is left has not joined.
_JOINING = {"public": (0.92, 0, 0), "pharmacy": (0.45, 0.03, 0.04), "private": (0.35, 0.01, 0.03)}
_REASONS = {
    "暂停": ("演示：货款结算逾期，限期整改", "演示：价格标签不规范，限期整改"),
    "退出": ("演示：机构自愿退出", "演示：货款结算信用持续较低，取消资格"),
}
NOT_DESIGNATED, SPECIAL = 0.05, 0.05


def standing(rng: Random, kind: str, today: date) -> dict[str, str]:
    """The columns of an outlet's standing, drawn by the chances above."""
    sort = "pharmacy" if kind in PHARMACIES else "public" if kind in PUBLIC else "private"
    designated = sort != "pharmacy" or rng.random() >= NOT_DESIGNATED
    special = designated and kind in (CHAIN, CENTRE) and rng.random() < SPECIAL
    agreement = ""
    if sort == "private":
        agreement = rng.choices(("按中选价", "未知"), (3, 2))[0]
    return {
        "医保定点": "是" if designated else "否",
        "特药定点": "是" if special else "否",
        "价格约定": agreement,
        **_badge(rng, _JOINING[sort] if designated else (0, 0, 0), today),
    }


def _badge(rng, chances, today):
    states = ("在名单", "暂停", "退出", "未参加")
    state = rng.choices(states, (*chances, 1 - sum(chances)))[0]
    if state == "未参加":
        return {"三进状态": state}
    batch, days = rng.choice(_ROUNDS)
    if state == "在名单":
        since = today - timedelta(days=days)
        # A year's agreement (采购协议原则上每年一签); some lists do not say when it ends.
        until = "" if rng.random() < 0.3 else (since + timedelta(days=364)).isoformat()
        return {"三进状态": state, "三进起始日": since.isoformat(), "三进有效期至": until,
                "三进批次": batch}  # fmt: skip
    since = today - timedelta(days=rng.randint(3, 50))
    return {"三进状态": state, "三进起始日": since.isoformat(), "三进批次": batch,
            "变更原因": rng.choice(_REASONS[state])}  # fmt: skip
