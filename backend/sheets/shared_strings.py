"""The strings a workbook keeps once and its cells point to."""

import re
import zipfile

from backend.sheets.errors import Unreadable
from backend.sheets.limits import CELL_CHARACTERS, SHARED_STRINGS, SHARED_STRINGS_BYTES
from backend.sheets.workbooks import part_opened
from backend.sheets.xml_parts import Depth, Parser, local, pieces

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TOO_MANY = "表里不同的文字太多，请拆成几份提交，或另存为 CSV UTF-8 再提交。"


def shared_strings(package: zipfile.ZipFile, part: str) -> list[str]:
    """The strings that cells point to, in order. Raises Unreadable when there are too many."""
    if not part:
        return []
    listener = _Strings()
    parser = Parser(start=listener.start, end=listener.end, text=listener.text)
    with part_opened(package, part) as stream:
        if package.getinfo(part).file_size > SHARED_STRINGS_BYTES:
            raise Unreadable(_TOO_MANY)
        for piece in pieces(stream):
            parser.feed(piece)
    parser.feed(b"")
    return listener.found


class _Strings(Depth):
    """Gathers `si` elements; what helps pronunciation (rPh) is left out."""

    __slots__ = ("found", "length", "parts", "spoken", "wanted")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.parts: list[str] = []
        self.length = 0
        self.wanted = self.spoken = False

    def start(self, name: str, _: dict) -> None:
        self.enter()
        tag = local(name)
        if tag == "t":
            self.wanted = not self.spoken
        elif tag == "rPh":
            self.spoken = True

    def text(self, piece: str) -> None:
        if self.wanted:
            self.length += len(piece)
            if self.length > CELL_CHARACTERS:
                raise Unreadable(f"有一格超过 {CELL_CHARACTERS} 个字，请检查后重新提交。")
            self.parts.append(piece)

    def end(self, name: str) -> None:
        self.depth -= 1
        tag = local(name)
        if tag == "t":
            self.wanted = False
        elif tag == "rPh":
            self.spoken = False
        elif tag == "si":
            self.found.append(unescaped("".join(self.parts)))
            self.parts.clear()
            self.length = 0
            if len(self.found) > SHARED_STRINGS:
                raise Unreadable(_TOO_MANY)


def unescaped(text: str) -> str:
    """Text with Excel's _x000D_ written out as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
