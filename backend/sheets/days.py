"""Reading cells that hold a day: as text in the usual spellings, or as a spreadsheet's serial."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from backend.sheets.errors import BadCell, quote
from backend.sheets.forms import Column

# Day 0 of the 1900 system for every serial after its non-existent 29 February 1900.
EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_001)
NO_END = frozenset({"长期", "长期有效"})

_SPELLED = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?"
    r"|([0-9]{2})([0-9]{2}))(?:[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_YEAR_LAST = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")


def date_reader(column: Column) -> Callable[[str], date | None]:
    """A date; None for 长期."""
    earliest, latest = column.minimum, column.maximum

    def read(text: str) -> date | None:
        if text in NO_END:
            return None
        day = _day(text)
        if earliest is not None and day < earliest:
            raise BadCell(f"{day} 太早，不早于 {earliest}")
        if latest is not None and day > latest:
            raise BadCell(f"{day} 太晚，不晚于 {latest}")
        return day

    return read


def _day(text: str) -> date:
    plain = unicodedata.normalize("NFKC", text)
    if match := _SPELLED.fullmatch(plain):
        year, _, *parts = match.groups()
        month, day = (int(part) for part in parts if part)
        return _existing(int(year), month, day, text)
    serial = _SERIAL.fullmatch(plain)
    if serial and int(serial[1]) in SERIALS:
        return EPOCH + timedelta(days=int(serial[1]))
    if _YEAR_LAST.fullmatch(plain):
        raise BadCell(f"{quote(text)} 分不清年月日，请写成 2026-03-01 这样")
    raise BadCell(f"{quote(text)} 不是日期，请写成 2026-03-01 这样")


def _existing(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadCell(f"{quote(text)} 没有这一天，请检查") from None
    if not 1900 <= year <= 2199:
        raise BadCell(f"{quote(text)} 的年份不对，请检查")
    return found
