"""Opening hours: what a sheet says, the weekly table, and whether an outlet is open now."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = 24 * 60
_NAMES = "一二三四五六日"
_UNKNOWN = {"", "未知", "不详", "-", "无", "待补充"}
_ALL_WEEK, _HOLIDAYS = range(7), (7,)

_DAYS = r"(?:周|星期|礼拜)?[一二三四五六日天]"
# "8-17" without a colon is refused: "周 1-5" would read the same.
_CLOCK = r"(?:早上?|上午|中午|下午|晚上?|次日|凌晨)?\d{1,2}[:点时](?:\d{1,2}分?|半)?"
_PIECE = re.compile(
    r"(?P<every>每天|每日|天天|全周|全年)"
    r"|(?P<round>24小时(?:营业)?|全天(?:营业)?)"
    r"|(?P<shut>休息|不营业|停诊|关门|闭店)"
    r"|(?P<work>工作日)|(?P<weekend>周末|双休日)|(?P<holiday>(?:法定)?节假日)"
    rf"|(?P<days>{_DAYS}(?:[-至到]{_DAYS})?)"
    rf"|(?P<open>{_CLOCK})[-至到](?P<close>{_CLOCK})"
    r"|(?P<gap>[,;、/。和及:|]|营业时间|营业)"
)


@dataclass(frozen=True)
class Open:
    """Open, until a moment in the city; None where it never closes."""

    until: datetime | None


@dataclass(frozen=True)
class Closed:
    """Closed, until it opens; None where it does not open within a week."""

    opens: datetime | None


class HoursError(ValueError):
    """Opening hours nobody can be sure of; the message is a sentence for a person."""


def parse(text: str | None) -> dict | None:
    """The weekly table of what a sheet says, JSON-able; None where the hours are unknown.

    {"week": [[[open, close], …] × 7 from Monday], "holidays": the same for a public holiday, None
    where the sheet says nothing of them}; and, where it speaks of 工作日, "made_up": the hours of a
    weekend worked to make up for a holiday. Minutes from midnight; a close after 1440 is on the
    next day. Raises HoursError.
    """
    written = "".join(unicodedata.normalize("NFKC", text or "").split())
    written = re.sub(r"[~—–―]+|--+", "-", written)
    if written in _UNKNOWN:
        return None
    rows: list = [None] * 8
    pieces = list(_pieces(written, text))
    for days, spans in _sentences(pieces, text):
        for day in days:
            rows[day] = _added(rows[day], spans)
    if not any(rows[:7]):
        raise _unreadable(text)
    table = {"week": [row or [] for row in rows[:7]], "holidays": rows[7]}
    # Who says 工作日 means the days people work, and a made-up Saturday is one of them.
    if any(piece.lastgroup == "work" for piece in pieces):
        table["made_up"] = table["week"][0]
    return table


def _pieces(written, text):
    at = 0
    while at < len(written):
        found = _PIECE.match(written, at)
        if not found:
            raise _unreadable(text)
        yield found
        at = found.end()


def _sentences(pieces, text):
    """Pairs of days and their spans: days are named first, a new day after a time starts anew."""
    days, spans = [], None
    for piece in pieces:
        named = _days_named(piece)
        if named and spans is not None:
            yield days or _ALL_WEEK, spans
            days, spans = [], None
        days += named
        told = _spans_told(piece, text)
        if told is not None:
            spans = [*(spans or []), *told]
    if spans is None:
        raise _unreadable(text)
    yield days or _ALL_WEEK, spans


def _days_named(piece) -> list[int]:
    fixed = {"every": range(7), "work": range(5), "weekend": (5, 6), "holiday": _HOLIDAYS}
    if piece.lastgroup in fixed:
        return list(fixed[piece.lastgroup])
    if piece.lastgroup != "days":
        return []
    ends = [
        _NAMES.index(name) for name in re.findall("[一二三四五六日]", piece[0].replace("天", "日"))
    ]
    first, last = ends[0], ends[-1]
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _spans_told(piece, text) -> list[list[int]] | None:
    if piece.lastgroup == "round":
        return [[0, DAY]]
    if piece.lastgroup == "shut":
        return []
    if piece.lastgroup != "close":
        return None
    opens, closes = _minutes(piece["open"], text), _minutes(piece["close"], text)
    if opens == closes and opens % DAY:
        raise _unreadable(text)
    if piece["open"][0] == "下" and closes < opens <= closes + DAY // 2:
        closes += DAY // 2
    # 0:00-23:59 is how a round-the-clock pharmacy is written in a form that asks for two times.
    closes = DAY if (opens, closes) == (0, DAY - 1) else closes
    return [[opens, closes if closes > opens else closes + DAY]]


def _minutes(clock: str, text) -> int:
    hour, *rest = (int(number) for number in re.findall(r"\d+", clock))
    minute = 30 if "半" in clock else (rest or [0])[0]
    if clock[0] in "下晚" and hour < 12:
        hour += 12
    if minute > 59 or hour * 60 + minute > DAY:
        raise _unreadable(text)
    return hour * 60 + minute + (DAY if clock.startswith("次日") else 0)


def _added(before, spans) -> list[list[int]]:
    """A second time apart from the first adds to it; one that overlaps corrects it."""
    both = _joined([*(before or []), *spans])
    return both if spans and len(both) == len(before or []) + len(spans) else _joined(spans)


def _joined(spans) -> list[list[int]]:
    """The spans in order, those that touch made one."""
    joined: list[list[int]] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], closes)
        else:
            joined.append([opens, closes])
    return joined


def _unreadable(text) -> HoursError:
    return HoursError(
        f"营业时间：看不懂'{text}'，请写成'周一至周五 8:00-16:30；周六 9:00-12:00'或'24小时'。"
    )


def state(
    hours: dict | None,
    moment: datetime,
    *,
    holidays: Collection[date] = (),
    made_up: Collection[date] = (),
) -> Open | Closed | None:
    """Whether an outlet with this weekly table is open at a moment in the city; None if unknown.

    `holidays` are the city's days off, `made_up` its working weekends. On a holiday the table says
    nothing of, it is unknown, unless the outlet keeps the same hours on every day.
    """
    if hours is None:
        return None
    if spans_on(hours, moment.date(), holidays=holidays, made_up=made_up) is None:
        return None
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    spans = []
    for ahead in range(-1, 9):
        day = midnight.date() + timedelta(days=ahead)
        shift = ahead * DAY
        told = spans_on(hours, day, holidays=holidays, made_up=made_up)
        spans += [[a + shift, b + shift] for a, b in told or ()]
    now = (moment - midnight).total_seconds() / 60
    coming = [span for span in _joined(spans) if span[1] > now]
    if not coming:
        return Closed(None)
    opens, closes = coming[0]
    if opens > now:
        return Closed(midnight + timedelta(minutes=opens))
    return Open(midnight + timedelta(minutes=closes) if closes < 7 * DAY else None)


def spans_on(
    hours: dict, day: date, *, holidays: Collection[date], made_up: Collection[date]
) -> list[list[int]] | None:
    """What holds on a day, in minutes from midnight; None on a holiday nobody told of."""
    if day in holidays:
        if hours["holidays"] is not None:
            return hours["holidays"]
        return hours["week"][day.weekday()] if is_same_every_day(hours) else None
    if day in made_up and hours.get("made_up") is not None:
        return hours["made_up"]
    return hours["week"][day.weekday()]


def is_same_every_day(hours: dict) -> bool:
    """Whether the outlet keeps the same hours on all seven days."""
    return all(row == hours["week"][0] for row in hours["week"])


def words(standing: Open | Closed | None, moment: datetime) -> str:
    """The state in words for a person: 营业中至 16:30 / 已休息，明早 8:00 开 / 24 小时营业."""
    if standing is None:
        return "营业时间不详"
    if isinstance(standing, Open):
        if standing.until is None:
            return "24 小时营业"
        return f"营业中至 {_closing(standing.until, moment)}"
    if standing.opens is None:
        return "已休息，近一周不营业"
    today = standing.opens.date() == moment.date()
    return f"{'未营业' if today else '已休息'}，{_opening(standing.opens, moment)} 开"


def _closing(until, moment):
    ahead = (until.date() - moment.date()).days
    if ahead == 1 and until.hour == until.minute == 0:
        return "24:00"
    day = "" if not ahead else "次日 " if ahead == 1 else f"周{_NAMES[until.weekday()]} "
    return day + _clock(until)


def _opening(opens, moment):
    ahead = (opens.date() - moment.date()).days
    if not ahead:
        return f"今天 {_clock(opens)}"
    if ahead == 1:
        return f"{'明早' if opens.hour < 12 else '明天'} {_clock(opens)}"
    return (
        f"{'下' if ahead > 6 - moment.weekday() else ''}周{_NAMES[opens.weekday()]} {_clock(opens)}"
    )


def _clock(moment):
    return f"{moment.hour}:{moment.minute:02d}"
