"""Every sentence the outlets slice says to a person."""

from backend.policy.terms import Pack

UNKNOWN_DISTRICT = "不是本市的区县，请写全名，例如 沈河区"
UNKNOWN_DISTRICT_CODE = "没有这个区县代码，请用六位代码，例如 210103（沈河区）。"
HALF_A_PLACE = "纬度和经度要么都填，要么都不填"
BADGE_NEEDS_A_DAY = "填了三进状态，就要填起始日"
NO_SUCH_OUTLET = "没有这个机构编码。"
OUTLET_WITHDRAWN = "这个机构编码已经撤销。"

BADGES = {
    "active": "三进机构",
    "suspended": "三进已暂停",
    "left": "已退出三进",
    "expired": "三进标识已过有效期",
    "none": "未参加三进",
}

NOT_TOLD = "没有报"
HOLIDAYS_NOT_ANNOUNCED = "节假日安排未公布，去前请打电话。"
HOLIDAY_HOURS_NOT_TOLD = "节假日营业时间没有报，去前请打电话。"
MADE_UP_HOURS_NOT_TOLD = "调休上班的那天可能照常营业，去前请打电话。"


def holiday(name: str) -> str:
    """How it stands on a holiday whose hours nobody told."""
    return f"今天{name}，营业时间没有报"


def hours_of_day(spans: list[list[int]]) -> str:
    """The hours of one day (minutes from midnight): 8:00–11:30、13:00–16:30; 休息; 24 小时."""
    if not spans:
        return "休息"
    if spans == [[0, 1440]]:
        return "24 小时"
    return "、".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in spans)


def _clock(minutes):
    next_day = "次日 " if minutes > 1440 else ""
    minutes = minutes - 1440 if next_day else minutes
    return f"{next_day}{minutes // 60}:{minutes % 60:02d}"


def unknown_kind(pack: Pack) -> str:
    """A kind of outlet the pack does not know."""
    return "不认识这种机构类别，可以写：" + "、".join(k.name for k in pack.outlet_kinds.values())


def unknown_kind_code(pack: Pack) -> str:
    """A code of an outlet kind the pack does not know."""
    return "没有这种机构类别，可以用：" + "、".join(pack.outlet_kinds) + "。"


def outside(stated: str, found: str | None) -> str:
    """A position that does not lie in the district the sheet states."""
    return f"表里写的是{stated}，坐标却落在{found or '本市之外'}，请核对坐标或坐标系"


def contradicts(row: int) -> str:
    """Two rows tell one outlet differently."""
    return f"同一机构的内容与第 {row} 行不一致"
