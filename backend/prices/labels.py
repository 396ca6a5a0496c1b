"""What an outlet's labels and notice boards say of its drugs, and which of them are chosen."""

from collections.abc import Sequence

from backend.badges.lookups import badge_of
from backend.catalog import diseases
from backend.prices.lookups import city_moment, sold_at

# More than any outlet sells; what is printed at once has an end.
MOST = 2_000


def to_print(code: str, *, drugs: Sequence[str] = (), category: str = "", words: str = "") -> dict:
    """An outlet's offers for paper: {outlet, badge, items, total, printed_on}.

    Only these drugs (codes), those of a disease, or those with these words in their name, where
    any are given. Raises NotFound and Gone for the outlet's code.
    """
    told = sold_at(code, words=words, page_size=MOST)
    chosen = [offer for offer in told["items"] if _is_meant(offer["drug"], drugs, category)]
    return {
        "outlet": told["outlet"],
        "badge": badge_of(code),
        "items": chosen,
        "total": told["total"],
        "printed_on": city_moment().date().isoformat(),
    }


def _is_meant(drug, codes, category):
    if codes and drug["code"] not in codes:
        return False
    one = diseases.disease(category)
    return not category or (one is not None and one.name in drug["diseases"])


def diseases_of(items: Sequence[dict]) -> list[dict]:
    """The diseases these offers are listed under, in people's order: {code, name, count}."""
    listed = [name for offer in items for name in offer["drug"]["diseases"]]
    return [
        {"code": one.code, "name": one.name, "count": listed.count(one.name)}
        for one in diseases.diseases()
        if one.name in listed
    ]
