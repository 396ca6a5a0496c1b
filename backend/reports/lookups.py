"""Reading what is reported: what a report is about, and which prices are agreed on."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from backend.catalog import lookups as catalog
from backend.catalog.cards import full_name
from backend.codes import read
from backend.db import as_day, run
from backend.errors import BadInput
from backend.intake.models import Publication
from backend.outlets import lookups as outlets
from backend.policy.packs import pack_on
from backend.policy.report_terms import Reports
from backend.policy.wording import citation
from backend.prices.lookups import city_moment
from backend.prices.models import Observation
from backend.reports import wording
from backend.reports.rules import OF_A_DRUG, Agreed, Said, agreed

_CURRENT = """
SELECT key FROM offer WHERE drug_id = ? AND outlet_id = ? AND born <= ? AND died > ?
"""
# Whatever was observed on that day or later stands, and so does what a person set aside.
_SAID = """
SELECT outlet.code, drug.code, said.drug_id, said.outlet_id, said.day, said.price_fen, said.askers
FROM reported_price AS said
JOIN outlet ON outlet.id = said.outlet_id JOIN drug ON drug.id = said.drug_id
WHERE said.day >= ? AND said.day < ?
  AND NOT EXISTS (SELECT 1 FROM observation AS seen WHERE seen.outlet_id = said.outlet_id
                  AND seen.drug_id = said.drug_id AND seen.observed_on >= said.day
                  AND NOT EXISTS (SELECT 1 FROM review AS aside WHERE aside.key = seen.key
                                  AND aside.state = 'set_aside'))
  AND NOT EXISTS (SELECT 1 FROM review WHERE review.what = 'reports'
                  AND review.state = 'set_aside' AND review.outlet_id = said.outlet_id
                  AND review.drug_id = said.drug_id AND review.price_fen = said.price_fen
                  AND review.observed_on >= said.day)
  AND EXISTS (SELECT 1 FROM offer WHERE offer.drug_id = said.drug_id
              AND offer.outlet_id = said.outlet_id AND offer.born <= ? AND offer.died > ?)
ORDER BY outlet.code, drug.code, said.day, said.price_fen
"""
_ASKED = "SELECT price_fen FROM offer WHERE drug_id = ? AND born <= ? AND died > ?"


class Matter(NamedTuple):
    """What a report is about: ids (drug_id 0 for the outlet as a whole), names to say it back."""

    outlet_id: int
    drug_id: int
    outlet: str
    drug: str
    superseded: bool


class Due(NamedTuple):
    """A price that enough askers agree on, to be handed in as an observation."""

    outlet: str
    drug: str
    drug_id: int
    outlet_id: int
    agreed: Agreed


def wrong(field: str, words: str) -> BadInput:
    """The refusal of one field, to be raised."""
    return BadInput(f"{field}：{words}", errors={field: [words]})


def matter(what: str, *, outlet: str, drug: str = "", offer: str = "") -> Matter:
    """What a report is about; `superseded` where the offer it was shown is not shown any more.

    Raises NotFound and Gone for the codes, BadInput where they do not fit together.
    """
    place = outlets.find(outlet)
    if what not in OF_A_DRUG:
        for field, value in (("drug", drug), ("offer", offer)):
            if value:
                raise wrong(field, wording.NEEDS_NO_DRUG)
        return Matter(place.id, 0, place.name, "", superseded=False)
    if not drug:
        raise wrong("drug", wording.NEEDS_DRUG)
    found = catalog.find(drug)
    number = Publication.current()
    shown = run(_CURRENT, found.id, place.id, number, number).fetchone()
    if shown is None:
        raise wrong("drug", wording.NOT_SOLD_HERE)
    superseded = bool(offer) and _key(offer, place.id, found.id) != shown[0]
    named = full_name(found)
    return Matter(place.id, found.id, place.name, named, superseded)


def _key(offer, outlet_id, drug_id):
    """The observation a public code names; raises BadInput where it is none of this drug here."""
    key = read(offer[1:]) if offer[:1].upper() == "P" else None
    known = key is not None and key < 2**63 and Observation.get_or_none(
        Observation.key == key, Observation.outlet_id == outlet_id, Observation.drug_id == drug_id
    )  # fmt: skip
    if not known:
        raise wrong("offer", wording.NO_SUCH_OFFER)
    return key


def agreed_prices(day: date, terms: Reports) -> Iterator[Due]:
    """The prices enough askers named on the days before this one and nothing newer stands against.

    A day that is not over may still bring others.
    """
    first, number = day - timedelta(days=terms.within_days), Publication.current()
    rows = run(_SAID, first.isoformat(), day.isoformat(), number, number).fetchall()
    for (outlet, drug, drug_id, outlet_id), group in groupby(rows, key=itemgetter(0, 1, 2, 3)):
        found = agreed((Said(as_day(row[4]), *row[5:]) for row in group), terms)
        if found:
            yield Due(outlet, drug, drug_id, outlet_id, found)


def asked_for(drug_id: int) -> list[int]:
    """What outlets ask for a drug now (分)."""
    number = Publication.current()
    return [price for (price,) in run(_ASKED, drug_id, number, number).fetchall()]


def reports_method(*, city: str = "shenyang") -> dict | None:
    """How reports are counted, in words: {paragraphs, citation}; None where the pack wants none."""
    pack = pack_on(city, city_moment().date())
    if pack.reports is None:
        return None
    told = wording.method(pack.reports, pack.outliers)
    return {"paragraphs": told, "citation": citation(pack, pack.reports)}
