"""From what stands in a cell to a value: one reader per column, compiled once, remembering."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from backend.sheets import amounts, days, words
from backend.sheets.errors import BadCell, LostCell, quote
from backend.sheets.forms import Column
from backend.sheets.limits import REMEMBERED, REMEMBERED_CHARACTERS

Reader = Callable[[str], Any]

EMPTY_MARKS = frozenset({"", "无"})
# However many of them: 规格 is found written as －－－－.
_DASHES = "-－–—─/／"
_SHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|####*)")

_KINDS: dict[str, Callable[[Column], Reader]] = {
    "text": words.text_reader,
    "code": words.code_reader,
    "url": words.url_reader,
    "list": words.list_reader,
    "choice": words.choice_reader,
    "yes_no": words.yes_no_reader,
    "money": amounts.money_reader,
    "integer": amounts.integer_reader,
    "degree": amounts.degree_reader,
    "date": days.date_reader,
}
# Each of these mostly differs from row to row, so remembering would only cost.
_NEVER_TWICE = {"degree", "url"}


def reader_for(column: Column) -> Reader:
    """A function from a cell's text to its value (None when empty); it raises BadCell."""
    read = _careful(column, _KINDS[column.kind](column))
    return read if column.kind in _NEVER_TWICE else _Memory(read).__getitem__


class _Memory(dict):
    """What a column's cells were read as; it forgets everything when full."""

    __slots__ = ("read",)

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, raw: str) -> Any:
        value = self.read(raw)
        if len(raw) <= REMEMBERED_CHARACTERS:
            if len(self) >= REMEMBERED:
                self.clear()
            self[raw] = value
        return value


def _careful(column: Column, read: Reader) -> Reader:
    empty = EMPTY_MARKS - words.vocabulary_of(column).keys()
    required = column.required

    def read_carefully(raw: str) -> Any:
        text = raw.strip() if raw.isprintable() else clean(raw)
        if text in empty or (text[0] in _DASHES and not text.strip(_DASHES)):
            if required:
                raise BadCell("必填，不能为空")
            return None
        if text[0] in "=＝#":
            _refuse_formula(text)
        return read(text)

    return read_carefully


def clean(raw: str) -> str:
    """The text without invisible characters, its spaces and line breaks made single spaces."""
    spaced = " ".join(raw.split())
    if spaced.isprintable():
        return spaced
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs")).strip()


def _refuse_formula(text: str) -> None:
    if text[0] != "#":
        raise BadCell(f"{quote(text)} 是公式，请复制这一列，再选择性粘贴为数值")
    if _SHEET_ERROR.fullmatch(text):
        raise LostCell(f"{quote(text)} 是表格软件的错误值，请填写实际内容")
