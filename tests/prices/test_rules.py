"""The verdict line by line, its boundaries at one 分, and an independent second computation."""

import copy
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.policy import packs
from backend.prices.bands import Band, compute
from backend.prices.rules import (
    CODES,
    STANDINGS,
    Facts,
    at_or_below_winning,
    judge,
    may_choose,
    position,
)

DAY = date(2026, 11, 22)
RAW = tomllib.loads((packs.FOLDER / "shenyang.toml").read_text(encoding="utf-8"))
PACK = packs.read_pack(RAW, name="shenyang.toml")

BAND = Band(416, 500, 650, 137, "band-1", DAY)
FACTS = Facts("community_center", True, True, None, "won", "in_force", 435, 435, BAND)
PUBLIC = ("township_hospital", "community_center", "community_station", "village_clinic")
PHARMACIES = ("chain_pharmacy", "single_pharmacy")
VOLUNTARY = ("private_clinic", *PHARMACIES)


def verdict(kind="community_center", asked=435, **changes):
    return judge(replace(FACTS, outlet_kind=kind, asked_fen=asked, **changes), PACK)


def said(*args, **changes):
    found = verdict(*args, **changes)
    return found.code, found.reason


# ---- where no rule reaches ----


@pytest.mark.parametrize("kind", [*PUBLIC, *VOLUNTARY])
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"drug_kind": "not_won"}, "not_won"),
        ({"standing": "none"}, "not_won"),
        ({"standing": "expired"}, "expired"),
        ({"standing": "not_yet"}, "not_yet"),
        ({"standing": "elsewhere"}, "elsewhere"),
        ({"standing": "unsure"}, "unsure"),
        ({"designated": False}, "not_designated"),
    ],
)
def test_a_price_no_rule_reaches_gets_no_verdict_but_a_reason(kind, changes, reason):
    for asked in (434, 435, 436, 9999):
        found = verdict(kind, asked, **changes)
        assert (found.code, found.reason) == ("not_applicable", reason)
        assert found.numbers["winning_fen"] is None
        assert found.numbers["band"] is None
        assert found.delta_fen is None
        assert not found.comparison


@pytest.mark.parametrize("drug_kind", ["decoction", "granule"])
def test_herbs_at_a_public_outlet_are_left_out_of_the_zero_markup_duty(drug_kind):
    for kind in PUBLIC:
        found = verdict(kind, drug_kind=drug_kind)
        assert (found.code, found.reason) == ("not_applicable", "zero_markup_exception")
        assert "除外" in found.citation
    for kind in VOLUNTARY:
        assert said(kind, drug_kind=drug_kind) == ("not_applicable", "not_won")


def test_a_kind_of_outlet_the_pack_does_not_know_gets_no_verdict():
    assert said("city_hospital") == ("not_applicable", "kind_not_listed")


def test_a_kind_of_drug_the_pack_does_not_know_counts_as_not_won():
    assert said(drug_kind="device") == ("not_applicable", "not_won")


# ---- public outlets ----


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize(
    ("asked", "code", "reason", "delta"),
    [
        (434, "off_winning", "below_winning", -1),
        (435, "compliant", "at_winning", 0),
        (436, "off_winning", "above_winning", 1),
    ],
)
def test_a_public_outlet_sells_exactly_at_the_winning_price(kind, asked, code, reason, delta):
    found = verdict(kind, asked)
    assert (found.code, found.reason, found.delta_fen) == (code, reason, delta)
    assert found.clause == "三（五）"
    assert "按集采中选价格销售中选药品" in found.citation


@pytest.mark.parametrize("asked", [434, 435, 436])
def test_a_public_outlet_without_a_badge_is_held_to_the_same_price_and_it_is_said(asked):
    with_badge, without = verdict(asked=asked), verdict(asked=asked, joined=False)
    assert without.code == with_badge.code
    assert without.reason == with_badge.reason + "_not_joined"


# ---- packs without a price of their own ----


@pytest.mark.parametrize("kind", [*PUBLIC, *VOLUNTARY])
def test_a_pack_without_its_own_winning_price_cannot_be_judged(kind):
    for winning in (435, None):
        found = verdict(kind, standing="unlisted_pack", winning_fen=winning)
        assert (found.code, found.reason) == ("undetermined", "unlisted_pack")
        assert found.numbers["winning_fen"] is None
        assert "差比价规则" in found.citation


def test_a_price_in_force_that_nobody_wrote_down_cannot_be_judged():
    assert said(winning_fen=None) == ("undetermined", "unlisted_pack")


