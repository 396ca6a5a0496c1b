"""In which encoding a CSV was saved, found by reading it all."""

import codecs
from pathlib import Path

from backend.sheets.errors import Unreadable
from backend.sheets.limits import CSV_LINE_BYTES, MB, READ_BYTES

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "请另存为“CSV UTF-8（逗号分隔）”再提交。"
# GB18030 text that also reads as UTF-8 for this many characters does not happen.
_SURELY_UTF8 = 8


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-8 or gb18030, the whole file checked. Raises Unreadable naming the row."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(_UTF16):
        raise Unreadable(f"文件是 Unicode（UTF-16）文本，{_SAVE_AS}")
    marked = start.startswith(codecs.BOM_UTF8)
    failed = _first_undecodable(path, "utf-8")
    if failed is None:
        return "utf-8-sig" if marked else "utf-8"
    row, characters = failed
    if marked or characters >= _SURELY_UTF8:
        raise Unreadable(_undecodable(row, "UTF-8"))
    if failed := _first_undecodable(path, "gb18030"):
        raise Unreadable(_undecodable(failed[0], "UTF-8 也不是 GB18030"))
    return "gb18030"


def _undecodable(row: int, encoding: str) -> str:
    return f"第 {row} 行附近有认不出的字符（不是 {encoding}），{_SAVE_AS}"


def _first_undecodable(path: Path, encoding: str) -> tuple[int, int] | None:
    """(line, Chinese and other wide characters before it) of the first bytes that do not decode."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, wide, carried = 1, 0, 0
    with path.open("rb") as file:
        while piece := file.read(READ_BYTES):
            if b"\0" in piece:
                line += piece.count(b"\n", 0, piece.index(b"\0"))
                raise Unreadable(f"第 {line} 行附近有空字符（NUL），文件可能已损坏，{_SAVE_AS}")
            carried = _line_length(piece, carried, line)
            try:
                text = decoder.decode(piece)
            except UnicodeDecodeError as error:
                return _at(error, line, wide)
            if wide < _SURELY_UTF8:
                wide += sum(character > "\x7f" for character in text)
            line += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line, wide
    return None


def _at(error: UnicodeDecodeError, line: int, wide: int) -> tuple[int, int]:
    good = error.object[: error.start]
    return line + good.count(b"\n"), wide + sum(c > "\x7f" for c in good.decode(error.encoding))


def _line_length(piece: bytes, carried: int, line: int) -> int:
    """Bytes since the last line break, after this piece. Raises Unreadable for an endless line."""
    end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
    carried = carried + len(piece) if end < 0 else len(piece) - end - 1
    if carried > CSV_LINE_BYTES:
        raise Unreadable(f"第 {line} 行太长，超过 {CSV_LINE_BYTES // MB} MB，请检查换行后再提交。")
    return carried
