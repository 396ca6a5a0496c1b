"""什么是三进: every sentence stands on a clause or says that it is ours."""

from datetime import date

import pytest

from backend.policy.about import about_page
from backend.policy.packs import pack_on
from backend.policy.wording import ABOUT

TODAY = date(2026, 11, 24)
PAGE = about_page(TODAY)


def test_all_parts_are_told_in_their_order():
    assert [part["code"] for part in PAGE["parts"]] == list(ABOUT)
    assert all(part["said"] for part in PAGE["parts"])


def test_nothing_in_the_pack_is_left_untold():
    assert set(pack_on("shenyang", TODAY).about) == set(ABOUT)


@pytest.mark.parametrize("part", PAGE["parts"], ids=lambda part: part["code"])
def test_every_sentence_has_its_clause_and_quote_or_says_that_it_is_ours(part):
    for one in part["said"]:
        told = one["origin"]
        assert (told["document"] and told["clause"] and told["quote"]) or "本系统" in told["source"]


def test_there_are_five_unities():
    (unities,) = [part for part in PAGE["parts"] if part["code"] == "unities"]
    assert len(unities["said"]) == 5
    assert [one["origin"]["quote"][0] for one in unities["said"]] == list("一二三四五")


def test_a_draft_says_that_it_is_one():
    assert "征求意见稿" in PAGE["draft"]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2025, 8, 1), ["coming", "coming", "now"]),
        (date(2025, 9, 30), ["now", "coming", "now"]),
        (date(2025, 10, 1), ["past", "now", "now"]),
        (TODAY, ["past", "past", "now"]),
    ],
)
def test_the_stage_of_the_day_is_known(day, states):
    assert [stage["state"] for stage in about_page(day)["stages"]] == states