# ---- private outlets ----


@pytest.mark.parametrize(
    ("asked", "code", "reason"),
    [
        (1, "compliant", "within_limit"),
        (435, "compliant", "within_limit"),
        (436, "off_winning", "over_limit"),
    ],
)
def test_an_agreement_at_the_winning_price_means_not_above_it(asked, code, reason):
    assert said("private_clinic", asked, agreement="at_winning") == (code, reason)


@pytest.mark.parametrize("agreement", [None, "", "unheard_of"])
@pytest.mark.parametrize("asked", [434, 435, 436])
def test_a_private_outlet_with_an_unknown_agreement_is_not_judged(agreement, asked):
    found = verdict("private_clinic", asked, agreement=agreement)
    assert (found.code, found.reason) == ("undetermined", "agreement_unknown")
    assert found.delta_fen == asked - 435


@pytest.mark.parametrize("asked", [1, 435, 9999])
def test_an_agreement_without_a_ceiling_leaves_nothing_to_measure(asked):
    found = verdict("private_clinic", asked, agreement="free")
    assert (found.code, found.reason) == ("not_applicable", "no_ceiling")
    assert not found.comparison


# ---- pharmacies ----


@pytest.mark.parametrize("kind", PHARMACIES)
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (1, "compliant"),
        (435, "compliant"),
        (436, "in_band"),
        (500, "in_band"),
        (501, "above_band"),
        (650, "above_band"),
        (651, "clearly_high"),
        (99_999, "clearly_high"),
    ],
)
def test_a_pharmacy_may_add_a_little_but_not_clearly_more_than_others(kind, asked, code):
    assert verdict(kind, asked).code == code


@pytest.mark.parametrize(
    "band",
    [
        None,
        replace(BAND, count=9),
        replace(BAND, method="band-0"),
    ],
)
def test_without_a_band_of_this_method_only_the_winning_price_can_be_met(band):
    assert said("chain_pharmacy", 435, band=band) == ("compliant", "not_above_winning")
    found = verdict("chain_pharmacy", 436, band=band)
    assert (found.code, found.reason) == ("undetermined", "too_few")
    assert found.numbers["band"] is None
    assert found.delta_fen == 1


def test_a_band_below_the_winning_price_accuses_nobody_who_does_not_exceed_it():
    low = Band(300, 350, 455, 40, "band-1", DAY)
    assert verdict("chain_pharmacy", 435, band=low).code == "compliant"
    assert verdict("chain_pharmacy", 436, band=low).code == "above_band"
    assert verdict("chain_pharmacy", 456, band=low).code == "clearly_high"


def test_a_verdict_carries_the_rule_the_pack_and_every_number_used():
    found = verdict("chain_pharmacy", 755)
    assert found.pack == "shenyang-2025-draft.1"
    assert found.clause == "三（五）"
    assert "但不得明显高于我市定点零售药店相对集中的价格区间" in found.citation
    assert found.numbers == {
        "asked_fen": 755,
        "winning_fen": 435,
        "delta_fen": 320,
        "markup_fen": 0,
        "position": "clearly_high",
        "min_observations": 10,
        "band": {
            "low_fen": 416, "high_fen": 500, "clear_fen": 650,
            "count": 137, "method": "band-1", "day": "2026-11-22",
        },
    }  # fmt: skip


# ---- outside 三进 ----


@pytest.mark.parametrize("kind", VOLUNTARY)
@pytest.mark.parametrize(
    ("asked", "place"),
    [(435, "not_above_winning"), (500, "in_band"), (501, "above_band"), (651, "clearly_high")],
)
def test_outside_sanjin_the_figures_are_a_comparison_and_no_verdict(kind, asked, place):
    found = verdict(kind, asked, joined=False, agreement="at_winning")
    assert (found.code, found.reason, found.comparison) == ("not_applicable", "not_joined", True)
    assert found.numbers["position"] == place
    assert found.numbers["winning_fen"] == 435
    assert found.numbers["band"] == BAND.as_numbers()
    assert found.delta_fen == asked - 435
    assert found.clause == "二（二）"


def test_outside_sanjin_a_pack_without_its_own_price_keeps_only_the_band():
    found = verdict("chain_pharmacy", 600, joined=False, standing="unlisted_pack")
    assert found.comparison
    assert found.numbers["band"] == BAND.as_numbers()
    assert found.numbers["winning_fen"] is None
    assert found.numbers["position"] is None


