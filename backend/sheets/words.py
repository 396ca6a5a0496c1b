"""Reading cells that hold words: text, codes, addresses on the web, lists, choices, yes and no."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from backend.sheets.errors import BadCell, quote
from backend.sheets.forms import Column

YES = ("是", "有", "√", "✓", "✔", "Y", "YES", "1", "TRUE", "对")
NO = ("否", "无", "×", "✗", "✘", "X", "N", "NO", "0", "FALSE", "错")
_YES_NO = {**{word.casefold(): True for word in YES}, **{word.casefold(): False for word in NO}}

_RISKY = "+-@＋－＠"
_NUMBER_OR_PHONE = re.compile(r"[+\-＋－][\d\s().\-]+")
_SPOILT_CODE = re.compile(r"[+-]?\d+(?:\.\d+)?E\+?\d+", re.IGNORECASE)
# No E, so it cannot be a number in scientific notation.
_PLAIN_CODE = re.compile(r"[A-DF-Za-df-z0-9]+")
_WHOLE = re.compile(r"(\d+)\.0+")
_URL = re.compile(r"https?://[^\s<>\"'`\\{}|^]+", re.IGNORECASE)
_BETWEEN = re.compile(r"[；;、,，|\n]")


def text_reader(column: Column) -> Callable[[str], str]:
    """Text as written, unless it is too long or a spreadsheet would run it as a formula."""
    most = column.max_length

    def read(text: str) -> str:
        if text[0] in _RISKY and not _NUMBER_OR_PHONE.fullmatch(text):
            raise BadCell(f"{quote(text)} 以 {text[0]} 开头，会被表格软件当作公式，请去掉这个符号")
        if len(text) > most:
            raise BadCell(f"有 {len(text)} 个字，最多 {most} 个字")
        return text

    return read


def code_reader(column: Column) -> Callable[[str], str]:
    """A code as text: without spaces, without the .0 a spreadsheet adds."""
    read_text = text_reader(column)

    def read(text: str) -> str:
        if _PLAIN_CODE.fullmatch(text):
            return read_text(text)
        code = unicodedata.normalize("NFKC", text).replace(" ", "")
        if whole := _WHOLE.fullmatch(code):
            return read_text(whole[1])
        if _SPOILT_CODE.fullmatch(code):
            raise BadCell(f"{quote(text)} 被表格软件改坏，请把这一列设为文本格式后重填编码")
        return read_text(code)

    return read


def url_reader(column: Column) -> Callable[[str], str]:
    """An address on the web, http or https."""
    read_text = text_reader(column)

    def read(text: str) -> str:
        if not _URL.fullmatch(text):
            raise BadCell(f"{quote(text)} 不是网址，请填以 http:// 或 https:// 开头的完整网址")
        return read_text(text)

    return read


def list_reader(column: Column) -> Callable[[str], tuple | None]:
    """Several words between ；、， or |, without repetitions."""
    read_text = text_reader(column)
    read_word = _choice(column) if column.choices else read_text

    def read(text: str) -> tuple | None:
        read_text(text)
        parts = (part.strip() for part in _BETWEEN.split(text))
        return tuple(dict.fromkeys(read_word(part) for part in parts if part)) or None

    return read


def choice_reader(column: Column) -> Callable[[str], Any]:
    """What the form gives for one of its words."""
    return _choice(column)


def yes_no_reader(column: Column) -> Callable[[str], bool]:
    """Yes or no in the ways people write it."""

    def read(text: str) -> bool:
        try:
            return _YES_NO[_plain(text)]
        except KeyError:
            raise BadCell(f"{quote(text)} 不清楚，请填 是 或 否") from None

    return read


def vocabulary_of(column: Column) -> Mapping[str, Any]:
    """The words that mean something in this column, even where elsewhere they mean empty."""
    if column.kind == "yes_no":
        return _YES_NO
    return column.choices or {}


def _choice(column: Column) -> Callable[[str], Any]:
    known = {_plain(word): value for word, value in (column.choices or {}).items()}
    allowed = "、".join(column.choices or {})

    def read(text: str) -> Any:
        try:
            return known[_plain(text)]
        except KeyError:
            raise BadCell(f"{quote(text)} 不在可选范围内，请填：{allowed}") from None

    return read


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace(" ", "").casefold()
