"""What an outlet sells, as the offers table gives it."""

from string import ascii_lowercase, ascii_uppercase

from backend import cursors
from backend.db import as_day, run
from backend.intake.models import Publication
from backend.prices.after import later
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
       offer.in_stock, offer.observed_on, offer.source,
       drug.generic_name, drug.strength, drug.code
{sold} ORDER BY drug.generic_name, drug.strength, drug.code LIMIT ? OFFSET ?
"""
_KEYS = ("drug.generic_name", "drug.strength", "drug.code")


class Shelf:
    """What one outlet sells, by drug name: all of it, what some words mean, or one drug."""

    def __init__(
        self, outlet_id: int, code: str, *, words: str, drug: str = "", hides_special: bool
    ) -> None:
        self.asked = {"outlet": code, "words": words.strip(), "drug": drug}
        number = Publication.current()
        self.sold = _SOLD
        self.values: list[object] = [outlet_id, number, number]
        if words.strip():
            self.sold += _WORDS
            self.values += [_like(words.strip())] * 2
        if drug:
            self.sold += _ONE
            self.values.append(drug)
        if hides_special:
            self.sold += _ORDINARY
            self.values.append(False)

    def page(
        self, page: int, page_size: int, cursor: str = ""
    ) -> tuple[list[tuple[str, Place]], int, str | None]:
        """One page of (drug code, offer), how many there are in all, the cursor of the next page.

        Raises BadCursor.
        """
        where, past = "", (page - 1) * page_size
        values: list[str] = []
        if cursor:
            seen = cursors.read(cursor, self.asked, *["str"] * len(_KEYS))
            where, values = later([(key, [], one) for key, one in zip(_KEYS, seen, strict=True)])
            where, past = f" AND {where}", 0
        query = _PAGE.format(sold=self.sold + where)
        rows = run(query, *self.values, *values, page_size + 1, past).fetchall()
        shown = rows[:page_size]
        then = cursors.written(self.asked, shown[-1][8:]) if len(rows) > page_size else None
        return [(row[0], _place(row)) for row in shown], self._count(), then

    def _count(self):
        return run(f"SELECT COUNT(*) {self.sold}", *self.values).fetchone()[0]


def _place(row):
    return Place._make((*row[1:6], as_day(row[6]), row[7], None, False))


def _like(words):
    escaped = words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped.translate(_SMALL)}%"
