"""What makes two pushes one, whose one is, when it is tried again, what may be looked at. Pure."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

KIND_LETTERS, SEEN_LETTERS = 40, 64
OTHER = "other"

Fields = dict[str, Any]

# Somebody's words and pictures, his subscriptions, the verdict on a picture, and what the platform
# says of his data (the official page 授权用户信息变更).
KINDS = frozenset((
    "text", "image", "voice", "miniprogrampage", "event:user_enter_tempsession",
    "event:subscribe_msg_popup_event", "event:subscribe_msg_change_event",
    "event:subscribe_msg_sent_event", "event:wxa_media_check",
    "event:user_info_modified", "event:user_authorization_revoke",
    "event:user_authorization_cancellation",
))  # fmt: skip

# What tells two events of one second apart: the message or check they are about; whose data it is,
# where the platform itself is the sender.
_ABOUT = frozenset((
    "TemplateId", "MsgID", "trace_id", "TraceId", "OpenID", "OpenPID", "PluginID", "RevokeInfo",
))  # fmt: skip
# What a person may be shown of a push beside its words: choices and verdicts, none of it anybody's.
_SEEN = ("MsgType", "Event", "CreateTime")
_SEEN_WITHIN = (
    "SubscribeStatusString", "PopupScene", "ErrorCode", "ErrorStatus", "suggest", "label",
    "RevokeInfo",
)  # fmt: skip


def key_of(fields: Fields, raw: bytes) -> str:
    """The same for every repetition of a push, as XML and as JSON; another for every other.

    A message has its number. An event has none: sender, second and event tell it, and what it is
    about, since two events can share a second.
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
    """The kind of a push, as it says it itself: "text", "image", "event:wxa_media_check"."""
    kind = str(fields.get("MsgType", "")).lower()
    event = str(fields.get("Event", "")).lower()
    return (f"{kind}:{event}" if kind == "event" else kind)[:KIND_LETTERS]


def counted_as(kind: str) -> str:
    """Under what a kind is counted: what anybody may push to us must not make new names."""
    return kind if kind in KINDS else OTHER


def person_of(fields: Fields) -> str:
    """The openid of whom a push is from, or about where the platform sends it; "" for nobody.

    A sample of WeChat's own has a space before the name of the field.
    """
    named = [value for name, value in fields.items() if name.strip() == "OpenID"]
    who = named[0] if named else fields.get("FromUserName")
    return who if isinstance(who, str) and not who.startswith("gh_") else ""


def listed(fields: Fields) -> list[Fields]:
    """The rows of an event about subscriptions.

    As XML they are nested under the event's own name; as JSON `List` is an object where there is
    one row and an array where there are more.
    """
    inside = [value for value in fields.values() if isinstance(value, dict) and "List" in value]
    found = fields.get("List", inside[0]["List"] if inside else None)
    rows = found if isinstance(found, list) else [found]
    return [row for row in rows if isinstance(row, dict)]


def wait_before(tries: int, *, first_s: int, most_s: int, chance: float) -> float:
    """Seconds to wait after so many tries that failed: twice as long each time, up to `most_s`.

    `chance` (0 to 1) keeps those who failed together from coming back together.
    """
    return min(most_s, first_s * 2 ** (tries - 1)) * (0.5 + chance)


def seen(fields: Fields, mask: Callable[[str], str]) -> Fields:
    """What may be looked at: kind, time, masked words, verdicts; not who, nor any address."""
    kept = {name: str(fields[name])[:SEEN_LETTERS] for name in _SEEN if name in fields}
    said = fields.get("Content")
    if isinstance(said, str):
        kept["Content"] = mask(said)
    rows = [_told(row) for row in (fields, fields.get("result"), *listed(fields))]
    return kept | ({"about": about} if (about := [row for row in rows if row]) else {})


def _told(row):
    if not isinstance(row, dict):
        return {}
    return {name: str(row[name])[:SEEN_LETTERS] for name in _SEEN_WITHIN if name in row}


def _about(fields: Any) -> Iterator[str]:
    if isinstance(fields, list):
        for one in fields:
            yield from _about(one)
    elif isinstance(fields, dict):
        for name, value in fields.items():
            if name.strip() in _ABOUT:
                yield str(value)
            yield from _about(value)
