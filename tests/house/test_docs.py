"""The pages say what the code does: columns of sheets, numbers of rules, addresses."""

import csv
import re

import pytest

from backend.catalog.sheets import ALIASES, DRUGS, PRODUCT_CODES
from backend.monitoring.sheets import OFFICIAL
from backend.outlets.sheets import OUTLETS
from backend.policy.packs import load
from backend.prices.sheets import PRICES
from backend.prices.wording import COMPARISON, LABELS
from tests.house.project import ROOT

DOCS = ROOT / "docs"


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "form", [DRUGS, ALIASES, PRODUCT_CODES, OUTLETS, PRICES, OFFICIAL], ids=lambda form: form.key
)
def test_the_page_about_sheets_has_every_column_and_no_other(form):
    part = page("imports.md").split(f"（`{form.key}`）\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| (\S+) \| (必填|) \| .*? \| (.*?) \|$", part, re.MULTILINE)
    wanted = [(c.name, "必填" if c.required else "", "、".join(c.synonyms)) for c in form.columns]
    assert rows == wanted


def test_the_page_about_rules_has_the_numbers_of_the_pack():
    told, (pack, *_) = page("rules.md"), load("shenyang")
    band = pack.band
    for words in (
        f"（{band.version}）", f"{band.window_days} 天以内看到", f"少于 {band.min_observations} 家",
        f"第 {band.low_percent}% 位和第 {band.high_percent}% 位", f"上边加 {band.clear_percent}%",
        f"区间宽度的 {band.clear_spread_percent}%",
        f"每公里 {pack.ranking.fen_per_km / 100:.2f} 元",
        f"{pack.freshness.recent_days} 天以内算新", f"低于 {pack.confidence.fair_percent}%",
        f"低于 {pack.confidence.poor_percent}%", f"乘以 {pack.confidence.doubt_percent}%",
    ):  # fmt: skip
        assert words in told, words


@pytest.mark.parametrize("name", ["rules.md", "glossary.md"])
def test_every_verdict_is_named(name):
    missing = [
        label.word for label in (*LABELS.values(), COMPARISON) if label.word not in page(name)
    ]
    assert missing == []


def test_the_page_about_data_counts_what_is_shipped():
    told = page("data.md")
    for name, words in (("drugs", "246 行"), ("aliases", "808 行")):
        with (ROOT / f"backend/demo/{name}.csv").open(encoding="utf-8", newline="") as file:
            assert f"{len(list(csv.DictReader(file)))} 行" == words
        assert words in told


def test_the_page_about_the_api_names_only_addresses_there_are(house):
    paths = {re.sub(r"<[^>]+>", "*", rule.rule) for rule in house.url_map.iter_rules()}
    told = re.findall(r"GET (/[^\s`?]+)", page("api.md"))
    assert told
    for path in told:
        written = re.sub(r"<[^>]+>", "*", path)
        parts = re.sub(r"/lists/\w+/\d+", "/lists/*/*", written)
        assert re.sub(r"/lists/\w+/current", "/lists/*/current", parts) in paths, path


def test_both_readmes_tell_the_same():
    chinese, english = ((ROOT / name).read_text(encoding="utf-8") for name in
                        ("README.md", "README.en.md"))  # fmt: skip
    for pattern in (r"^#+ ", r"^```", r"^\| ", r"^- "):
        counts = [len(re.findall(pattern, text, re.MULTILINE)) for text in (chinese, english)]
        assert counts[0] == counts[1], pattern
    assert re.findall(r"`(make [a-z]+|/\S+)`", chinese) == re.findall(
        r"`(make [a-z]+|/\S+)`", english
    )
