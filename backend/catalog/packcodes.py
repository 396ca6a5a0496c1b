"""The codes on a box of medicine: what kind one is, and which part of it names the product.

Whatever names the single box (the serial of a 追溯码, batch and serial of a GS1 code) is cut off
here and goes no further. Check digits are verified where their rule is published: that of a GS1
number is, that of a 追溯码 or of a 药品本位码 is not.
"""

import re
import unicodedata
from typing import NamedTuple

from backend.catalog import wording
from backend.errors import BadInput

TRACE, GTIN, BASE, APPROVAL, NHSA = "trace", "gtin", "base", "approval", "nhsa"
KINDS = (TRACE, GTIN, BASE, APPROVAL, NHSA)

# Who reads a code with a machine gets the mark between variable parts (FNC1) as this character.
_GS = "\x1d"
_MARKS = str.maketrans({"\u241d": _GS})
# What a scanner may put before a code to name its symbology: the first are those of GS1.
_OF_GS1 = ("]C1", "]D2", "]Q3", "]J1")
_SYMBOLOGY = re.compile(r"\][A-Z][0-9]")
_IN_BRACKETS = re.compile(r"\(01\)([0-9]{14})")
_IN_ADDRESS = re.compile(r"/01/([0-9]{14})(?![0-9])")
_NUMBER = re.compile(r"01([0-9]{14})")
_IN_A_ROW = re.compile(r"01[0-9]{14}.+")
# How long what follows these two digits is; after all others it lasts to the next mark.
_LENGTHS = {
    "00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2,
    "31": 8, "32": 8, "33": 8, "34": 8, "35": 8, "36": 8, "41": 14,
}  # fmt: skip
_TWENTY = re.compile(r"(?<![0-9])[0-9]{20}(?![0-9])")
_BETWEEN = re.compile(r"[\s.·-]+")
_APPROVAL = re.compile(r"(?:国药准字|批准文号)?:?([A-Z]{1,2}[0-9]{8})")
_NHSA = re.compile(r"(?=.*[0-9])[A-Z][A-Z0-9]{22}")
_SERIAL_FROM = 7
# Numbers of Chinese firms, and those GS1 keeps for examples: nobody types them for anything else.
_SURELY_GTIN = ("069", "0952")
LONGEST = 200


class PackCode(NamedTuple):
    """What names the product: a kind, and the part of the code that stands for it."""

    kind: str
    value: str

    @property
    def text(self) -> str:
        """As people write it, and as `read` understands it again."""
        if self.kind != GTIN:
            return self.value
        return self.value[1:] if self.value[0] == "0" else f"(01){self.value}"


def read(text: str) -> PackCode:
    """The code in a text as it was typed or scanned; raises BadInput saying what is wrong."""
    if len(text) > LONGEST:
        _refuse(wording.not_a_code(0))
    given = unicodedata.normalize("NFKC", text).translate(_MARKS).upper().strip(" \r\n\t")
    number = _gs1_number(given)
    if number:
        return PackCode(GTIN, _checked(number))
    plain = _BETWEEN.sub("", _bare(given))
    return _by_letters(plain) or _by_digits(plain, given)


def clear(text: str) -> PackCode | None:
    """The code a text is beyond doubt, for where people mostly write other things; or None."""
    try:
        found = read(text)
    except BadInput:
        return None
    is_short = found.kind == TRACE and len(_BETWEEN.sub("", text)) <= _SERIAL_FROM
    is_foreign = found.kind == GTIN and not found.value.startswith(_SURELY_GTIN)
    return None if is_short or is_foreign else found


def check_digit(digits: str) -> str:
    """The last digit of a GS1 number (GTIN), from those before it: modulo 10, weights 3 and 1."""
    total = sum(int(one) * (1 if at % 2 else 3) for at, one in enumerate(reversed(digits)))
    return str(-total % 10)


def _gs1_number(given):
    """The number of the product in a GS1 code of several parts; None where it is no such code."""
    written = _IN_BRACKETS.search(given) or _IN_ADDRESS.search(given)
    if written:
        return written[1]
    row = _bare(given)
    marked = given.startswith(_OF_GS1) or _GS in given
    if _TWENTY.fullmatch(row):
        # Only a mark tells a GS1 code of twenty digits from a 追溯码.
        return _walked(row) if marked and row.startswith("01") else None
    return _walked(row) if marked or _IN_A_ROW.fullmatch(row) else None


def _bare(given):
    """Without what the scanner put around it."""
    return _SYMBOLOGY.sub("", given, count=1).strip(" " + _GS)


def _walked(row):
    while row:
        length = _LENGTHS.get(row[:2])
        if number := _NUMBER.match(row):
            return number[1]
        row = row[2 + length :].lstrip(_GS) if length else row.partition(_GS)[2]
    return _refuse(wording.NO_NUMBER_INSIDE)


def _by_letters(plain):
    if approval := _APPROVAL.fullmatch(plain):
        return PackCode(APPROVAL, approval[1])
    return PackCode(NHSA, plain) if _NHSA.fullmatch(plain) else None


def _by_digits(plain, given):
    is_number = plain.isascii() and plain.isdigit()
    if is_number and len(plain) in (20, _SERIAL_FROM):
        return PackCode(TRACE, plain[:_SERIAL_FROM])
    if is_number and len(plain) == 14 and plain.startswith("869"):
        return PackCode(BASE, plain)
    if is_number and 12 <= len(plain) <= 14:
        return PackCode(GTIN, _checked(plain))
    inside = _TWENTY.findall(given)
    if len(inside) == 1:
        return PackCode(TRACE, inside[0][:_SERIAL_FROM])
    return _refuse(wording.not_a_code(len(plain) if is_number else 0))


def _checked(number):
    right = check_digit(number[:-1])
    if number[-1] != right:
        _refuse(wording.wrong_check_digit(number[-1], right))
    return number.zfill(14)


def _refuse(words):
    raise BadInput(words, errors={"code": [words]})
