"""Finding drugs for what people type or say, and telling how the question was read."""

from collections.abc import Iterator
from datetime import date

from backend.catalog import diseases, wording
from backend.catalog.choosing import choose
from backend.catalog.comparing import NAME, differences
from backend.catalog.lookups import cards, listed_drugs
from backend.catalog.readings import reading
from backend.catalog.understanding import Understood, understand
from backend.catalog.vocabulary import lexicon
from backend.errors import BadInput
from search import Found


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
    chosen = choose(asked, where, known, page_size if first else 1)
    if first or not chosen.found.ids:
        found, then = chosen.found, chosen.then
    elif cursor:
        found, then = chosen.walk.page_after(cursor, page_size)
    else:
        found, then = chosen.walk.page(page, page_size)
    items = list(_items(found, asked, day))
    return {
        "items": items,
        "total": found.total,
        "reading": reading(asked, chosen.wording, items, known),
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


def _items(found: Found, asked: Understood, day: date) -> Iterator[dict]:
    drugs = listed_drugs(found.ids)
    listed = [drugs[code] for code in found.ids if code in drugs]
    made = cards(listed, day)
    for drug in listed:
        why = found.why.get(drug.code, "browse")
        card = made[drug.id]
        differs = differences(asked, drug)
        if asked.elsewhere and why != "typo":
            differs.append(NAME)
        yield card | {
            "matched_by": {"code": why, "text": wording.MATCHES[why]},
            "differs": differs,
        }
