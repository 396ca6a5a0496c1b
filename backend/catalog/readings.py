"""Telling how a question was read: what was left out, changed, not to be had, or may be meant."""

from collections.abc import Iterator, Sequence
from typing import Any

from backend.catalog import wording
from backend.catalog.comparing import NAME, notes
from backend.catalog.lexicon import Lexicon
from backend.catalog.understanding import Understood, Wording
from search.alike import alike, one_off
from search.text import compact

# Ways of matching that leave doubt about which name was meant.
DOUBTFUL = ("typo", "homophone", "initials", "pinyin")
# Names offered where it is not clear which is meant, and how alike they must be (of 100).
MOST_ASKED, ALIKE = 4, 60


def reading(
    asked: Understood, way: Wording, items: Sequence[dict], known: Lexicon | None
) -> dict[str, Any]:
    """How the question was read: {words, left_out, notes, absent, asks}.

    `items` are the cards of the page, each with `matched_by` and `differs`.
    """
    told: dict[str, Any] = {
        "words": way.words, "left_out": list(way.left_out), "notes": [],
        "absent": None, "asks": [],
    }  # fmt: skip
    if known is None:
        return told
    if asked.elsewhere and not (items and items[0]["matched_by"]["code"] == "typo"):
        told |= _not_here(asked, known, items)
    elif items:
        told["notes"] = list(_notes(asked, way, items))
        told["asks"] = list(_either(asked, items, known))
    else:
        told["asks"] = _each_name(asked)
    return told


def _not_here(asked, known, items):
    name = asked.elsewhere
    substance = known.elsewhere.get(name, name)
    if items:
        return {"notes": [{"code": NAME, "text": wording.other_name(name)}]}
    near = _near(name, known)
    return {
        "absent": {"name": name, "text": wording.absent(name, substance)},
        "asks": [{"words": one, "note": wording.NEAR_NAME} for one in near],
    }


def _near(name: str, known: Lexicon) -> list[str]:
    """Substances of the catalogue whose names are like one that is not in it."""
    listed = sorted({core for cores in known.names.values() for core in cores})
    return alike(name, listed, least=ALIKE, most=MOST_ASKED)


def _notes(asked, way, items: Sequence[dict]) -> Iterator[dict]:
    first = items[0]
    if first["matched_by"]["code"] in ("typo", "homophone"):
        text = wording.repaired(way.words, first["core"])
        yield {"code": first["matched_by"]["code"], "text": text}
    yield from notes(asked, first["differs"])
    if way.left_out:
        yield {"code": "left_out", "text": wording.left_out(way.left_out)}


def _either(asked, items: Sequence[dict], known: Lexicon) -> list[dict]:
    """The substances the words may mean alike, where more than one is found the same way."""
    why = items[0]["matched_by"]["code"]
    if why not in DOUBTFUL:
        return []
    cores = dict.fromkeys(one["core"] for one in items if one["matched_by"]["code"] == why)
    told = [{"words": core, "note": ""} for core in cores]
    if why == "typo":
        told += _spelt_nearly(asked, known)
    return told[:MOST_ASKED] if len(told) > 1 else []


def _spelt_nearly(asked, known):
    """Names of drugs elsewhere that differ from the words in one character too."""
    key = compact(asked.words)
    near = one_off(key, list(known.elsewhere), most=MOST_ASKED)
    return [{"words": known.elsewhere[name], "note": wording.NOT_LISTED} for name in near]


def _each_name(asked: Understood) -> list[dict]:
    """Of a question with two names that no drug has both: each for itself."""
    names = asked.those("name", "elsewhere", "turned")
    return [{"words": name, "note": wording.ONE_OF_TWO} for name in names] if len(names) > 1 else []
