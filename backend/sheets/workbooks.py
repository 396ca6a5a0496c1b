"""The workbook around the sheets: which there are, and which styles show a number as a day."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from backend.sheets.errors import Unreadable
from backend.sheets.limits import SHEETS, SMALL_PART_BYTES, STYLES_BYTES, UNPACKED_BYTES
from backend.sheets.packages import BROKEN
from backend.sheets.xml_parts import elements

# Built-in formats that show a day; 27–36 and 50–58 are those of Chinese Excel.
_DATE_FORMATS = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_NOT_LETTERS = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets as (name, part), and the parts they lean on ("" where there is none)."""

    sheets: tuple[tuple[str, str], ...]
    strings: str
    styles: str


def read_workbook(package: zipfile.ZipFile) -> Workbook:
    """What the workbook says it holds. Raises Unreadable, also for what would be misread."""
    relations = {
        facts.get("Id", ""): (facts.get("Type", "").rpartition("/")[2], facts.get("Target", ""))
        for tag, facts in _small(package, "xl/_rels/workbook.xml.rels")
        if tag == "Relationship"
    }
    parts = {id_: (kind, _resolved(target)) for id_, (kind, target) in relations.items()}
    by_kind = dict(parts.values())
    sheets = tuple(_visible(package, parts))[:SHEETS]
    if not sheets:
        raise Unreadable("工作簿里没有可见的工作表，请检查后重新提交。")
    return Workbook(
        sheets=sheets,
        strings=by_kind.get("sharedStrings", ""),
        styles=by_kind.get("styles", ""),
    )


def _resolved(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _visible(package: zipfile.ZipFile, parts: dict) -> Iterator[tuple[str, str]]:
    for tag, facts in _small(package, "xl/workbook.xml"):
        if tag == "workbookPr" and facts.get("date1904") in ("1", "true"):
            raise Unreadable("工作簿用的是 1904 日期系统，日期会差四年，请在选项里取消后重新保存。")
        if tag == "sheet" and facts.get("state", "visible") == "visible":
            kind, part = parts.get(facts.get("id", ""), ("", ""))
            if kind == "worksheet":
                yield facts.get("name", ""), part


def date_styles(package: zipfile.ZipFile, part: str) -> frozenset[str]:
    """The style numbers (as text, as cells give them) that show a number as a day."""
    if not part:
        return frozenset()
    dates, found, style, inside = set(_DATE_FORMATS), set(), 0, False
    with part_opened(package, part, STYLES_BYTES) as stream:
        for tag, facts in elements(stream):
            if tag == "numFmt" and _shows_day(facts.get("formatCode", "")):
                dates.add(_number(facts.get("numFmtId")))
            elif tag in ("cellXfs", "cellStyles", "dxfs"):
                inside = tag == "cellXfs"
            elif tag == "xf" and inside:
                if _number(facts.get("numFmtId")) in dates:
                    found.add(str(style))
                style += 1
    return frozenset(found)


def _shows_day(code: str) -> bool:
    letters = _NOT_LETTERS.sub("", code).lower()
    return "general" not in letters and ("y" in letters or "d" in letters)


def _number(raw: str | None) -> int:
    return int(raw) if raw and raw.isdecimal() else 0


def _small(package: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    with part_opened(package, part, SMALL_PART_BYTES) as stream:
        return list(elements(stream))


def part_opened(package: zipfile.ZipFile, part: str, most: int = UNPACKED_BYTES) -> IO[bytes]:
    """A part, to be read. Raises Unreadable when it is missing or longer than `most` bytes."""
    try:
        if package.getinfo(part).file_size > most:
            raise Unreadable(BROKEN)
        return package.open(part)
    except KeyError:
        raise Unreadable(BROKEN) from None
