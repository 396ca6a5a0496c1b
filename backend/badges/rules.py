"""What is signed, and what a printed sign is worth: pure words and bytes, nothing read."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from typing import Any, NamedTuple

STATEMENT, SIGN = "sanjin-badge-1", b"sanjin-sign-1\0"
_EPOCH = date(2020, 1, 1)
_KEY, _DAY, _FACE, _SIGNATURE = 4, 2, 4, 64
_HEAD = _KEY + _DAY + _FACE + _SIGNATURE
MOST_TOKEN = 320


class Sign(NamedTuple):
    """A printed sign: whose it is, the day it was issued, and a mark of the name and kind on it."""

    code: str
    issued_on: date
    face: bytes


class Token(NamedTuple):
    """A scanned token taken apart; nothing in it is believed before the signature is checked."""

    key_id: bytes
    signature: bytes
    sign: Sign


def face_of(kind: str, name: str) -> bytes:
    """The mark of what a sign says of its outlet, two bytes for the kind, two for the name."""
    return sha256(kind.encode()).digest()[:2] + sha256(name.encode()).digest()[:2]


def message_of(sign: Sign, city: str) -> bytes:
    """The bytes that are signed for a sign of a city."""
    days = (sign.issued_on - _EPOCH).days.to_bytes(_DAY)
    return SIGN + city.encode() + b"\0" + days + sign.face + sign.code.encode()


def token_of(sign: Sign, key_id: bytes, signature: bytes) -> str:
    """The sign as its address carries it, base64url."""
    days = (sign.issued_on - _EPOCH).days.to_bytes(_DAY)
    raw = key_id + days + sign.face + signature + sign.code.encode()
    return urlsafe_b64encode(raw).decode().rstrip("=")


def taken_apart(text: str) -> Token | None:
    """The token in this text; None where it is none, cut off, or spelt in another way."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) <= MOST_TOKEN else b""
        code = raw[_HEAD:].decode()
    except (binascii.Error, ValueError):
        return None
    # Of several spellings of the same bytes only ours counts: what is not a sign of ours to the
    # last letter is none.
    if not code or urlsafe_b64encode(raw).decode().rstrip("=") != text:
        return None
    day = _EPOCH + timedelta(days=int.from_bytes(raw[_KEY : _KEY + _DAY]))
    face = raw[_KEY + _DAY : _KEY + _DAY + _FACE]
    return Token(raw[:_KEY], raw[_HEAD - _SIGNATURE : _HEAD], Sign(code, day, face))


def period(
    moment: datetime, until: date | None, *, hours: int, step_minutes: int, zone: tzinfo
) -> tuple[str, str]:
    """When a statement of this moment was issued, and until when it is good (UTC, ISO).

    Issued by whole steps, so that the same facts are signed the same; never good beyond the end of
    the last day the badge is held.
    """
    step = timedelta(minutes=step_minutes)
    midnight = datetime(moment.year, moment.month, moment.day, tzinfo=moment.tzinfo)
    issued = midnight + (moment - midnight) // step * step
    ends = issued + timedelta(hours=hours)
    if until:
        ends = min(ends, datetime.combine(until + timedelta(days=1), time(), zone))
    return _utc(issued), _utc(ends)


def _utc(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def statement(facts: Mapping[str, Any]) -> str:
    """The facts as the text that is signed: compact JSON, keys in their order."""
    told = {"type": STATEMENT, **facts}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
