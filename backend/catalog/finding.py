"""Finding drugs for what people type or say, and telling how the question was read."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from backend.catalog import diseases, wording
from backend.catalog.comparing import NAME, differences, notes
from backend.catalog.indexing import marks
from backend.catalog.lexicon import Lexicon, lexicon
from backend.catalog.lookups import cards, listed_drugs
from backend.catalog.understanding import Understood, Wording, understand
from backend.errors import BadInput
from backend.indexing.walking import Walk
from search import Found, Query
from search.text import compact

# Ways of matching that leave doubt about which name was meant.
DOUBTFUL = ("typo", "homophone", "initials", "pinyin")
# Names offered where it is not clear which is meant, and how alike they must be (of 100).
MOST_ASKED, ALIKE = 4, 60


def search_drugs(
    words: str,
    *,
    category: str = "",
    page: int = 1,
    page_size: int = 20,
    cursor: str = "",
    day: date,
) -> dict:
    """Drugs matching the words and the disease: {items, total, reading, page, next, degraded …}.

    Each item is a drug card with `matched_by` and `differs`: what of the form, strength, firm or
    name asked for it is not. `reading` tells how the words were read: {words, left_out, notes,
    absent, asks}. Raises BadInput for an unknown category, BadCursor, CursorLost.
    """
    where = _where(category)
    words = words.strip()
    known = lexicon() if words else None
    asked = understand(words, known) if known else Understood("", (), ())
    first = page == 1 and not cursor
    chosen = _chosen(asked, where, known, page_size if first else 1)
    if first or chosen.refused:
        found, then = chosen.page
    elif cursor:
        found, then = chosen.walk.page_after(cursor, page_size)
    else:
        found, then = chosen.walk.page(page, page_size)
    items = list(_items(found, asked, day))
    return {
        "items": items,
        "total": found.total,
        "reading": _reading(asked, chosen, items, known),
        "page": None if cursor else page,
        "page_size": page_size,
        "next": then,
        "degraded": found.degraded,
    }


def _where(category) -> dict[str, object]:
    if not category:
        return {}
    if not diseases.disease(category):
        said = wording.UNKNOWN_CATEGORY
        raise BadInput(said, errors={"category": [said]})
    return {f"tag:{category}": 1}


class _Chosen(NamedTuple):
    """The wording of a question that finds something, its walk and first page; `refused` where
    the name asked for is another drug's, so that nothing may be shown in its place."""

    wording: Wording
    walk: Walk
    page: tuple[Found, str | None]
    refused: bool = False


def _chosen(asked: Understood, where: dict[str, object], known: Lexicon | None, size: int):
    def look(way):
        walk = Walk(Query(way.words, where=where), marks)
        return _Chosen(way, walk, walk.page(1, size))

    whole = Wording(asked.words)
    if known is None:
        return look(whole)
    if asked.elsewhere and not known.begins_a_name(asked.elsewhere):
        walk = Walk(Query(asked.words, where=where), marks)
        return _Chosen(whole, walk, (Found([], 0, {}), None), refused=True)
    doubtful = None
    for way in asked.wordings():
        chosen = look(way)
        found, _ = chosen.page
        if found.ids and found.why[found.ids[0]] != "typo":
            return chosen
        if doubtful is None or (found.ids and not doubtful.page[0].ids):
            doubtful = chosen
    return doubtful or look(whole)


def _items(found: Found, asked: Understood, day: date) -> Iterator[dict]:
    drugs = listed_drugs(found.ids)
    listed = [drugs[code] for code in found.ids if code in drugs]
    made = cards(listed, day)
    for drug in listed:
        why = found.why.get(drug.code, "browse")
        card = made[drug.id]
        differs = differences(asked, card)
        if asked.elsewhere:
            differs.append(NAME)
        yield card | {
            "matched_by": {"code": why, "text": wording.MATCHES[why]},
            "differs": differs,
        }


def _reading(asked, chosen, items, known) -> dict[str, Any]:
    """How the question was read: {words, left_out, notes, absent, asks}."""
    told: dict[str, Any] = {
        "words": chosen.wording.words, "left_out": list(chosen.wording.left_out), "notes": [],
        "absent": None, "asks": [],
    }  # fmt: skip
    if known is None:
        return told
    if asked.elsewhere:
        told |= _not_here(asked, known, items)
    elif items:
        told["notes"] = list(_notes(asked, chosen, items))
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
    near = process.extract(name, listed, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_ASKED)
    return [core for core, _, _ in near]


def _notes(asked, chosen, items: Sequence[dict]) -> Iterator[dict]:
    first = items[0]
    if first["matched_by"]["code"] in ("typo", "homophone"):
        text = wording.repaired(chosen.wording.words, first["core"])
        yield {"code": first["matched_by"]["code"], "text": text}
    yield from notes(asked, first["differs"])
    if chosen.wording.left_out:
        yield {"code": "left_out", "text": wording.left_out(chosen.wording.left_out)}


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
    near = process.extract(key, list(known.elsewhere), scorer=Levenshtein.distance,
                           score_cutoff=1, limit=MOST_ASKED)  # fmt: skip
    return [{"words": known.elsewhere[name], "note": wording.NOT_LISTED} for name, _, _ in near]


def _each_name(asked: Understood) -> list[dict]:
    """Of a question with two names that no drug has both: each for itself."""
    names = asked.those("name")
    return [{"words": name, "note": wording.ONE_OF_TWO} for name in names] if len(names) > 1 else []