@pytest.mark.parametrize("change", [{"compare": False}, {"classes": ["private"]}])
def test_a_pack_may_say_that_nothing_is_compared(change):
    pack = packs.read_pack(RAW | {"comparison": RAW["comparison"] | change}, name="试验.toml")
    facts = replace(FACTS, outlet_kind="chain_pharmacy", joined=False, asked_fen=500)
    found = judge(facts, pack)
    assert (found.code, found.reason, found.comparison) == ("not_applicable", "not_joined", False)
    assert found.numbers["winning_fen"] is None
    assert found.numbers["band"] is None


# ---- what facts may be ----


@pytest.mark.parametrize(
    "change", [{"standing": "maybe"}, {"asked_fen": 0}, {"asked_fen": -1}, {"winning_fen": 0}]
)
def test_facts_that_cannot_be_are_refused(change):
    with pytest.raises(ValueError, match=r"standing|positive"):
        replace(FACTS, **change)


# ---- a second computation, from the pack's text ----


def recomputed(facts, raw):
    """The verdict written down a second time, straight from the TOML; nothing of ours is used."""
    kind = raw["outlet_kinds"].get(facts.outlet_kind)
    drug = raw["drug_kinds"].get(facts.drug_kind)
    if not drug or not drug["winning"] or not kind or not facts.designated:
        return "not_applicable"
    if facts.standing not in ("in_force", "unlisted_pack"):
        return "not_applicable"
    class_ = kind["class"]
    if not (facts.joined or raw["outlet_classes"][class_]["must_join"]):
        return "not_applicable"
    if facts.standing == "unlisted_pack" or facts.winning_fen is None:
        return "undetermined"
    rule = raw["price_rules"][class_]
    if rule["mode"] == "agreement":
        rule = raw["agreements"].get(facts.agreement)
    return measured(facts, rule, raw["band"]) if rule else "undetermined"


def measured(facts, rule, method):
    """What a rule says of a price, in the words of the text."""
    if rule["mode"] == "free":
        return "not_applicable"
    over = facts.asked_fen - facts.winning_fen - rule["markup_fen"]
    if rule["mode"] == "exactly":
        return "compliant" if over == 0 else "off_winning"
    if over <= 0:
        return "compliant"
    if rule["mode"] == "at_most":
        return "off_winning"
    band = facts.band
    if not band or band.count < method["min_observations"] or band.method != method["version"]:
        return "undetermined"
    steps = [(band.high_fen, "in_band"), (band.clear_fen, "above_band")]
    return next((code for limit, code in steps if facts.asked_fen <= limit), "clearly_high")


bands = st.builds(
    lambda low, width, clear, count, method: Band(
        low, low + width, low + width + clear, count, method, DAY
    ),
    st.integers(1, 60),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(8, 14),
    st.sampled_from(["band-1", "band-1", "band-1", "band-0"]),
)
any_facts = st.builds(
    Facts,
    outlet_kind=st.sampled_from([*RAW["outlet_kinds"], "city_hospital"]),
    designated=st.sampled_from([True, True, True, False]),
    joined=st.booleans(),
    agreement=st.sampled_from([None, "", "at_winning", "free", "unheard_of"]),
    drug_kind=st.sampled_from(["won"] * 6 + [*RAW["drug_kinds"], "device"]),
    standing=st.sampled_from(["in_force"] * 8 + [*STANDINGS]),
    winning_fen=st.none() | st.integers(1, 100),
    asked_fen=st.integers(1, 130),
    band=st.none() | bands,
)


@given(any_facts)
def test_an_independent_recomputation_gives_the_same_verdict(facts):
    found = judge(facts, PACK)
    assert found.code == recomputed(facts, RAW)
    assert found.code in CODES
    assert found == judge(facts, PACK)


@given(any_facts, st.integers(0, 30), st.integers(0, 30), st.integers(8, 14), st.booleans())
def test_the_recomputation_agrees_under_any_pack(facts, public, pharmacy, needed, must_join):
    raw = copy.deepcopy(RAW)
    raw["price_rules"]["public"]["markup_fen"] = public
    raw["price_rules"]["pharmacy"]["markup_fen"] = pharmacy
    raw["agreements"]["at_winning"]["markup_fen"] = pharmacy
    raw["band"]["min_observations"] = needed
    raw["outlet_classes"]["public"]["must_join"] = must_join
    pack = packs.read_pack(raw, name="试验.toml")
    assert judge(facts, pack).code == recomputed(facts, raw)


