"""What an outlet sells, as the offers table gives it."""

from string import ascii_lowercase, ascii_uppercase

from backend.db import as_day, run
from backend.intake.models import Publication
from backend.prices.candidates import Place

_SOLD = """
FROM offer JOIN drug ON drug.id = offer.drug_id
WHERE offer.outlet_id = ? AND offer.born <= ? AND offer.died > ? AND drug.withdrawn_on IS NULL
"""
_WORDS = """
 AND (lower(drug.generic_name) LIKE ? ESCAPE '!' OR lower(drug.core) LIKE ? ESCAPE '!')
"""
# Only the letters both engines fold alike.
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_ONE = " AND drug.code = ?"
_ORDINARY = " AND drug.special = ?"
_PAGE = """
SELECT drug.code, offer.outlet_id, offer.key, offer.outlet_code, offer.price_fen,
       offer.in_stock, offer.observed_on, offer.source, COUNT(*) OVER ()
{sold} ORDER BY drug.generic_name, drug.strength, drug.code LIMIT ? OFFSET ?
"""


def sold_rows(
    outlet_id: int,
    *,
    words: str = "",
    drug: str = "",
    hides_special: bool,
    page: int,
    page_size: int,
) -> tuple[list[tuple[str, Place]], int]:
    """One page of (drug code, offer) of an outlet by drug name, and how many there are in all.

    Only those with these words in their name, or one drug by its code, where one is given.
    """
    number = Publication.current()
    sold = _SOLD
    values: list[object] = [outlet_id, number, number]
    if words.strip():
        sold += _WORDS
        values += [_like(words.strip())] * 2
    if drug:
        sold += _ONE
        values.append(drug)
    if hides_special:
        sold += _ORDINARY
        values.append(False)
    past = (page - 1) * page_size
    rows = run(_PAGE.format(sold=sold), *values, page_size, past).fetchall()
    if not rows and past:
        return [], run(f"SELECT COUNT(*) {sold}", *values).fetchone()[0]
    return [(row[0], _place(row)) for row in rows], rows[0][8] if rows else 0


def _place(row):
    return Place._make((*row[1:6], as_day(row[6]), row[7], None))


def _like(words):
    escaped = words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped.translate(_SMALL)}%"
