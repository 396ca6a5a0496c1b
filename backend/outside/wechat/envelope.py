"""The envelope of what WeChat pushes: whose it is, whether it is fresh, what is in it. Pure.

Plain, compatible and safe mode; XML and JSON. Before the signature holds nothing of a body is
read but its `Encrypt`; a plain body is not read at all.
"""

import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import sha1
from typing import Any, NamedTuple

from backend.outside.wechat.bodies import BODY_BYTES, Refused, encrypted_of, fields_of
from backend.outside.wechat.ciphers import Unsealable, decrypted, encrypted

PLAIN, COMPAT, SAFE = MODES = ("plain", "compat", "safe")
# WeChat asks again within a minute; a clock may be wrong by some.
FRESH_S = 600

_SHAPES = {
    "timestamp": re.compile(r"[0-9]{9,11}"),
    "nonce": re.compile(r"[\x21-\x7e]{1,64}"),
    "signature": re.compile(r"[0-9a-f]{40}"),
    "msg_signature": re.compile(r"[0-9a-f]{40}"),
    "echostr": re.compile(r"[\w+/=-]{1,256}", re.ASCII),
}


class Lock(NamedTuple):
    """A token and a key as the platform's page has them; the key is b"" in plain mode."""

    token: str
    key: bytes


class Mailbox(NamedTuple):
    """Ours: the account, the mode, the lock of today and the one before, good until a day."""

    app_id: str
    mode: str
    now: Lock
    before: Lock | None = None
    before_until: date | None = None

    def locks(self, today: date) -> tuple[Lock, ...]:
        """The locks that open on a day, today's first."""
        if self.before and self.before_until and today <= self.before_until:
            return (self.now, self.before)
        return (self.now,)


class Push(NamedTuple):
    """What was in an envelope: its fields, and the bytes and form ("xml", "json") they came in."""

    fields: dict[str, Any]
    raw: bytes
    form: str


class Sealed(NamedTuple):
    """An encrypted answer and its signature."""

    encrypt: str
    signature: str


def greeted(asked: Mapping[str, str], box: Mailbox, *, now: float, today: date) -> str:
    """What to answer when the address is saved on the platform's page; raises Refused."""
    _known_token(asked, "signature", box.locks(today), (), now)
    return _given(asked, "echostr")


def opened(asked: Mapping[str, str], body: bytes, box: Mailbox, *, now: float, today: date) -> Push:
    """What WeChat pushed to us; raises Refused.

    `asked` is the address's query, `now` in seconds since 1970, `today` the city's day.
    """
    if len(body) > BODY_BYTES:
        raise Refused("too_long")
    kind = asked.get("encrypt_type") or "raw"
    if kind == "aes":
        raw = _unsealed(asked, body, box, now, today)
    elif kind == "raw" and box.mode == PLAIN:
        _known_token(asked, "signature", box.locks(today), (), now)
        raw = body
    else:
        # Else one old signature would let anybody push plain bodies to us.
        raise Refused("not_encrypted")
    fields, form = fields_of(raw)
    return Push(fields, raw, form)


def signature_of(token: str, timestamp: str, nonce: str, *more: str) -> str:
    """WeChat's signature: SHA-1 over the sorted parts, one after the other."""
    return sha1("".join(sorted((token, timestamp, nonce, *more))).encode()).hexdigest()


def sealed(
    message: bytes, box: Mailbox, *, timestamp: str, nonce: str, random: bytes = b""
) -> Sealed:
    """An answer as WeChat wants it in safe mode; `random` is drawn by chance when left out."""
    text = b64encode(encrypted(message, box.app_id, box.now.key, random=random)).decode()
    return Sealed(text, signature_of(box.now.token, timestamp, nonce, text))


def _unsealed(asked, body, box, now, today):
    locks = [lock for lock in box.locks(today) if lock.key]
    if not locks:
        raise Refused("no_key")
    text = encrypted_of(body)
    _known_token(asked, "msg_signature", locks, (text,), now)
    try:
        letters = b64decode(text, validate=True)
    except ValueError:
        raise Refused("sealed_otherwise") from None
    # Token and key may be changed at different times.
    for lock in locks:
        try:
            raw, app_id = decrypted(letters, lock.key)
        except Unsealable:
            continue
        if not hmac.compare_digest(app_id, box.app_id.encode()):
            raise Refused("another_account")
        return raw
    raise Refused("sealed_otherwise")


def _known_token(asked, name, locks, more, now):
    """Nothing where a token of ours signed it lately; raises Refused."""
    said, stamp, nonce = (_given(asked, one) for one in (name, "timestamp", "nonce"))
    right = [
        hmac.compare_digest(said, signature_of(lock.token, stamp, nonce, *more))
        for lock in locks
        if lock.token
    ]
    if not any(right):
        raise Refused("signature")
    if abs(now - int(stamp)) > FRESH_S:
        raise Refused("stale")


def _given(asked, name):
    said = asked.get(name, "")
    if not _SHAPES[name].fullmatch(said):
        raise Refused("signature" if "signature" in name else name)
    return said
