"""Every sentence about the proof of a badge: why it was lost, what a scanned sign is worth."""

from typing import NamedTuple

WITHDRAWN = "机构编码已撤销"
# What follows the day a state began: for a badge that ended, the day it did.
NO_REASON = "名单没有写明原因。"


class Verdict(NamedTuple):
    """What a scanned sign is worth: one line, what to do, and a tone (good, fair, bad, quiet)."""

    title: str
    advice: str
    tone: str


LIVE = "这家现在是三进机构"
VERDICTS = {
    "genuine": Verdict(
        LIVE, "标牌是真的。请看下面的名称和地址，和您站的地方是不是同一家。", "good"
    ),
    "outdated": Verdict(
        LIVE, "标牌是真的，但印好以后有变化，请这家换一张新的。请核对下面的名称和地址。", "fair"
    ),
    "lost": Verdict(
        "这家现在不是三进机构", "标牌以前是真的，现在不算数了，不应再挂。", "bad"
    ),
    "forged": Verdict(
        "这个码不是医保局签发的", "不要相信这张标牌。请记下是在哪里看到的，打电话告诉我们。", "bad"
    ),
    "unknown_key": Verdict(
        "这个码不是医保局签发的", "签它的密钥我们没有用过。请记下是在哪里看到的，打电话告诉我们。",
        "bad",
    ),
    "unreadable": Verdict(
        "这个码不完整", "可能没有扫全，或者网址少了几个字。请再扫一次；还是不行，请打电话问。",
        "quiet",
    ),
    "unknown_outlet": Verdict(
        "查不到这家机构", "签名是真的，但名单里没有这个机构编码。请打电话问。", "quiet"
    ),
}  # fmt: skip


def expired(until: str) -> str:
    """Why a badge is no longer held: nobody renewed it."""
    return f"有效期到 {until} 为止，没有续期。"


def withdrawn(day: str) -> str:
    """Why a badge is no longer held: the outlet's code is no longer used."""
    return f"这个机构编码从 {day} 起不再使用。"


def since_printed(text: str, since: str, reason: str) -> str:
    """What became of the badge after the sign was printed."""
    return f"{since} 起：{text}。{reason}"


def edition_changed(before: int | None, now: int | None) -> str:
    """The list went on since the sign was printed."""
    if now is None:
        return "现在的机构名单里没有这家。"
    if before is None:
        return f"印标牌时名单里还没有这家，现在是第 {now} 版。"
    return f"印标牌时是第 {before} 版名单，现在是第 {now} 版。"


KIND_CHANGED = "印标牌以后，这家的机构类别改过。"
NAME_CHANGED = "印标牌以后，这家的名称改过。"


def too_old(days: int) -> str:
    """The sign has hung longer than signs should."""
    return f"标牌印好超过 {days} 天，该换新的了。"


NO_SUCH_CURSOR = "这个 since 比现有的还大，请从 0 重新取一遍。"
NO_SIGN = "现在不是三进机构，不能印标牌。"
FEED_COLUMNS = (
    ("code", "定点编码"), ("name", "名称"), ("kind", "机构类别"), ("district", "区县代码"),
    ("district_name", "区县"), ("address", "地址"), ("lat", "纬度"), ("lon", "经度"),
    ("phone", "电话"), ("state", "状态"), ("text", "状态说明"), ("since", "从哪一天起"),
    ("until", "有效至"), ("edition", "名单版次"), ("round", "公布批次"), ("reason", "原因"),
    ("replaced_by", "替代编码"), ("demo", "演示"), ("changed", "变更序号"),
)  # fmt: skip
