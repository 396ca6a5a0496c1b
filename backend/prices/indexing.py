"""Where the documents of the index come from: the catalogue, and outlets with their shelves."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from backend.badges.actions import keep_up
from backend.catalog.indexing import drug_codes, drug_documents
from backend.catalog.lookups import cards, listed_drugs
from backend.db import run
from backend.indexing.draining import Source, Sources
from backend.intake.models import Publication
from backend.outlets.indexing import Shelf, documents, outlet_codes, outlets_in_use
from backend.outlets.lookups import joined_ids
from backend.outlets.models import Outlet
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import rules
from search import Document

_ON_SHELVES = """
SELECT offer.outlet_id, drug.code, offer.price_fen, offer.in_stock
FROM offer JOIN drug ON drug.id = offer.drug_id
WHERE offer.outlet_id IN ({ids}) AND offer.born <= ? AND offer.died > ?
  AND drug.withdrawn_on IS NULL
ORDER BY offer.outlet_id, drug.code
"""


def sources(city: str = "shenyang") -> Sources:
    """Every kind of the index, as the tables stand when it is asked for."""
    return {
        "drugs": Source(drug_codes, drug_documents),
        "outlets": Source(outlet_codes, lambda codes: outlet_documents(codes, city), keep_up),
    }


def outlet_documents(codes: Sequence[str], city: str) -> list[Document]:
    """The documents of those of these outlets that can be found, with what they sell today."""
    day = city_day(outside.clock.now())
    outlets = outlets_in_use(codes)
    return documents(outlets, day, _shelves(outlets, pack_on(city, day), day))


def _shelves(outlets: Sequence[Outlet], pack: Pack, day: date) -> dict[int, Shelf]:
    """What each outlet sells: a drug it may not choose is not shown there, so not found either."""
    number = Publication.current()
    marks = ", ".join("?" * len(outlets)) or "NULL"
    rows = run(_ON_SHELVES.format(ids=marks), *(o.id for o in outlets), number, number).fetchall()
    told = _told({code for _, code, *_ in rows}, day)
    joined = set(joined_ids(day)) if any(special for *_, special in told.values()) else set()
    special_outlets = {outlet.id for outlet in outlets if outlet.special}
    shelves = {}
    for outlet_id, group in groupby(rows, key=itemgetter(0)):
        shown = [
            row for row in group
            if row[1] in told and rules.may_choose(
                told[row[1]][2], outlet_id in joined, outlet_id in special_outlets, pack
            )
        ]  # fmt: skip
        shelves[outlet_id] = Shelf(
            tuple(code for _, code, *_ in shown),
            tuple(code for _, code, asked, stock in shown if _is_good(asked, stock, told[code])),
        )
    return shelves


def _is_good(asked_fen, stock, told):
    winning_fen, standing, _ = told
    at_most = rules.at_or_below_winning(asked_fen, winning_fen, standing)
    return at_most and stock != 0


def _told(codes, day):
    """(winning price, its standing, whether it is a special drug) of each drug."""
    drugs = listed_drugs(sorted(codes))
    made = cards(list(drugs.values()), day)
    return {
        code: (card["winning_price_fen"], card["standing"]["code"], drug.special)
        for code, drug in drugs.items()
        for card in (made[drug.id],)
    }
