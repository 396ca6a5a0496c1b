"""Spelling, reading and taking queries apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asked import ask
from search.pinyin import (
    homophone_phrase,
    initials,
    initials_suffixes,
    pinyin,
    pinyin_suffixes,
    syllables,
)
from search.text import compact, normalise, runs, spell_out, spell_singly


def test_one_spelling_for_width_case_and_signs():
    assert normalise("（５ＭＧ）㎎ μ×") == "(5mg)mg μ×"
    assert compact("ER-Jia　双胍！") == "erjia双胍"
    assert compact("片(Ⅱ)") == "片ii"
    assert normalise("Lü") == "lv"


def test_chinese_is_spelt_out_and_numbers_part_from_letters():
    assert spell_out("二甲双胍缓释片0.5g×20") == "二 甲 双 胍 缓 释 片 0.5 g 20"
    assert spell_out("维生素B12") == "维 生 素 b 12"
    assert spell_singly("维b12") == "维 b 1 2"
    assert runs("天方,维生素B12") == ["天方", "维生素", "b12"]


@given(st.text(max_size=40))
def test_spelling_is_stable_and_never_fails(text):
    key = compact(text)
    assert compact(key) == key
    assert "".join(runs(key)) == key
    assert not set(key) & set(" \"'*()")
    assert all(syllables(text)) or not key


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("参松养心", "shen song yang xin"),
        ("人参", "ren shen"),
        ("薄荷脑", "bo he nao"),
        ("川芎嗪", "chuan xiong qin"),
        ("盐酸伐地那非", "yan suan fa di na fei"),
        ("阿莫西林", "a mo xi lin"),
        ("阿胶", "e jiao"),
        ("氨氯地平", "an lv di ping"),
        ("丙泊酚", "bing bo fen"),
        ("炔雌醇", "que ci chun"),
        ("颠茄", "dian qie"),
        ("吡咯替尼", "bi luo ti ni"),
        ("枸橼酸", "ju yuan suan"),
        ("长春西汀", "chang chun xi ting"),
        ("生长激素", "sheng zhang ji su"),
        ("重组人胰岛素", "chong zu ren yi dao su"),
        ("茯苓", "fu ling"),
        ("参苓白术", "shen ling bai zhu"),
        ("片仔癀", "pian zi huang"),
        ("王不留行", "wang bu liu xing"),
        ("羧甲司坦", "suo jia si tan"),
        ("大黄", "da huang"),
        ("朝阳", "chao yang"),
        ("沈阳", "shen yang"),
        ("维生素B12", "wei sheng su b 12"),
        ("α干扰素", "α gan rao su"),
    ],
)
def test_drugs_and_places_are_read_as_people_read_them(text, read):
    assert homophone_phrase(text) == read
    assert pinyin(text) == read.replace(" ", "")


def test_what_is_typed_may_begin_at_any_syllable():
    assert pinyin_suffixes("二甲双胍") == ["erjiashuanggua", "jiashuanggua", "shuanggua", "gua"]
    assert initials_suffixes("二甲双胍") == ["ejsg", "jsg", "sg", "g"]
    assert initials("维生素B12") == "wssb12"
    assert pinyin_suffixes("") == []


def test_a_query_is_taken_apart_into_words_strengths_and_numbers():
    asked = ask("天方 二甲双胍缓释 0.5克 x60")
    assert asked.words == ("天方", "二甲双胍缓释")
    assert asked.joined == "天方二甲双胍缓释"
    assert asked.strengths == ("500mg", "x60")
    assert ask("二甲双胍 500").numbers == ("500",)
    assert ask("二甲双胍500mg").words == ("二甲双胍",)
    assert ask("维生素b12").words == ("维生素", "b12")


def test_half_a_unit_counts_as_a_number_only_while_typing():
    assert ask("阿莫西林 0.5m", unfinished=True).numbers == ("0.5",)
    assert ask("阿莫西林 0.", unfinished=True).numbers == ("0",)
    assert ask("阿莫西林 0.5mg", unfinished=True).strengths == ("0.5mg",)


def test_wordings_go_from_all_as_one_to_each_for_itself():
    assert ask("er jia").wordings() == [("erjia",), ("er", "jia")]
    assert ask("二甲双胍").wordings() == [("二甲双胍",)]
    assert ask("0.9% 盐水").wordings() == [("09盐水",), ("盐水",)]


def test_a_question_longer_than_a_persons_is_cut():
    asked = ask("二甲 a " * 5000)
    assert len(asked.words) <= 8
    assert len(asked.whole) <= 120
