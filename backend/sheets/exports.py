"""Values on their way out to a spreadsheet, which would run as formulas what begins like one."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.sheets.forms import Column

_RUNS = re.compile(r"\s*[=+\-@＝＋－＠|]|[\t\r\n]")
# What XML cannot hold, and the invisible signs that turn the order of letters around.
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def as_csv_cell(value: Any) -> str | int | float:
    """A value as any exported cell (CSV or .xlsx) may hold it; text that would run gets a '.

    Numbers stay numbers, dates become 2026-03-01, yes and no 是 and 否, lists 甲、乙, None "".
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | set | frozenset):
        value = "、".join(map(str, value))
    text = _UNWRITABLE.sub("", str(value))
    return f"'{text}" if _RUNS.match(text) else text


def as_written(column: Column, value: Any) -> str:
    """A value as a person would write it in this column: 180 分 → 1.80. Text stays as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    if column.kind == "money":
        return f"{value // 100}.{value % 100:02}"
    if column.kind in ("choice", "list") and column.choices:
        return "、".join(_word(column.choices, v) for v in _many(value))
    return str(as_csv_cell(value))


def _many(value: Any) -> tuple:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _word(choices: Mapping[str, Any], value: Any) -> str:
    return next((word for word, meant in choices.items() if meant == value), str(value))
