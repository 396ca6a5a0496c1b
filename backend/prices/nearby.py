"""The question "who sells it, near me, at what price", answered exactly by the offers table."""

from dataclasses import replace

from backend.db import as_day, run
from backend.intake.models import Publication
from backend.intake.remembered import Remembered
from backend.prices.candidates import (
    ANYWHERE,
    COLUMNS,
    Bounds,
    Now,
    Place,
    Question,
    among,
    candidates,
)

_ORDERS = {
    "distance": "sunk, metres NULLS LAST, price_fen, outlet_code",
    "price": "sunk, price_fen, metres NULLS LAST, outlet_code",
    "balanced": (
        "sunk, CASE WHEN in_stock = 0 THEN 1 ELSE 0 END, price_fen + ? * metres / 1000 NULLS LAST,"
        " price_fen, outlet_code"
    ),
}

# How many there are in all is the same wherever one stands, until the next publication.
_totals: Remembered[tuple, tuple[int, int]] = Remembered(most=20_000)
_withdrawn: Remembered[int, tuple[int, ...]] = Remembered(most=1)


def as_of_now(question: Question) -> Question:
    """The question with what is published fixed, so that several looks see the same."""
    if question.now:
        return question
    number = Publication.current()
    return replace(question, now=Now(number, _withdrawn.all([number], _read_withdrawn)[number]))


def _read_withdrawn(numbers):
    rows = run("SELECT id FROM outlet WHERE withdrawn_on IS NOT NULL ORDER BY id").fetchall()
    return {number: tuple(id_ for (id_,) in rows) for number in numbers}


def count(question: Question) -> int:
    """How many offers answer the question, on all pages."""
    return _extent(question, "NULL")[0]


def extent(question: Question) -> tuple[int, int]:
    """How many offers answer the question, on all pages, and a price (分) that none is below."""
    return _extent(question, "MIN(price_fen)")


def _extent(question, lowest):
    question = as_of_now(question)
    if question.radius_m is not None:
        return _counted(question, lowest)
    key = (question.now.number, question.drug_id, question.district, question.kind,
           question.at_most_fen, question.at_least_fen, question.in_stock,
           None if question.outlet_ids is None else tuple(question.outlet_ids), lowest,
           question.believed_only and question.trusted)  # fmt: skip
    return _totals.all([key], lambda _: {key: _counted(question, lowest)})[key]


def _counted(question, lowest):
    told, price = _aggregated(question, lowest, [])
    # Looking up the few that withdrew is faster than asking of each of many whether it did.
    if question.now.withdrawn:
        told -= _aggregated(question, "NULL", [among(question.now.withdrawn)])[0]
    return told, price or 0


def _aggregated(question, lowest, wheres):
    inner, values = candidates(question, ANYWHERE, wheres)
    return run(f"SELECT COUNT(*), {lowest} FROM ({inner}) AS o", *values).fetchone()


def places(question: Question, bounds: Bounds = ANYWHERE) -> list[Place]:
    """One page of the offers that answer the question (within bounds), in the published order."""
    return list(map(_place, _page(question, bounds)))


def places_and_count(question: Question, bounds: Bounds) -> tuple[list[Place], int]:
    """One page within bounds, and how many offers there are within them on all pages."""
    rows = _page(question, bounds, ", COUNT(*) OVER ()")
    return list(map(_place, rows)), rows[0][9] if rows else count(question)


def _page(question, bounds, more=""):
    question = as_of_now(question)
    where, ids = among(question.now.withdrawn)
    inner, values = candidates(question, bounds, [(f"NOT ({where})", ids)] if ids else [])
    order = _ORDERS[question.order]
    weights = [question.fen_per_km] * order.count("?")
    return run(
        f"SELECT {COLUMNS}, metres, sunk{more} FROM ({inner}) AS o"
        f" ORDER BY {order} LIMIT ? OFFSET ?",
        *values, *weights, question.page_size, (question.page - 1) * question.page_size,
    ).fetchall()  # fmt: skip


def _place(row):
    return Place._make((*row[:5], as_day(row[5]), *row[6:8], bool(row[8])))
