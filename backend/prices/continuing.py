"""A page of offers with the cursor of the next one: the last offer shown says where to go on."""

from dataclasses import replace

from backend import cursors
from backend.prices.after import After
from backend.prices.candidates import Place, Question
from backend.prices.pages import page_of


def page_with_cursor(question: Question, cursor: str) -> tuple[list[Place], int, str | None]:
    """The page asked for by number, or by the cursor where there is one; how many offers there
    are in all; the cursor of the page after it. Raises BadCursor."""
    if not cursor:
        found, total = page_of(question)
        more = question.page * question.page_size < total
        return found, total, _cursor(question, found) if more and found else None
    price, metres, code, gone, sunk = cursors.read(
        cursor, _asked(question), "int", "float int none", "str", "bool", "bool"
    )
    after = After(question.order, price, metres, code, gone, question.fen_per_km, sunk)
    # One more than is shown tells whether there is a page after this one.
    size = question.page_size
    found, total = page_of(replace(question, page=1, page_size=size + 1, after=after))
    return found[:size], total, _cursor(question, found[:size]) if len(found) > size else None


def _cursor(question, found):
    last = found[-1]
    place = [last.price_fen, last.distance_m, last.outlet_code, last.in_stock is False,
             last.sunk]  # fmt: skip
    return cursors.written(_asked(question), place)


def _asked(question):
    """What makes it the same list; who may sell a special drug may change under way."""
    return {
        "drug": question.drug_id, "origin": question.origin, "radius_m": question.radius_m,
        "district": question.district, "kind": question.kind, "order": question.order,
        "in_stock": question.in_stock, "winning": question.at_most_fen is not None,
    }  # fmt: skip
