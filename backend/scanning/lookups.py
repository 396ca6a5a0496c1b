"""Reading a code off a box: the product, its winning price, who sells it near, what a price is."""

from collections.abc import Sequence
from datetime import datetime

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug, ProductCode
from backend.catalog.packcodes import APPROVAL, NHSA, PackCode, read
from backend.errors import BadInput
from backend.outlets.places import Position
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.policy.wording import consultation
from backend.prices import lookups as prices
from backend.prices import wording as price_wording
from backend.prices.cards import verdict_card
from backend.scanning import wording

# So many products of one code are shown to choose from; so many offers say where to go.
MOST, NEAREST = 50, 3
_WRITTEN = ("国药准字{}", "{}")


def scan(
    code: str,
    *,
    drug: str = "",
    price_fen: int | None = None,
    origin: Position | None = None,
    district: str = "",
    city: str = "shenyang",
) -> dict:
    """What a code stands for: {code, known, demo, note, drugs, drug, offers, total, asked, advice}.

    Of several products `drug` (its code) chooses one; offers and `asked`, the verdicts on
    `price_fen` (分 per pack), are told of one product only. `origin` is GCJ-02 degrees. Nothing of
    the code is kept. Raises BadInput for what is no code, naming a wrong check digit, and for a
    drug the code does not stand for.
    """
    moment = prices.city_moment()
    pack = pack_on(city, moment.date())
    found = read(code)
    products, source = _products(found)
    made = catalog.cards(products, moment.date())
    chosen = _chosen(products, drug)
    return {
        "code": {"kind": found.kind, "name": wording.KINDS[found.kind], "text": found.text},
        "known": bool(products),
        "source": source.source if source else "",
        "demo": bool(source and source.is_demo),
        "note": _note(products, source, chosen),
        "drugs": [made[one.id] for one in products],
        "drug": made[chosen.id] if chosen else None,
        **_sellers(chosen, origin, district, city),
        "asked": _asked(chosen, made, price_fen, pack, moment),
        "advice": [] if products else wording.advice(found.kind, consultation(pack)),
    }


def _products(code: PackCode) -> tuple[list[Drug], ProductCode | None]:
    """The products in use a code stands for, and the row that says so where it is a mapped one."""
    in_use = Drug.seen().where(Drug.withdrawn_on.is_null())
    ordered = in_use.order_by(Drug.generic_name, Drug.strength, Drug.pack_qty, Drug.code)
    if code.kind == APPROVAL:
        spelled = [one.format(code.value) for one in _WRITTEN]
        return list(ordered.where(Drug.approval_no.in_(spelled)).limit(MOST)), None
    if code.kind == NHSA:
        return list(ordered.where(Drug.nhsa_code == code.value).limit(MOST)), None
    mapped = (
        ProductCode.seen()
        .where(
            ProductCode.kind == code.kind, ProductCode.code == code.value,
            Drug.withdrawn_on.is_null(),
        )
        .first()
    )  # fmt: skip
    return ([mapped.drug], mapped) if mapped else ([], None)


def _chosen(products: Sequence[Drug], code: str) -> Drug | None:
    if not code or not products:
        return products[0] if len(products) == 1 else None
    found = next((one for one in products if one.code == code), None)
    if not found:
        raise BadInput(wording.NOT_ONE_OF_THEM, errors={"drug": [wording.NOT_ONE_OF_THEM]})
    return found


def _note(products, source, chosen):
    if not products:
        return wording.NOT_KNOWN
    if not chosen:
        return wording.CHOOSE
    return wording.DEMO if source and source.is_demo else ""


def _sellers(chosen, origin, district, city):
    """The nearest who sell the product, and how many do."""
    if not chosen:
        return {"offers": [], "total": 0}
    found = prices.offers(
        chosen.code, origin=origin, district=district, page_size=NEAREST, city=city
    )
    return {"offers": found["items"], "total": found["total"]}


def _asked(chosen, made, price_fen, pack: Pack, moment: datetime):
    """A price somebody was asked, judged as each class of outlets is judged; None without one."""
    if not chosen or price_fen is None:
        return None
    card = made[chosen.id]
    band = prices.band_on(chosen.id, moment.date(), pack)
    winning = card["winning_price_fen"]
    delta = None if winning is None else price_fen - winning
    unit = card["package_unit"] or "盒"
    return {
        "price_fen": price_fen,
        "winning_price_fen": winning,
        "delta_fen": delta,
        "text": "" if delta is None else price_wording.difference(delta, unit=unit),
        "supposed": wording.ONLY_IF,
        "verdicts": [
            {
                "place": {"code": class_, "name": terms.name},
                "verdict": verdict_card(
                    price_fen, card, _supposed(pack.kinds_of(class_)[0]), band=band, pack=pack
                ),
            }
            for class_, terms in pack.outlet_classes.items()
        ],
    }


def _supposed(kind: str) -> dict:
    """An outlet of which only the kind is known; what its agreement says, nobody knows."""
    return {
        "kind": {"code": kind}, "designated": True, "badge": {"state": "active"},
        "agreement": None,
    }  # fmt: skip