@given(any_facts)
def test_a_verdict_never_uses_a_price_that_is_not_in_force(facts):
    found = judge(facts, PACK)
    if facts.standing != "in_force":
        assert found.numbers["winning_fen"] is None
        assert found.code in ("not_applicable", "undetermined")


@given(any_facts)
def test_every_verdict_has_a_place_in_a_text_and_whole_numbers(facts):
    found = judge(facts, PACK)
    assert found.citation
    assert found.clause or "差比价规则" in found.citation
    figures = {k: v for k, v in found.numbers.items() if k.endswith("_fen") and v is not None}
    assert all(type(value) is int for value in figures.values())


@given(any_facts, st.integers(1, 50))
def test_a_pharmacy_that_asks_more_is_never_judged_more_kindly(facts, more):
    facts = replace(facts, outlet_kind="chain_pharmacy")
    steps = ["compliant", "in_band", "above_band", "clearly_high"]
    before = judge(facts, PACK).code
    after = judge(replace(facts, asked_fen=facts.asked_fen + more), PACK).code
    if before in steps and after in steps:
        assert steps.index(before) <= steps.index(after)


# ---- one number changed ----

TWELVE = list(range(400, 520, 10))  # band 420–480, clearly high above 624
ASKED = range(390, 700)
WHO = {"public": "village_clinic", "private": "private_clinic", "pharmacy": "chain_pharmacy"}


def every_verdict(raw):
    """The verdict of each class of outlet on each price, from shelf prices to the end."""
    pack = packs.read_pack(raw, name="试验.toml")
    band = compute(TWELVE, pack.band, day=DAY)
    facts = replace(FACTS, winning_fen=400, band=band, agreement="at_winning")
    return {
        (class_, asked): judge(replace(facts, outlet_kind=kind, asked_fen=asked), pack).code
        for class_, kind in WHO.items()
        for asked in ASKED
    }


def stretch(class_, above, upto):
    """The cells of a class for prices above one bound, up to another."""
    return {(class_, asked) for asked in range(above + 1, upto + 1)}


@pytest.mark.parametrize(
    ("path", "number", "flipped"),
    [
        ("price_rules.public.markup_fen", 10, {("public", 400), ("public", 410)}),
        ("price_rules.pharmacy.markup_fen", 10, stretch("pharmacy", 400, 410)),
        ("agreements.at_winning.markup_fen", 10, stretch("private", 400, 410)),
        ("band.min_observations", 12, set()),
        ("band.min_observations", 13, stretch("pharmacy", 400, 699)),
        (
            "band.high_percent",
            50,
            stretch("pharmacy", 450, 480) | stretch("pharmacy", 585, 624),
        ),
        ("band.low_percent", 1, set()),
        ("band.clear_percent", 40, stretch("pharmacy", 624, 672)),
        ("band.clear_percent", 0, stretch("pharmacy", 570, 624)),
        ("band.clear_spread_percent", 300, stretch("pharmacy", 624, 660)),
        ("band.clear_spread_percent", 0, set()),
        ("band.window_days", 7, set()),
        ("confidence.poor_percent", 20, set()),
        ("freshness.recent_days", 1, set()),
        ("ranking.fen_per_km", 300, set()),
    ],
)
def test_changing_one_number_flips_exactly_the_verdicts_it_should(path, number, flipped):
    raw = copy.deepcopy(RAW)
    *tables, key = path.split(".")
    table = raw
    for name in tables:
        table = table[name]
    assert table[key] != number
    table[key] = number
    before, after = every_verdict(RAW), every_verdict(raw)
    assert {cell for cell in before if before[cell] != after[cell]} == flipped


# ---- beside the verdict ----


@pytest.mark.parametrize(
    ("special_drug", "joined", "special_outlet", "allowed"),
    [
        (True, True, True, True),
        (True, True, False, False),
        (True, False, True, False),
        (True, False, False, False),
        (False, False, False, True),
        (False, True, True, True),
    ],
)
def test_a_special_drug_needs_a_badge_and_a_special_outlet(
    special_drug, joined, special_outlet, allowed
):
    assert may_choose(special_drug, joined, special_outlet, PACK) is allowed


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize(("asked", "winning"), [(434, 435), (435, 435), (436, 435), (1, None)])
def test_at_or_below_is_arithmetic_against_a_price_in_force_only(standing, asked, winning):
    expected = standing == "in_force" and winning is not None and asked <= winning
    assert at_or_below_winning(asked, winning, standing) is expected


def test_a_position_needs_a_winning_price():
    assert position(435, None, BAND) is None
    assert position(435, 435, None) == "not_above_winning"
    assert position(436, 435, None) is None
