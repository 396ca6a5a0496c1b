"""The page 怎么算的 tells the method with the pack's numbers and a real example, and no ranking."""

import re

from backend.monitoring.models import IndexNight
from backend.monitoring.nights import night_of
from backend.outlets.models import Outlet
from backend.policy.packs import pack_on
from backend.policy.wording import permille
from tests.house.project import ROOT
from tests.monitoring.streets import TODAY

TERMS = pack_on("shenyang", TODAY).monitoring


def section(page):
    return re.search(r'aria-labelledby="monitoring">.*?</section>', page, re.DOTALL)[0]


def test_the_method_is_told_with_the_packs_numbers_and_its_source(phone):
    told = section(phone.page("/rules"))
    for words in (
        "量价比较指数怎么算", "不是医保部门的指数", f"方法 {TERMS.version}",
        f"{TERMS.window_days} 天以内", f"少于 {TERMS.min_pharmacies} 家", "三（五）",
        f"不到 {TERMS.min_drugs} 种", permille(TERMS.low_permille), permille(TERMS.high_permille),
    ):  # fmt: skip
        assert words in told, words


def test_the_example_on_the_page_can_be_added_up_by_hand(phone):
    told = section(phone.page("/rules"))
    numbers = re.findall(
        r'<td class="number">([\d.]+)</td><td class="number">([\d.]+)</td>'
        r'<td class="number">([\d.]+)</td>', told
    )  # fmt: skip
    ratios = [round(float(ratio) * 1000) for _, _, ratio in numbers]
    assert len(ratios) >= TERMS.min_drugs
    total = sum(ratios)
    assert f"加起来是 {permille(total)}" in told
    assert f"指数是 {permille((2 * total + len(ratios)) // (2 * len(ratios)))}" in told
    for price, beside, ratio in numbers:
        exact = round(float(price) * 100) / round(float(beside) * 100)
        assert abs(min(max(exact, 0.5), 2) - float(ratio)) <= 0.0005001


def test_no_outlet_is_named_and_no_ranking_is_public(phone, town):
    told = section(phone.page("/rules"))
    assert not any(
        o.code in told or o.name in told for o in Outlet.select(Outlet.code, Outlet.name)
    )
    open_to_all = [rule.rule for rule in town.url_map.iter_rules()]
    assert [path for path in open_to_all if "monitoring" in path or "index" in path] == []
    code = Outlet.select(Outlet.code).where(Outlet.kind == "chain_pharmacy").first().code
    assert "permille" not in str(phone.get(f"/api/v1/outlets/{code}"))


def test_before_the_first_night_the_page_tells_the_method_alone(phone):
    IndexNight.delete().execute()
    told = section(phone.page("/rules"))
    assert "不是医保部门的指数" in told
    assert "算一遍" not in told


def test_the_page_about_it_has_the_numbers_of_the_pack():
    told = (ROOT / "docs/monitoring.md").read_text(encoding="utf-8")
    for words in (
        TERMS.version, f"`min_drugs` | {TERMS.min_drugs}", f"`window_days` | {TERMS.window_days}",
        f"`min_pharmacies` | {TERMS.min_pharmacies}",
        f"`reference_percent` | {TERMS.reference_percent}",
        f"`low_permille`、`high_permille` | {TERMS.low_permille}、{TERMS.high_permille}",
    ):  # fmt: skip
        assert words in told, words


def test_the_demonstration_has_an_index_at_once(town):
    assert night_of().computed_on == TODAY
