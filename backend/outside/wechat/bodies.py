"""Reading what is pushed: XML or JSON, bounded in every direction, refused without its content."""

import json
import re
from typing import Any

from backend.sheets.errors import Unreadable
from backend.sheets.xml_parts import Parser

BODY_BYTES = 64 * 1024
DEPTH, FIELDS, NAME_LETTERS, DIGITS = 8, 500, 64, 20

_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
# Strings whole, so that what opens and closes inside of them does not count.
_OPENS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


class Refused(Exception):  # noqa: N818 (named for what happened)
    """A push that is not taken: `why` is a word of ours, never a word of the push."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def fields_of(body: bytes) -> tuple[dict[str, Any], str]:
    """(what the body says, "json" or "xml"); raises Refused.

    Of XML every value is text, nested elements are dicts, repeated ones lists. Of JSON whole
    numbers stay exact (a MsgId has 64 bits), others are text.
    """
    if is_json(body):
        return _json(body, dict), "json"
    return _Whole().read(body), "xml"


def encrypted_of(body: bytes) -> str:
    """The one `Encrypt` at the top of a body, everything else is passed over; raises Refused."""
    found = _json(body, _only_encrypt) if is_json(body) else _OnlyEncrypt().read(body)
    sealed = found.get("Encrypt")
    if not isinstance(sealed, str) or not _BASE64.fullmatch(sealed):
        raise Refused("no_encrypt")
    return sealed


def is_json(body: bytes) -> bool:
    """Whether the body begins as an object of JSON does."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _json(body: bytes, kept: Any) -> dict[str, Any]:
    text = _text(body)
    _shallow(body)
    told = 0

    def one(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal told
        told += len(pairs)
        names = [name for name, _ in pairs]
        if (
            told > FIELDS
            or len(set(names)) < len(names)
            or max(map(len, names), default=0) > NAME_LETTERS
        ):
            raise Refused("shape")
        return kept(pairs)

    try:
        said = json.loads(text, object_pairs_hook=one, parse_int=_whole, parse_float=str,
                          parse_constant=_no_number)  # fmt: skip
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        # Half a character (a lone surrogate) comes out here too.
        raise Refused("json") from None
    if not isinstance(said, dict):
        raise Refused("json")
    return said


def _only_encrypt(pairs):
    return {name: value for name, value in pairs if name == "Encrypt"}


def _shallow(body: bytes) -> None:
    depth = 0
    for found in _OPENS.finditer(body):
        mark = found[0][:1]
        depth += (mark in b"[{") - (mark in b"]}")
        if depth > DEPTH:
            raise Refused("depth")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise Refused("number")
    return int(digits)


def _no_number(_):
    raise Refused("number")


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if "\0" in text or "\\u0000" in text:
        raise Refused("encoding")
    return text


class _Reader:
    """Follows the elements of a body; what is kept of them is the heirs' own."""

    def __init__(self) -> None:
        self.depth = self.count = 0

    def read(self, body: bytes) -> dict[str, Any]:
        """Everything kept; raises Refused."""
        parser = Parser(start=self._started, end=self._ended, text=self.text)
        try:
            parser.feed(_text(body).encode())
            parser.feed(b"")
        except Unreadable:
            raise Refused("xml") from None
        return self.found()

    def _started(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > DEPTH:
            raise Refused("depth")
        if self.count > FIELDS or len(name) > NAME_LETTERS:
            raise Refused("shape")
        self.start(name)

    def _ended(self, name: str) -> None:
        self.end(name)
        self.depth -= 1

    def start(self, name: str) -> None:
        """An element opens."""

    def text(self, words: str) -> None:
        """Words of the element that is open."""

    def end(self, name: str) -> None:
        """An element closes."""

    def found(self) -> dict[str, Any]:
        """What was kept."""
        return {}


class _OnlyEncrypt(_Reader):
    """Keeps the text of /*/Encrypt; two of them are none."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[list[str]] = []
        self.inside = False

    def start(self, name: str) -> None:
        if self.inside:
            raise Refused("shape")
        if self.depth == 2 and name == "Encrypt":
            self.inside = True
            self.taken.append([])

    def text(self, words: str) -> None:
        if self.inside:
            self.taken[-1].append(words)

    def end(self, name: str) -> None:
        self.inside = False

    def found(self) -> dict[str, Any]:
        if len(self.taken) > 1:
            raise Refused("shape")
        return {"Encrypt": "".join(self.taken[0]).strip()} if self.taken else {}


class _Whole(_Reader):
    """Keeps everything below the outermost element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[dict[str, Any], list[str]]] = []
        self.all: dict[str, Any] = {}

    def start(self, name: str) -> None:
        self.open.append(({}, []))

    def text(self, words: str) -> None:
        self.open[-1][1].append(words)

    def end(self, name: str) -> None:
        inside, words = self.open.pop()
        if not self.open:
            self.all = inside
            return
        value: Any = inside or "".join(words)
        around = self.open[-1][0]
        if name not in around:
            around[name] = value
        elif isinstance(around[name], list):
            around[name].append(value)
        else:
            around[name] = [around[name], value]

    def found(self) -> dict[str, Any]:
        if not self.all:
            raise Refused("shape")
        return self.all
