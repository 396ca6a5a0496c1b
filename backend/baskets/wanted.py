"""What is on a shopping list: which drugs, and how many packs of each."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from backend.baskets import rules, wording
from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.errors import BadInput, Gone, NotFound

MOST_DRUGS, MOST_QUANTITY = 12, 9_999
PACKS, UNITS = "pack", "unit"


class Wanted(NamedTuple):
    """A drug and how much of it: so many packs; `units` where tablets were asked for."""

    drug: Drug
    packs: int
    units: int | None = None


def wanted_of(items: Sequence[dict[str, Any]]) -> list[Wanted]:
    """The drugs of a basket and how many packs of each. Raises BadInput, NotFound."""
    if not items:
        raise BadInput(wording.TOO_FEW, errors={"drugs": [wording.TOO_FEW]})
    if len(items) > MOST_DRUGS:
        said = wording.too_many(MOST_DRUGS)
        raise BadInput(said, errors={"drugs": [said]})
    known = [_drug(number, item["drug"]) for number, item in enumerate(items, 1)]
    wrong: list[str] = []
    wanted: list[Wanted] = []
    for number, (drug, item) in enumerate(zip(known, items, strict=True), 1):
        by_units = item.get("unit") == UNITS
        if drug.id in {one.drug.id for one in wanted}:
            wrong.append(wording.of_drug(number, wording.TWICE))
        elif by_units and not drug.pack_qty:
            wrong.append(wording.of_drug(number, wording.NO_COUNT, wording.FIELDS["quantity"]))
        else:
            wanted.append(_wanted(drug, item["quantity"], by_units=by_units))
    if wrong:
        raise BadInput(wording.together(wrong), errors={"drugs": wrong})
    return wanted


def _drug(number: int, code: str) -> Drug:
    try:
        return catalog.find(code)
    except (NotFound, Gone) as refused:
        told = wording.NO_SUCH_DRUG if isinstance(refused, NotFound) else wording.WITHDRAWN
        words = wording.of_drug(number, told)
        raise NotFound(words, errors={"drugs": [words]}) from None


def _wanted(drug, quantity, *, by_units):
    if not by_units:
        return Wanted(drug, quantity)
    return Wanted(drug, rules.packs_for(quantity, drug.pack_qty), quantity)
