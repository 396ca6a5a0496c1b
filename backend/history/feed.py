"""Reading what changed: facts of prices, stock and the list, each once, from a cursor on."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from backend import cursors
from backend.catalog import lookups as catalog
from backend.db import as_day, run
from backend.history import wording
from backend.intake.models import Publication
from backend.outlets import lookups as outlets
from backend.prices.models import PriceFact

KINDS = {
    PriceFact.DOWN: "price_down", PriceFact.UP: "price_up", PriceFact.RESTOCKED: "restocked",
    PriceFact.SOLD_OUT: "sold_out", PriceFact.FIRST: "first_sold",
    PriceFact.WITHDRAWN: "no_longer_sold",
}  # fmt: skip
_START = (0, 0, 0, 0, 0)
# After every id of a publication that is seen whole.
_LAST = 2**31 - 1

# A publication is seen whole, and nothing is ever added to one that is seen.
_PRICES = """
SELECT number, outlet_id, drug_id, kind, day, before_fen, after_fen, open FROM price_fact
WHERE (number, outlet_id, drug_id, kind) > (?, ?, ?, ?) AND number <= ? {filters}
ORDER BY number, outlet_id, drug_id, kind LIMIT ?
"""
_LIST = """
SELECT seq, subject, thing_id, kind, day FROM list_fact WHERE seq > ? {filters} ORDER BY seq LIMIT ?
"""


class Fact(NamedTuple):
    """Something that changed, by ids: a code of `wording.FACTS`, whose it is, from what (分) to
    what. `open` says that no price of a resident stands behind it.
    """

    kind: str
    outlet_id: int | None
    drug_id: int | None
    day: str
    number: int | None
    before_fen: int | None
    after_fen: int | None
    open: bool


class Facts(NamedTuple):
    """Some facts, the cursor to ask with next time, and whether there are more already."""

    facts: list[Fact]
    next: str
    more: bool


def facts_after(
    cursor: str = "", limit: int = 500, *, outlet_id: int | None = None,
    drug_id: int | None = None, only_open: bool = False,
) -> Facts:  # fmt: skip
    """At most so many facts after a cursor ("" is from the first on), in the order they were seen.

    Two streams, each with a place of its own in the cursor: prices by publication, then the list by
    number. Nothing is ever seen before a place that was passed. Raises BadCursor.
    """
    asked = {"facts": [outlet_id, drug_id, only_open]}
    place = list(cursors.read(cursor, asked, *["int"] * 5)) if cursor else list(_START)
    found = list(_of_prices(place, limit + 1, outlet_id, drug_id, only_open))
    found += _of_list(place, limit + 1 - len(found), outlet_id, drug_id)
    kept = found[:limit]
    for where, _ in kept:
        if len(where) == 4:
            place[:4] = where
        else:
            place[4:] = where
    told = [fact for _, fact in kept]
    return Facts(told, cursors.written(asked, place), len(found) > limit)


def newest_cursor() -> str:
    """The cursor of whoever wants to be told of what comes from now on."""
    last = run("SELECT COALESCE(MAX(seq), 0) FROM list_fact").fetchone()[0]
    end = [Publication.current(), _LAST, _LAST, _LAST, last]
    return cursors.written({"facts": [None, None, True]}, end)


def _of_prices(place, most, outlet_id, drug_id, only_open) -> Iterator[tuple[Sequence[int], Fact]]:
    filters, values = _where(outlet_id=outlet_id, drug_id=drug_id)
    if only_open:
        filters += " AND open = 1"
    rows = run(
        _PRICES.format(filters=filters), *place[:4], Publication.current(), *values, most
    ).fetchall()
    for number, outlet, drug, kind, day, before, after, is_open in rows:
        told = Fact(KINDS[kind], outlet, drug, str(as_day(day)), number, before, after,
                    bool(is_open))  # fmt: skip
        yield (number, outlet, drug, kind), told


def _of_list(place, most, outlet_id, drug_id) -> Iterator[tuple[Sequence[int], Fact]]:
    if most <= 0 or (outlet_id is not None and drug_id is not None):
        return
    filters, values = "", []
    for subject, id_ in (("outlet", outlet_id), ("drug", drug_id)):
        if id_ is not None:
            filters, values = " AND subject = ? AND thing_id = ?", [subject, id_]
    for seq, subject, id_, kind, day in run(_LIST.format(filters=filters), place[4], *values, most):
        outlet, drug = (id_, None) if subject == "outlet" else (None, id_)
        yield (seq,), Fact(kind, outlet, drug, str(as_day(day)), None, None, None, True)


def _where(**ids: int | None) -> tuple[str, list[Any]]:
    given = {name: id_ for name, id_ in ids.items() if id_ is not None}
    return "".join(f" AND {name} = ?" for name in given), list(given.values())


def facts_page(cursor: str = "", *, outlet: str = "", drug: str = "", page_size: int = 500) -> dict:
    """The open facts as people and programs read them: {items, next, more}.

    Of one outlet or drug by its code, where one is given; what a resident handed in is in none.
    Raises NotFound and Gone for a code, BadCursor.
    """
    found = facts_after(
        cursor, page_size, only_open=True,
        outlet_id=outlets.find(outlet).id if outlet else None,
        drug_id=catalog.find(drug).id if drug else None,
    )  # fmt: skip
    named = {
        "outlet": _named(_OUTLETS, {one.outlet_id for one in found.facts}),
        "drug": _named(_DRUGS, {one.drug_id for one in found.facts}),
    }
    return {
        "items": [_card(one, named) for one in found.facts],
        "next": found.next,
        "more": found.more,
    }


_OUTLETS = "SELECT id, code, name FROM outlet WHERE id IN ({ids})"
_DRUGS = "SELECT id, code, generic_name FROM drug WHERE id IN ({ids})"


def _named(sql, ids) -> dict[int, dict]:
    known = sorted(id_ for id_ in ids if id_ is not None)
    rows = run(sql.format(ids=", ".join("?" * len(known)) or "NULL"), *known).fetchall()
    return {id_: {"code": code, "name": name} for id_, code, name in rows}


def _card(fact: Fact, named) -> dict:
    return {
        "kind": {"code": fact.kind, "text": wording.FACTS[fact.kind]},
        "text": wording.fact(fact.kind, fact.before_fen, fact.after_fen),
        "day": fact.day,
        "outlet": named["outlet"].get(fact.outlet_id),
        "drug": named["drug"].get(fact.drug_id),
        "before_fen": fact.before_fen,
        "after_fen": fact.after_fen,
        "publication": fact.number,
    }
