"""What Meilisearch is given of a document, what it is asked, and what is read of its answer."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Document, Query
from search.asked import Step, ask, steps
from search.cards import card
from search.meili_documents import (
    document_key,
    escaped,
    ids_of,
    order_key,
    read_back,
    shelf_of,
    sound_pairs,
    stored,
)
from search.meili_filters import needs, where
from search.meili_settings import MOST, SETTINGS, WITNESSES, fingerprint
from search.shelf import NoneHeld
from tests.search.drugs import DRUGS

METFORMIN = DRUGS[1]


def filters(words, step=Step.HEARD, **how):
    """The filters of everything one step needs."""
    query = Query(words, **how)
    wanted = needs(step, query, ask(words, query.prefix))
    return [need.filter for need in wanted.at_first()] if wanted else []


def test_a_document_is_stored_with_all_it_can_be_found_by():
    kept = stored(card(METFORMIN))
    assert {"双胍", "二甲", "60", "片"} <= {*kept["pairs"], *kept["latin"]}
    assert {"er.jia", "jia.shuang", "shuang.gua"} <= set(kept["sounds"])
    assert {"erjiashuanggua", "shuanggua", "ejsg", "sg", "^ej", "^er"} <= set(kept["typed"])
    assert {"erji", "ggua", "gua"} <= set(kept["letters"])
    assert {"^倍顺", "$顺倍", "^beishun", "$nuhsieb"} <= set(kept["short"])
    assert set(kept["starts"]) == {"二甲", "倍顺", "盐酸"}
    assert {"500mg", "x60", "#0.5"} <= set(kept["strengths"])
    assert kept["by"]["won"] == ["1"]
    assert "_geo" not in kept
    placed = stored(card(replace(METFORMIN, place=(41.8, 123.4))))
    assert placed["_geo"] == {"lat": 41.8, "lng": 123.4}
    assert (kept["rank"], kept["size"]) == (90, 9)


def test_every_filterable_field_is_stored_and_only_the_card_comes_back():
    kept = stored(card(METFORMIN)).keys()
    fields = {*kept, "by.*"} - {"by"}
    for settings in SETTINGS.values():
        assert set(settings["filterableAttributes"][0]["attributePatterns"]) <= fields
        assert set(settings["sortableAttributes"]) <= fields | {"_geo"}
        assert settings["displayedAttributes"] == ["card"]


def test_only_outlets_pay_for_places():
    assert "_geo" in SETTINGS["outlets"]["filterableAttributes"]
    assert "_geo" in SETTINGS["outlets"]["sortableAttributes"]
    assert "_geo" not in SETTINGS["drugs"]["filterableAttributes"]
    assert "_geo" not in SETTINGS["drugs"]["sortableAttributes"]


def test_many_values_are_found_by_and_do_not_come_back():
    kept = stored(card(replace(METFORMIN, facts={"sells": ("D-1", "D-2", "D-1"), "won": 0})))
    assert kept["by"]["sells"] == [escaped("D-1"), escaped("D-2")]
    assert "D-1" not in kept["card"]
    assert shelf_of([kept["card"]]).many == {"sells"}


def test_the_fingerprint_is_that_of_the_settings():
    assert fingerprint("drugs") == fingerprint("drugs") != fingerprint("outlets")
    assert len(fingerprint("drugs")) == 16


def test_facts_keep_case_and_kind_apart_as_the_shelf_does():
    assert escaped("A") != escaped("a")
    assert where({"won": 1}) == where({"won": "1"}) == where({"won": True})
    assert where({"A": 1}) != where({"a": 1})


@given(st.text(max_size=60))
def test_what_is_escaped_is_small_letters_and_read_back(said):
    assert set(escaped(said)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
    if len(escaped(said)) <= 400 and not escaped(said).startswith("__"):
        assert read_back(escaped(said)) == said


def test_values_too_long_for_the_server_are_told_apart_all_the_same():
    assert escaped("长" * 300) != escaped("长" * 301)
    assert len(escaped("长" * 301)) < 100
    assert read_back(escaped("长" * 300)) == ""


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5, unique=True))
def test_any_id_is_read_as_it_was_written_in_the_order_of_ties(ids):
    documents = [Document(code, "drugs", "甲硝唑片", facts={"a\nb": "c\td"}) for code in ids]
    cards = [stored(card(one))["card"] for one in documents]
    assert ids_of(cards) == ids
    assert shelf_of([*cards, *cards]).ids == sorted(ids)
    assert len({document_key(code) for code in ids}) == len(ids)
    assert sorted(ids) == sorted(ids, key=order_key)


def test_a_shelf_of_cards_is_what_was_stored():
    shelf = shelf_of(stored(card(drug))["card"] for drug in DRUGS)
    assert len(shelf.ids) == len(DRUGS)
    assert shelf.having({"won": 1}, NoneHeld()) == {
        place for place, code in enumerate(shelf.ids)
        if {drug.id: drug for drug in DRUGS}[code].facts["won"]
    }  # fmt: skip
    words = {(word.field, word.text): word for word in shelf.words.values()}
    assert words["core", "二甲双胍"].initials == "ejsg"
    assert words["core", "二甲双胍"].pinyin == "erjiashuanggua"
    assert words["maker", "天方药业有限公司"].sounds == ""


@pytest.mark.parametrize(
    "card_text",
    [
        *("", "{}", "0\nk\n0\n1\n\n{}\n\nid"),
        *("2\nk\nx\n1\n\n\n{}\n\nid", "2\nk\n1\n1\nx\n\n{}\n\nid"),
    ],
)
def test_a_card_of_another_version_is_refused(card_text):
    with pytest.raises(ValueError, match="."):
        shelf_of([card_text])


def test_sounds_are_asked_by_pairs_of_syllables():
    assert sound_pairs("er jia shuang") == ["er.jia", "jia.shuang"]
    assert sound_pairs("gua") == []


def test_a_word_is_asked_as_written_and_as_it_sounds():
    (asked,) = filters("双胍")
    assert 'pairs = "双胍"' in asked
    assert 'sounds = "shuang.gua"' in asked
    (asked,) = filters("胍")
    assert 'pairs STARTS WITH "胍"' in asked
    assert "sounds" not in asked
    (asked,) = filters("ejsg")
    assert 'typed STARTS WITH "ejsg"' in asked
    (asked,) = filters("ej")
    assert 'typed STARTS WITH "^ej"' in asked
    assert "pairs" not in asked


def test_every_word_must_be_there_and_every_wording_may_be():
    (asked,) = filters("天方 二甲")
    both = asked.index('pairs = "天方"', asked.index(" OR (("))
    assert " AND " in asked[both:]
    assert asked.count('pairs = "方二"') == 1


def test_facts_narrow_and_witnesses_say_what_there_is_without_them():
    wanted = needs(Step.HEARD, Query("双胍", where={"won": 1}), ask("双胍"))
    assert where({"won": 1}) in wanted.main.filter
    assert wanted.main.limit == MOST
    assert [other.limit for other in wanted.others] == [WITNESSES]
    assert "by." not in wanted.others[0].filter
    assert where({}) == ""
    assert where({"a": [1, 2]}).count('"') == 4
    assert where({"a": []}) == "(by.a IN [])"


def test_a_strength_asks_for_the_narrower_too():
    wanted = needs(Step.HEARD, Query("双胍 0.5g"), ask("双胍 0.5g"))
    assert wanted.if_too_many()[0] is wanted.narrow
    assert wanted.narrow.filter.endswith('(strengths = "500mg")')
    assert filters("500", Step.MEASURED)[0].count('strengths = "#500"') == 1
    assert 'strengths STARTS WITH "50"' in filters("50", Step.MEASURED, prefix=True)[0]


def test_only_what_may_be_misspelt_is_asked_for_as_such():
    assert filters("双胍", Step.REPAIRED) == []
    assert filters("abcd", Step.REPAIRED) == []
    assert len(filters("二甲又胍", Step.REPAIRED)) == 1
    assert (
        'short STARTS WITH "^林") OR (short STARTS WITH "$炎消")'
        in filters("林消炎", Step.REPAIRED)[0]
    )
    (asked,) = filters("erjiashun", Step.REPAIRED)
    assert '(letters = "erji")) OR ((letters = "ashu") AND (letters = "shun"))' in asked
    assert len(filters("天方药 二甲又胍", Step.REPAIRED)) > 1


@given(st.text(max_size=150), st.booleans())
def test_whatever_is_asked_filters_hold_no_loose_quote(words, prefix):
    asked = ask(words, prefix)
    for step in steps(asked):
        for one in filters(words, step, prefix=prefix):
            outside = "".join(one.split('"')[::2])
            assert one.count('"') % 2 == 0
            assert set(outside) <= set(
                " ()=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz[],."
            )
            json.dumps(one)


def test_the_order_of_words_and_copies_changes_nothing_of_what_is_kept():
    doubled = replace(METFORMIN, aliases=("倍顺", "倍顺"), tags=("倍顺",))
    assert stored(card(doubled))["pairs"].count("倍顺") == 1
