"""Reading drugs: by code, by words, with the winning price that holds here on a day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from backend.catalog import wording
from backend.catalog.cards import card as card
from backend.catalog.cards import cards as cards
from backend.catalog.cards import full_name, iso, wins_of
from backend.catalog.cards import unit_price as unit_price
from backend.catalog.cards import winning as winning
from backend.catalog.models import Drug
from backend.errors import Gone, NotFound
from backend.intake.models import Publication
from backend.intake.remembered import Remembered

_drugs: Remembered[str, Drug] = Remembered(most=5_000)


class DrugRef(NamedTuple):
    """What the intake of prices asks of a drug."""

    id: int
    code: str
    special: bool


def drugs_by_code() -> dict[str, DrugRef]:
    """Every published drug in use, by its public code and by its 医保编码."""
    rows = (
        Drug.select(Drug.id, Drug.code, Drug.nhsa_code, Drug.special)
        .where(Drug.born <= Publication.current(), Drug.withdrawn_on.is_null())
        .tuples()
    )
    found = {}
    for id_, code, nhsa_code, special in rows:
        ref = DrugRef(id_, code, bool(special))
        found[code] = ref
        if nhsa_code:
            found.setdefault(nhsa_code, ref)
    return found


def find(code: str) -> Drug:
    """The drug with this code; raises NotFound, or Gone naming what replaced it."""
    drug = _drugs.all([code], _coded).get(code)
    if not drug:
        raise NotFound(wording.NO_SUCH_DRUG)
    if drug.withdrawn_on:
        raise Gone(wording.DRUG_WITHDRAWN, replaced_by=drug.replaced_by or None)
    return drug


def _coded(codes):
    return {code: drug for code in codes if (drug := Drug.coded(code))}


def listed_drugs(codes: Iterable[str]) -> dict[str, Drug]:
    """The published drugs among these codes, by code (withdrawn ones among them)."""
    return _drugs.all(codes, _listed)


def _listed(codes):
    return {drug.code: drug for drug in Drug.seen().where(Drug.code.in_(codes))}


def history(drug: Drug) -> list[dict]:
    """Every winning price the drug ever had anywhere, the latest first."""
    return [
        {
            "batch": win.batch.name,
            "price_fen": win.price_fen,
            "standing": {"code": win.standing, "text": wording.STANDINGS[win.standing]},
            "announced_on": iso(win.announced_on or win.batch.announced_on),
            "notice_url": win.notice_url,
            "source": win.source,
        }
        for win in wins_of([drug.id])[drug.id]
    ]


def siblings(drug: Drug, day: date, *, most: int = 30) -> list[dict]:
    """Other products of the same substance; never comparable across strength, form or pack."""
    others = list(
        Drug.seen()
        .where(Drug.core == drug.core, Drug.id != drug.id, Drug.withdrawn_on.is_null())
        .order_by((Drug.kind != "won"), Drug.generic_name, Drug.strength, Drug.code)
        .limit(most)
    )
    made = cards(others, day)
    return [made[other.id] | _comparable(drug, other) for other in others]


def sibling_count(drug_code: str, core: str) -> int:
    """How many other products of the same substance there are."""
    return (
        Drug.seen()
        .where(Drug.core == core, Drug.code != drug_code, Drug.withdrawn_on.is_null())
        .count()
    )


def name_of(code: str) -> str | None:
    """The name and pack of the drug with this code, for a link that leads to it."""
    drug = Drug.coded(code)
    return drug and full_name(drug)


def _comparable(drug, other):
    for name, note in wording.INCOMPARABLE:
        if getattr(drug, name) != getattr(other, name):
            return {"comparable": False, "note": note}
    return {"comparable": True, "note": wording.COMPARABLE}
