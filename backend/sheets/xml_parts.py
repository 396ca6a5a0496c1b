"""Reading one XML part of a package piece by piece: no DTD, no entities, bounded memory."""

from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from backend.sheets.errors import Unreadable
from backend.sheets.limits import READ_BYTES, XML_DEPTH, XML_NAMES, XML_TAG_BYTES
from backend.sheets.packages import BROKEN

Started = Callable[[str, dict[str, str]], None]


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


class Parser:
    """expat with what could swell it forbidden; the listener's own depth is the listener's."""

    def __init__(
        self, *, start: Started, end: Callable | None = None, text: Callable | None = None
    ):
        # UTF-8 whatever it declares: another encoding would hide tags from byte searches.
        self.names: dict[str, str] = {}
        self.expat: Any = expat.ParserCreate("utf-8", None, self.names)
        self.expat.buffer_text = True
        self.expat.StartElementHandler = start
        self.expat.EndElementHandler = end
        self.expat.CharacterDataHandler = text
        self.expat.StartDoctypeDeclHandler = _refuse_doctype
        self.fed = 0

    def feed(self, piece: bytes) -> None:
        """Parse the next piece; an empty one is the end. Raises Unreadable."""
        # expat believes a UTF-16 mark over what it was told.
        if b"\0" in piece:
            raise Unreadable(BROKEN)
        try:
            self.expat.Parse(piece, not piece)
        except expat.ExpatError:
            raise Unreadable(BROKEN) from None
        self.fed += len(piece)
        # Names are kept for good, and a tag until it ends: neither has an honest reason to grow.
        if len(self.names) > XML_NAMES or self.fed - self.expat.CurrentByteIndex > XML_TAG_BYTES:
            raise Unreadable(BROKEN)


class Depth:
    """Counts open elements for a listener; too many are refused."""

    __slots__ = ("depth",)

    def __init__(self) -> None:
        self.depth = 0

    def enter(self) -> None:
        """One element deeper. Raises Unreadable."""
        self.depth += 1
        if self.depth > XML_DEPTH:
            raise Unreadable(BROKEN)


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part, piece by piece."""
    while piece := stream.read(READ_BYTES):
        yield piece


def elements(stream: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """(local name, attributes by local name) of each element of a part, as they open."""
    found: list[tuple[str, dict[str, str]]] = []
    depth = Depth()

    def start(name: str, attributes: dict[str, str]) -> None:
        depth.enter()
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    def end(name: str) -> None:
        depth.depth -= 1

    parser = Parser(start=start, end=end)
    for piece in pieces(stream):
        parser.feed(piece)
        yield from found
        found.clear()
    parser.feed(b"")


def _refuse_doctype(*_: Any) -> None:
    raise Unreadable("文件里有 DTD 或实体定义，不能接收，请用 WPS 或 Excel 重新保存后再提交。")
