"""Other products of the same substance, strength and form: shown beside a drug, never put in."""

from collections.abc import Sequence
from datetime import date

from backend.catalog import lookups as catalog
from backend.catalog.forms import form_of
from backend.catalog.models import Drug

MOST = 3


def substitutes(drugs: Sequence[Drug], day: date, *, most: int = MOST) -> dict[int, dict]:
    """By drug id {total, items}: what another firm or pack has of just this substance, strength and
    form with a winning price in force, the cheapest by the tablet first."""
    others = Drug.seen().where(
        Drug.generic_name.in_([drug.generic_name for drug in drugs]), Drug.withdrawn_on.is_null()
    )
    alike = {drug.id: [one for one in others if _is_alike(drug, one)] for drug in drugs}
    made = catalog.cards([one for some in alike.values() for one in some], day)
    return {id_: _cheapest([made[one.id] for one in some], most) for id_, some in alike.items()}


def _is_alike(drug, other):
    # Of one name but another salt or form it would be another drug.
    return (
        other.id != drug.id
        and other.generic_name == drug.generic_name
        and other.strength == drug.strength != ""
        and _form(other) == _form(drug) != ""
    )


def _form(drug):
    return form_of(drug.generic_name, drug.dosage_form)


def _cheapest(cards, most):
    won = [card for card in cards if card["unit_price_fen"] is not None]
    won.sort(key=lambda card: (card["unit_price_fen"], card["code"]))
    return {"total": len(won), "items": won[:most]}
