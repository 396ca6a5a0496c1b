"""Reading cells that hold numbers: money in whole 分, counts, degrees."""

import re
import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from backend.sheets.errors import BadCell, quote
from backend.sheets.forms import Column

_PLAIN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_MONEY = re.compile(
    rf"(?:¥|RMB|CNY|人民币)?({_NUMBER}(?:\.[0-9]+)?)(?:元整?)?(?:[/每][^0-9]{{1,6}})?",
    re.IGNORECASE,
)
_INTEGER = re.compile(rf"({_NUMBER})(?:\.0*)?")
_DEGREE = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)°?")
# Spreadsheets store 4.35 as 4.3499999…: what stands past four places is noise.
_NOISE = Decimal("0.0001")
_LONGEST = 40
_WHOLE_YUAN = 9


def money_reader(column: Column) -> Callable[[str], int]:
    """Whole 分, above zero, from yuan in any usual spelling."""
    in_bounds = _bounds(column, lambda fen: f"{Decimal(fen) / 100:.2f} 元")

    def read(text: str) -> int:
        plain = _PLAIN.fullmatch(text)
        fen = int(plain[1]) * 100 + int(f"{plain[2] or '':0<2}") if plain else _exact(text)
        if fen <= 0:
            raise BadCell(f"{quote(text)} 不行，金额必须大于零")
        return in_bounds(fen)

    return read


def _exact(text: str) -> int:
    match = _MONEY.fullmatch(_ascii(text)) if len(text) <= _LONGEST else None
    if not match:
        raise BadCell(f"{quote(text)} 不是金额，请填数字，例如 1.80")
    yuan = Decimal(match[1].replace(",", ""))
    if yuan.adjusted() >= _WHOLE_YUAN:
        raise BadCell(f"{quote(text)} 太大，不像一个价格，请检查单位是不是元")
    fen = yuan.quantize(_NOISE, ROUND_HALF_UP) * 100
    if fen != fen.to_integral_value():
        raise BadCell(f"{quote(text)} 不能精确到分，请保留两位小数，例如 1.80")
    return int(fen)


def integer_reader(column: Column) -> Callable[[str], int]:
    """A whole number."""
    in_bounds = _bounds(column, str)

    def read(text: str) -> int:
        match = _INTEGER.fullmatch(_ascii(text)) if len(text) <= _LONGEST else None
        if not match:
            raise BadCell(f"{quote(text)} 不是整数，请填数字，例如 30")
        number = int(match[1].replace(",", ""))
        if abs(number) >= 10**15:
            raise BadCell(f"{quote(text)} 太大，请检查")
        return in_bounds(number)

    return read


def degree_reader(column: Column) -> Callable[[str], float]:
    """Decimal degrees, as the sheet gives them: no coordinate system is converted here."""
    in_bounds = _bounds(column, str)

    def read(text: str) -> float:
        match = _DEGREE.fullmatch(_ascii(text))
        if not match or abs(float(match[1])) > 180:
            raise BadCell(f"{quote(text)} 不是经纬度，请填十进制度数，例如 41.8057")
        return in_bounds(float(match[1]))

    return read


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _bounds(column: Column, show: Callable) -> Callable:
    least, most = column.minimum, column.maximum

    def check(number):
        if least is not None and number < least:
            raise BadCell(f"{show(number)} 太小，至少 {show(least)}")
        if most is not None and number > most:
            raise BadCell(f"{show(number)} 太大，最多 {show(most)}")
        return number

    return check
