"""The verdict on a price: pure, from facts and a policy pack, with the clause and the numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from backend.policy.payment import PaymentStandard as PaymentStandard
from backend.policy.payment import SelfPay as SelfPay
from backend.policy.payment import self_pay as self_pay
from backend.policy.terms import Pack, Sourced
from backend.policy.wording import citation
from backend.prices.bands import Band

STANDINGS = ("in_force", "expired", "not_yet", "elsewhere", "unsure", "unlisted_pack", "none")

COMPLIANT, OFF_WINNING = "compliant", "off_winning"
IN_BAND, ABOVE_BAND, CLEARLY_HIGH = "in_band", "above_band", "clearly_high"
UNDETERMINED, NOT_APPLICABLE = "undetermined", "not_applicable"
CODES = (
    COMPLIANT, OFF_WINNING, IN_BAND, ABOVE_BAND, CLEARLY_HIGH, UNDETERMINED, NOT_APPLICABLE
)  # fmt: skip

# A standing with which there is no winning price to hold anybody to, and what that is called.
_NO_PRICE_HERE = {
    "none": "not_won",
    "expired": "expired",
    "not_yet": "not_yet",
    "elsewhere": "elsewhere",
    "unsure": "unsure",
}

# Every verdict has the same keys; None where a number was not used.
_NO_NUMBERS = dict.fromkeys(
    ("winning_fen", "asked_fen", "delta_fen", "markup_fen", "band", "position", "min_observations")
)


@dataclass(frozen=True)
class Facts:
    """All that a verdict looks at; prices in 分 per pack. Raises ValueError for what cannot be.

    `joined` is whether the outlet holds the 三进 badge on the day, `agreement` the code of what its
    agreement says about prices (None or empty when nobody knows), `standing` how the winning price
    stands here on the day.
    """

    outlet_kind: str
    designated: bool
    joined: bool
    agreement: str | None
    drug_kind: str
    standing: str
    winning_fen: int | None
    asked_fen: int
    band: Band | None

    def __post_init__(self) -> None:
        if self.standing not in STANDINGS:
            raise ValueError(f"There is no standing {self.standing!r}")
        if self.asked_fen <= 0 or (self.winning_fen is not None and self.winning_fen <= 0):
            raise ValueError("A price is a positive number of 分")


@dataclass(frozen=True)
class Verdict:
    """What the rule says: `clause` and `citation` where it stands, `numbers` it was computed with.

    With `comparison` it is no verdict on the outlet: the figures stand beside each other, no more.
    """

    code: str
    clause: str
    citation: str
    pack: str
    numbers: dict[str, Any]
    reason: str
    comparison: bool = False
    delta_fen: int | None = None


class Finding(NamedTuple):
    """A verdict before it is written down; `figures` is whether the winning price is used."""

    code: str
    reason: str
    basis: Sourced
    figures: bool = True
    used: Mapping[str, Any] = MappingProxyType({})


def judge(facts: Facts, pack: Pack) -> Verdict:
    """The verdict on one price, the same for the same facts and pack.

    First comes what keeps the rule from reaching the price (drug before outlet), then taking part,
    then a pack without its own winning price, then the price rule of the outlet's class.
    """
    barred = _barred(facts, pack)
    if barred:
        return _written(facts, pack, barred)
    class_ = pack.outlet_kinds[facts.outlet_kind].class_
    if not facts.joined and not pack.outlet_classes[class_].must_join:
        return _not_joined(facts, pack, class_)
    if facts.standing == "unlisted_pack" or facts.winning_fen is None:
        finding = Finding(UNDETERMINED, "unlisted_pack", pack.unlisted_pack, figures=False)
        return _written(facts, pack, finding)
    rule = pack.price_rules[class_]
    return _written(facts, pack, _MODES[rule.mode](facts, pack, rule))


def _barred(facts, pack):
    """Why no price rule reaches this price, or None."""
    found = _barred_drug(facts, pack) or _barred_outlet(facts, pack)
    return found and Finding(NOT_APPLICABLE, found[0], found[1], figures=False)


def _barred_drug(facts, pack):
    kind = pack.drug_kinds.get(facts.drug_kind)
    outlet = pack.outlet_kinds.get(facts.outlet_kind)
    exception = pack.zero_markup_exception
    if outlet and outlet.class_ in exception.classes and facts.drug_kind in exception.drug_kinds:
        return "zero_markup_exception", exception
    if kind is None or not kind.winning:
        return "not_won", pack.scope.drugs
    if facts.standing in _NO_PRICE_HERE:
        return _NO_PRICE_HERE[facts.standing], pack.scope.drugs
    return None


def _barred_outlet(facts, pack):
    if facts.outlet_kind not in pack.outlet_kinds:
        return "kind_not_listed", pack.scope.outlets
    if not facts.designated:
        return "not_designated", pack.scope.outlets
    return None


def _not_joined(facts, pack, class_):
    terms = pack.comparison
    compared = terms.compare and class_ in terms.classes
    used = _beside_band(facts, pack, pack.price_rules["pharmacy"]) if compared else {}
    finding = Finding(NOT_APPLICABLE, "not_joined", terms, compared, used)
    return _written(facts, pack, finding, comparison=compared)


def _exactly(facts, pack, rule):
    above = facts.asked_fen - facts.winning_fen - rule.markup_fen
    code = OFF_WINNING if above else COMPLIANT
    reason = "at_winning"
    if above:
        reason = "above_winning" if above > 0 else "below_winning"
    if not facts.joined:
        # All of this class must take part, so staying out changes no price but is said.
        reason += "_not_joined"
    return Finding(code, reason, rule, used={"markup_fen": rule.markup_fen})


def _at_most(facts, pack, rule):
    within = facts.asked_fen <= facts.winning_fen + rule.markup_fen
    code, reason = (COMPLIANT, "within_limit") if within else (OFF_WINNING, "over_limit")
    return Finding(code, reason, rule, used={"markup_fen": rule.markup_fen})


def _free(facts, pack, rule):
    # The agreement is known and draws no line: there is nothing to find out, and nothing to break.
    return Finding(NOT_APPLICABLE, "no_ceiling", rule)


def _by_agreement(facts, pack, rule):
    terms = pack.agreements.get(facts.agreement or "")
    if terms is None:
        return Finding(UNDETERMINED, "agreement_unknown", rule)
    return _MODES[terms.mode](facts, pack, terms)


def _banded(facts, pack, rule):
    used = _beside_band(facts, pack, rule)
    place = used["position"]
    code = COMPLIANT if place == "not_above_winning" else place or UNDETERMINED
    return Finding(code, place or "too_few", rule, used=used)


def _beside_band(facts, pack, rule):
    band = _usable(facts.band, pack)
    winning = facts.winning_fen if facts.standing == "in_force" else None
    return {
        "markup_fen": rule.markup_fen,
        "band": band.as_numbers() if band else None,
        "position": position(facts.asked_fen, winning, band, markup_fen=rule.markup_fen),
        "min_observations": pack.band.min_observations,
    }


_MODES = {
    "exactly": _exactly,
    "at_most": _at_most,
    "free": _free,
    "agreement": _by_agreement,
    "band": _banded,
}


def position(
    asked_fen: int, winning_fen: int | None, band: Band | None, *, markup_fen: int = 0
) -> str | None:
    """Where a price stands: not_above_winning, in_band, above_band, clearly_high; None unknown."""
    if winning_fen is None:
        return None
    if asked_fen <= winning_fen + markup_fen:
        return "not_above_winning"
    if band is None:
        return None
    if asked_fen <= band.high_fen:
        return IN_BAND
    return ABOVE_BAND if asked_fen <= band.clear_fen else CLEARLY_HIGH


def _usable(band, pack):
    """The band if this pack's method made it from enough prices: another's bounds are not cited."""
    method = pack.band
    made_here = band and band.method == method.version and band.count >= method.min_observations
    return band if made_here else None


def _written(facts, pack, finding, *, comparison=False):
    # An unlisted pack has no price of its own, whatever price stands beside it.
    priced = finding.figures and facts.standing == "in_force"
    winning = facts.winning_fen if priced else None
    delta = None if winning is None else facts.asked_fen - winning
    numbers = _NO_NUMBERS | {
        "asked_fen": facts.asked_fen,
        "winning_fen": winning,
        "delta_fen": delta,
        **finding.used,
    }
    basis = finding.basis
    return Verdict(
        code=finding.code,
        clause=basis.clause,
        citation=citation(pack, basis),
        pack=pack.id,
        numbers=numbers,
        reason=finding.reason,
        comparison=comparison,
        delta_fen=delta,
    )


def at_or_below_winning(asked_fen: int, winning_fen: int | None, standing: str) -> bool:
    """Whether a price is no more than a winning price in force: arithmetic, not a verdict."""
    return standing == "in_force" and winning_fen is not None and asked_fen <= winning_fen


def may_choose(special_drug: bool, joined: bool, special_outlet: bool, pack: Pack) -> bool:
    """Whether an outlet may choose the drug: a special one (特药) only where the pack allows it."""
    terms = pack.special_drugs
    return not special_drug or (
        (joined or not terms.needs_joined) and (special_outlet or not terms.needs_special_outlet)
    )
