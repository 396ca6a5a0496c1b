"""How figures, days and addresses are written for a person: the filters of the residents' pages."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from urllib.parse import urlencode

from backend.policy.wording import permille

MISSING = "—"
WEEKDAYS = "一二三四五六日"
LEGAL_ENDINGS = ("有限责任公司", "有限公司", "股份")
PER_YUAN = Decimal(100)
CENT = Decimal("0.01")
MILLE = Decimal("0.001")
FINEST = Decimal("0.0001")


def yuan(fen: int | None) -> str:
    """An amount of 分 as 元 with two places: 435 → 4.35; 缺 is a dash."""
    if fen is None:
        return MISSING
    whole, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{cents:02d}"


def unit_yuan(fen: float | None) -> str:
    """A price of one tablet (分, fractions too) as 元: 6.8 → 0.068, 5470 → 54.70."""
    if fen is None:
        return MISSING
    amount = Decimal(str(fen)) / PER_YUAN
    return str(amount.quantize(_places(amount), rounding=ROUND_HALF_UP))


def metres(distance: float | None) -> str:
    """A distance in metres in words: 420 米, 1.2 公里; nothing where it is not known."""
    if distance is None:
        return ""
    near = round(distance)
    return f"{near} 米" if near < 1000 else f"{distance / 1000:.1f}".removesuffix(".0") + " 公里"


def size(count: int | None) -> str:
    """So many bytes in words: 812 字节, 2.7 MB."""
    if count is None:
        return MISSING
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= bytes_:
            return f"{count / bytes_:.1f} {unit}"
    return f"{count} 字节"


def day(value: date | str | None) -> str:
    """A day near to today, with its weekday: 11 月 22 日（周日）."""
    when = _date(value)
    if when is None:
        return ""
    return f"{when.month} 月 {when.day} 日（周{WEEKDAYS[when.weekday()]}）"


def iso(value: date | str | None) -> str:
    """A day that may be years away: 2026-03-01 (a moment loses its time)."""
    when = _date(value)
    return when.isoformat() if when else ""


@lru_cache(maxsize=10_000)
def firm(name: str | None) -> str:
    """A firm's name where there is little room: 天方药业有限公司 → 天方药业."""
    short = name or ""
    for ending in LEGAL_ENDINGS:
        short = short.removesuffix(ending)
    return short or (name or "")


def linked(path: str, query: Mapping[str, object] | None = None, **changes: object) -> str:
    """The path with this query, some of it changed; what is None, empty or False drops out."""
    asked = {**(query or {}), **changes}
    pairs = [(name, _written(value)) for name, value in asked.items() if not _absent(value)]
    return f"{path}?{urlencode(pairs, doseq=True)}" if pairs else path


def _places(amount):
    if abs(amount) >= 1:
        return CENT
    return MILLE if abs(amount) >= CENT else FINEST


def _date(value):
    if not value:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def _absent(value):
    return value is None or value is False or value in ("", [])


def _written(value):
    return "true" if value is True else value


FILTERS: dict[str, Callable[..., str]] = {
    "yuan": yuan,
    "unit_yuan": unit_yuan,
    "thousandths": permille,
    "metres": metres,
    "size": size,
    "day": day,
    "iso": iso,
    "firm": firm,
    "linked": linked,
}
