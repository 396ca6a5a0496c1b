"""Long words in several messages: cut between sentences, nothing lost, each short enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notices.splitting import MOST_BYTES, parted, size_of

SENTENCE = "本市集采中选价每盒三元六角，您附近有两家在卖。"


def test_short_words_are_one_message():
    assert parted(SENTENCE) == [SENTENCE]


def test_nothing_to_say_is_no_message():
    assert parted(" \n ") == []


def test_a_long_answer_is_cut_between_sentences():
    parts = parted(SENTENCE * 60)
    assert len(parts) > 1
    assert all(part.endswith("。") for part in parts)
    assert all(size_of(part) <= MOST_BYTES for part in parts)
    assert "".join(parts) == SENTENCE * 60


def test_paragraphs_stay_together_where_they_fit():
    parts = parted("第一段。再一句。\n第二段。", most=30)
    assert parts == ["第一段。再一句。", "第二段。"]


def test_a_sentence_too_long_is_cut_at_a_comma_and_at_last_between_characters():
    assert parted("一二三，四五六", most=12) == ["一二三，", "四五六"]
    assert parted("一二三四五", most=7) == ["一二", "三四", "五"]
    assert parted("😀😀", most=4) == ["😀", "😀"]


def test_a_part_that_cannot_hold_a_character_is_refused():
    with pytest.raises(ValueError, match="character"):
        parted("一", most=3)


@given(st.text(max_size=300), st.integers(4, 60))
def test_nothing_is_lost_but_blanks_and_every_part_fits(words, most):
    parts = parted(words, most=most)
    assert all(part and size_of(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())
