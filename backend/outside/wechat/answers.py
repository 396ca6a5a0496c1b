"""What WeChat's answers mean: done, later (when), never (why), or our own fault. Pure.

The codes and what to do are those of the official pages on errors; docs/wechat.md lists them.
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from backend.outside.clock import CITY_TIME

MINUTE, SOON = 60, 1  # seconds
TOKEN_REFUSED = frozenset((40001, 40014, 42001))
DAY_IS_FULL = 45009
NO_ANSWER = -2  # ours: the network, an HTTP error, or something that is not WeChat's JSON


class Kind(StrEnum):
    """What a caller does next: nothing, ask again later, give up on this one, tell the operator."""

    DONE = "done"
    LATER = "later"
    NEVER = "never"
    OURS = "ours"


class Judged(NamedTuple):
    """What a code means; `after_s` is from when on it may be tried again, None where never."""

    kind: Kind
    why: str
    after_s: int | None = None


class NotDone(Exception):  # noqa: N818 (named for what happened)
    """WeChat did not do it. Holds nothing that was sent: no token, no secret, no one's name.

    `perhaps` is True where a message may have gone out all the same: it is not sent again
    blindly. `rid` is WeChat's number of the question, `ip` the address it saw, `field` the
    value it did not like, each "" where it did not say.
    """

    def __init__(self, judged: Judged, code: int, *, perhaps: bool = False, said: str = "") -> None:
        super().__init__(f"{judged.kind} {code} {judged.why}")
        self.kind, self.why, self.after_s = judged
        self.code, self.perhaps = code, perhaps
        self.rid = _found(r"rid: ([0-9a-f-]{1,64})", said)
        self.ip = _found(r"invalid ip ([0-9a-f.:]{3,45})", said)
        self.field = _found(r"data\.(\w{1,40})\.value", said)


_LATER = {
    -1: ("busy", SOON),
    NO_ANSWER: ("no_answer", SOON),
    45011: ("too_often", MINUTE),
    44991: ("too_often", MINUTE),
    43108: ("another_is_being_sent", SOON),
    # A refused token is asked for anew before this is said.
    **dict.fromkeys(TOKEN_REFUSED, ("token_refused", 30)),
}
_NEVER = {
    40003: "not_our_person",
    43104: "not_our_person",
    40029: "code_is_over",
    40163: "code_is_over",
    40226: "risky_person",
    45015: "window_is_closed",
    45047: "window_is_used_up",
    43101: "not_subscribed",
    45168: "words_not_allowed",
    61010: "person_not_seen_lately",
    # The checks we ask for answer with a verdict; this code is of those they took the place of.
    87014: "risky_by_version_1",
    70000: "minor_protected",
    87020: "asked_before",
    45072: "typing",
    45080: "typing",
    45081: "typing",
}
_OURS = {
    **dict.fromkeys((40002, 40013, 40125, 41002, 41004, 40243, 43002, 50004, 50007), "settings"),
    **dict.fromkeys((40164, 89503, 89506, 89507), "address_not_allowed"),
    **dict.fromkeys((43107, 40037, 48001, 48004), "not_allowed_to_us"),
    **dict.fromkeys(
        (47003, 47001, 44002, 40004, 40033, 40097, 40129, 40169, 41030, 41008), "our_data"
    ),
    **dict.fromkeys((41001, 40066, 61451), "our_call"),
}


def judge(code: int, now: datetime) -> Judged:
    """What a code means at a moment; one we do not know is our fault until somebody has looked."""
    if code == 0:
        return Judged(Kind.DONE, "done")
    if code == DAY_IS_FULL:
        return Judged(Kind.LATER, "day_is_full", seconds_to_tomorrow(now))
    if code in _LATER:
        return Judged(Kind.LATER, *_LATER[code])
    if code in _NEVER:
        return Judged(Kind.NEVER, _NEVER[code])
    return Judged(Kind.OURS, _OURS.get(code, "unknown"))


def seconds_to_tomorrow(now: datetime) -> int:
    """Until the city's next day begins, when WeChat counts anew; at least 1."""
    here = now.astimezone(CITY_TIME)
    tomorrow = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, int((tomorrow - here).total_seconds()))


def known_codes() -> dict[int, Kind]:
    """Every code we know, and what it comes to (the page about WeChat lists them)."""
    kinds = ((_LATER, Kind.LATER), (_NEVER, Kind.NEVER), (_OURS, Kind.OURS))
    known = {code: kind for table, kind in kinds for code in table if code != NO_ANSWER}
    return {0: Kind.DONE, DAY_IS_FULL: Kind.LATER} | known


def _found(pattern: str, said: str) -> str:
    found = re.search(pattern, said[:1000])
    return found[1] if found else ""
