"""How words are cut, which verdict counts, when to ask again, what a pushed verdict says. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

PASS, REVIEW, RISKY = WORST_LAST = ("pass", "review", "risky")
ASKED = "asked"

_ENDS = "。！？!?；;\n…"
# Where a sentence is longer than may be asked, its pieces overlap: no word is hidden in the cut.
_OVERLAP = 50

COULD_NOT_DOWNLOAD = -1008
_CANNOT_CHECK = {
    "61010": "person_not_seen_lately",
    "43104": "not_our_person",
    "87014": "risky_by_version_1",
}


class Said(NamedTuple):
    """What WeChat said: `suggest` to be followed, and why; `label` is its number for the kind."""

    suggest: str
    label: str = ""
    why: str = "label"


class Pushed(NamedTuple):
    """A verdict as it was pushed: under which number, for whose app ("" where it does not say)."""

    trace_id: str
    app_id: str
    said: Said


def pieces(words: str, letters: int) -> list[str]:
    """The words in pieces of at most so many letters, cut after sentences wherever there is one."""
    cut, start = [], 0
    while len(words) - start > letters:
        end = 1 + max(words.rfind(mark, start, start + letters) for mark in _ENDS)
        if end > start:
            cut.append(words[start:end])
            start = end
        else:
            cut.append(words[start : start + letters])
            start += letters - min(_OVERLAP, letters // 2)
    return [*cut, words[start:]]


def worst(said: Iterable[Said]) -> Said:
    """The one that counts where several were asked for."""
    return max(said, key=lambda one: WORST_LAST.index(one.suggest))


def of_verdict(suggest: str, label: str) -> Said:
    """What the client brings: where WeChat cannot check, the label is the code it said so with."""
    if label in _CANNOT_CHECK:
        return Said(REVIEW, why=_CANNOT_CHECK[label])
    if not label:
        return Said(REVIEW, why="nothing_said")
    return Said(suggest, label)


def pause(tries: int, most_minutes: int) -> timedelta:
    """How long to wait after so many questions without an answer: a minute, two, four…"""
    return timedelta(minutes=min(2 ** min(tries - 1, 20), most_minutes))


def pushed(fields: Mapping[str, Any]) -> Pushed:
    """The verdict in an event wxa_media_check.

    It lies in `result` or at the top; numbers come as numbers and as text; `errcode` stands at the
    top, or with the parts of `detail`. What is not a valid verdict of version 2 is for a person.
    """
    trace_id = fields.get("trace_id") or fields.get("TraceId") or ""
    app_id = fields.get("appid") or fields.get("AppId") or ""
    return Pushed(str(trace_id), str(app_id), _said(fields))


def _said(fields):
    codes = _codes(fields)
    if str(COULD_NOT_DOWNLOAD) in codes:
        return Said(REVIEW, why="could_not_download")
    result = fields.get("result")
    found = result if isinstance(result, Mapping) else fields
    label = str(found.get("label", ""))
    if "isrisky" in fields or str(fields.get("version", "2")) != "2":
        return Said(REVIEW, label, "of_version_1")
    suggest = found.get("suggest")
    if suggest not in WORST_LAST or codes != {"0"}:
        return Said(REVIEW, label, "not_valid")
    return Said(suggest, label)


def _codes(fields):
    """Every error code that bears on the verdict, as text."""
    result = fields.get("result")
    tops = [one for one in (fields, result) if isinstance(one, Mapping) and "errcode" in one]
    found = tops or _parts(fields.get("detail"))
    return {str(one["errcode"]).strip() for one in found}


def _parts(detail: Any) -> Iterator[Mapping[str, Any]]:
    """The parts of a detail, however XML or JSON wrap them."""
    if isinstance(detail, list):
        for one in detail:
            yield from _parts(one)
    elif isinstance(detail, Mapping):
        if "errcode" in detail:
            yield detail
        else:
            for one in detail.values():
                yield from _parts(one)
