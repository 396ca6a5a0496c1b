"""What makes two pushes one, and what may be looked at of one. Pure."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

KEEP_DAYS = 7
KIND_LETTERS = 40

Fields = dict[str, Any]


def key_of(fields: Fields, raw: bytes) -> str:
    """The same for every repetition of a push, as XML and as JSON; another for every other.

    A message has its number. An event has none: sender, second and event tell it, and the
    template or the check it is about, since two events can share a second.
    """
    who, event = fields.get("FromUserName"), fields.get("Event")
    if who and fields.get("MsgId"):
        facts = ["message", who, fields["MsgId"]]
    elif who and fields.get("CreateTime") and event:
        facts = ["event", who, fields["CreateTime"], event, *sorted(_about(fields))]
    else:
        facts = ["raw", sha256(raw).hexdigest()]
    return sha256("\0".join(map(str, facts)).encode()).hexdigest()


def kind_of(fields: Fields) -> str:
    """The kind of a push: "text", "image", "event:wxa_media_check"."""
    kind = str(fields.get("MsgType", ""))
    return (f"{kind}:{fields.get('Event', '')}" if kind == "event" else kind)[:KIND_LETTERS]


def seen(fields: Fields, mask: Callable[[str], str]) -> Fields:
    """What may be looked at: the kind, when, and masked words; not who, nor any address."""
    kept = {name: str(fields[name])[:64] for name in ("MsgType", "CreateTime") if name in fields}
    said = fields.get("Content")
    return kept | ({"Content": mask(said)} if isinstance(said, str) else {})


def _about(fields: Any) -> Iterator[str]:
    if isinstance(fields, list):
        for one in fields:
            yield from _about(one)
    elif isinstance(fields, dict):
        for name, value in fields.items():
            if name in ("TemplateId", "MsgID", "trace_id", "TraceId"):
                yield str(value)
            yield from _about(value)
