"""A drug as people see it: its facts, and the winning price that holds here on a day.

Cards are kept until the next publication: nothing else changes a drug, its prices or its names.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from backend.catalog import diseases, wording
from backend.catalog.models import Alias, Batch, Drug, DrugTag, Win
from backend.intake.models import Publication
from backend.intake.remembered import Remembered

_LEAST = date.min

_cards: Remembered[tuple[int, date], dict] = Remembered(most=5_000)


def cards(drugs: Sequence[Drug], day: date) -> dict[int, dict]:
    """The cards of these drugs by id, with the winning price that holds here on that day."""
    by_key = {(drug.id, day): drug for drug in drugs}
    made = _cards.all(by_key, lambda missing: _made([by_key[key] for key in missing], day))
    return {id_: dict(told) for (id_, _), told in made.items()}


def _made(drugs, day):
    ids = [drug.id for drug in drugs]
    wins = wins_of(ids)
    tags = defaultdict(list)
    for drug_id, tag in (
        DrugTag.select(DrugTag.drug, DrugTag.tag)
        .where(DrugTag.drug.in_(ids))
        .order_by(DrugTag.tag)
        .tuples()
    ):
        tags[drug_id].append(tag)
    brands = _brands(drugs)
    made = {}
    for drug in drugs:
        win, standing = winning(wins[drug.id], day)
        if standing == "none" and _has_winning_sibling(drug, day):
            standing = "unlisted_pack"
        made[drug.id, day] = _card(drug, win, standing, brands[drug.id], tags[drug.id])
    return made


def card(drug: Drug, day: date) -> dict:
    """The card of one drug."""
    return cards([drug], day)[drug.id]


def wins_of(ids: Iterable[int]) -> dict[int, list[Win]]:
    """The winning prices of these drugs, the latest batch first."""
    found = defaultdict(list)
    for win in Win.select(Win, Batch).join(Batch).where(Win.drug.in_(list(ids))):
        found[win.drug_id].append(win)
    for wins in found.values():
        wins.sort(key=_latest_first, reverse=True)
    return found


def _latest_first(win):
    announced = win.announced_on or win.batch.announced_on or _LEAST
    return announced, win.valid_from or _LEAST, win.standing == "official", win.batch.name


def winning(wins: Sequence[Win], day: date) -> tuple[Win | None, str]:
    """The one winning price that holds here on a day, or the best known reason why none does.

    Of several that hold, the later batch supersedes. Standings: in_force, not_yet, expired,
    unsure, elsewhere, none.
    """
    for win in wins:
        if win.holds_on(day):
            return win, "in_force"
    for win in wins:
        if win.standing in Win.HOLDING:
            return win, "not_yet" if win.valid_from and day < win.valid_from else "expired"
    for standing, means in (("historical", "expired"), ("unsure", "unsure"), ("elsewhere",) * 2):
        for win in wins:
            if win.standing == standing:
                return win, means
    return None, "none"


def _has_winning_sibling(drug, day):
    """Whether another pack or strength of the same product by the same firm has won."""
    if not drug.manufacturer:
        return False
    siblings = Drug.select(Drug.id).where(
        Drug.generic_name == drug.generic_name,
        Drug.manufacturer == drug.manufacturer,
        Drug.id != drug.id,
        Drug.born <= Publication.current(),
    )
    wins = Win.select().where(Win.drug.in_(siblings), Win.standing.in_(Win.HOLDING))
    return any(win.holds_on(day) for win in wins)


def _brands(drugs):
    by_name = defaultdict(list)
    names = {drug.generic_name for drug in drugs}
    for alias in Alias.seen().where(Alias.generic_name.in_(list(names))).order_by(Alias.name):
        if alias.kind == "商品名":
            by_name[alias.generic_name].append(
                {"name": alias.name, "manufacturer": alias.manufacturer}
            )
    return {
        drug.id: ([{"name": drug.brand, "manufacturer": drug.manufacturer}] if drug.brand else [])
        + by_name[drug.generic_name]
        for drug in drugs
    }


def _card(drug, win, standing, brands, tags):
    in_force = standing == "in_force"
    price = win.price_fen if in_force else None
    return {
        "code": drug.code,
        "core": drug.core,
        "nhsa_code": drug.nhsa_code,
        "generic_name": drug.generic_name,
        "brand_names": brands,
        "dosage_form": drug.dosage_form,
        "strength": drug.strength,
        "pack": pack_words(drug),
        "pack_qty": drug.pack_qty,
        "pack_unit": drug.pack_unit,
        "package_unit": drug.package_unit,
        "manufacturer": drug.manufacturer,
        "approval_no": drug.approval_no,
        "kind": drug.kind,
        "special": drug.special,
        "winning_price_fen": price,
        "unit_price_fen": unit_price(price, drug.pack_qty),
        "payment_standard": _standard(drug),
        "batch": win.batch.name if win else "",
        "in_force": in_force,
        "standing": standing_card(win, standing),
        "announced_on": iso(win and win.announced_on),
        "valid_from": iso(win and win.valid_from),
        "valid_until": iso(win and win.valid_until),
        "source": (win.source if win else "") or drug.source,
        "notice_url": win.notice_url if win else "",
        "diseases": [one.name for one in map(diseases.disease, tags) if one],
    }


def _standard(drug):
    """What insurance reckons with (支付标准), where a source says so."""
    if not drug.standard_fen:
        return None
    return {"fen": drug.standard_fen, "source": drug.standard_source}


def standing_card(win: Win | None, standing: str) -> dict:
    """Why a winning price holds or does not, as a code of the rules and in words."""
    told = win.standing if win and standing in ("in_force", "expired", "unsure") else standing
    if standing == "expired" and told in Win.HOLDING:
        told = "expired"
    return {"code": standing, "text": wording.STANDINGS[told]}


def full_name(drug: Drug) -> str:
    """A drug as a sentence names it: what it is, and its pack."""
    return f"{drug.generic_name} {pack_words(drug)}"


def pack_words(drug: Drug) -> str:
    """The pack as people read it: 0.5g×60片; what the sheet said where the count is unknown."""
    if drug.strength and drug.pack_qty:
        return f"{drug.strength}×{drug.pack_qty}{drug.pack_unit}"
    return drug.pack or drug.strength


def unit_price(price_fen: int | None, pack_qty: int | None) -> float | None:
    """分 for one tablet, ampoule or sachet, to a hundredth of a 分."""
    return round(price_fen / pack_qty, 2) if price_fen and pack_qty else None


def iso(day: date | None) -> str | None:
    """The day as facts carry it."""
    return day.isoformat() if day else None
