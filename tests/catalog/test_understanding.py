"""Questions taken apart, with a handful of names: pure, no catalogue and no index."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.lexicon import Lexicon
from backend.catalog.understanding import LONGEST, understand

NAMES = {
    name: frozenset({core})
    for name, core in (
        ("氨氯地平", "氨氯地平"), ("络活喜", "氨氯地平"), ("二甲双胍", "二甲双胍"),
        ("缬沙坦", "缬沙坦"), ("缬沙坦胶囊", "缬沙坦"), ("缬沙坦氨氯地平", "缬沙坦氨氯地平"),
        ("左西替利嗪", "左西替利嗪"), ("西替利嗪", "西替利嗪"), ("维生素b6", "维生素B6"),
        ("vb6", "维生素B6"), ("布洛芬", "布洛芬"), ("聚乙二醇4000", "聚乙二醇4000"),
        ("奥美拉唑肠溶胶囊", "奥美拉唑"), ("奥美拉唑", "奥美拉唑"), ("可定", "瑞舒伐他汀"),
        ("艾司奥美拉唑", "艾司奥美拉唑"), ("中长链脂肪乳", "中/长链脂肪乳"),
    )
}  # fmt: skip
KNOWN = Lexicon(
    NAMES,
    {"佐匹克隆": "佐匹克隆", "病毒灵": "吗啉胍", "氢氯噻嗪": "氢氯噻嗪"},
    frozenset({"高血压", "降压药", "痛风", "感冒"}),
    "浙江京新药业股份有限公司\n石药集团欧意药业有限公司",
)


def parts_of(words):
    return [(part.text, part.kind) for part in understand(words, KNOWN).parts]


def named(words):
    return understand(words, KNOWN).those("name")


@pytest.mark.parametrize(
    "words",
    [
        "那个氨氯地平", "氨氯地平多少钱", "我想买氨氯地平", "哪里有氨氯地平卖",
        "请问氨氯地平的价格",
        "医生开的氨氯地平哪家便宜", "给我妈买的氨氯地平", "集采的氨氯地平现在什么价",
        "氨氯地平还有货吗", "呃那个氨氯地平，多少钱一盒？",
    ],
)  # fmt: skip
def test_what_is_said_around_a_name_is_only_said(words):
    understood = understand(words, KNOWN)
    assert understood.those("name") == ("氨氯地平",)
    assert understood.those("unknown") == ()
    assert "氨氯地平" in [way.words for way in understood.wordings()]


def test_firm_name_form_and_strength_are_told_apart_in_any_order():
    for words in ("京新的氨氯地平片5mg", "5毫克 氨氯地平 片 京新", "片 京新 氨氯地平0.005g"):
        understood = understand(words, KNOWN)
        assert understood.those("name") == ("氨氯地平",)
        assert understood.those("form") == ("片",)
        assert understood.those("firm") == ("京新",)
        assert understood.measures == ("5mg",)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("左西替利嗪片", ("左西替利嗪",)),
        ("缬沙坦氨氯地平多少钱", ("缬沙坦氨氯地平",)),
        ("缬沙 坦氨氯地平", ("缬沙坦氨氯地平",)),
        ("中/长链脂肪乳多少钱", ("中长链脂肪乳",)),
        ("聚乙二醇4000散 10g", ("聚乙二醇4000",)),
        ("艾司奥美拉唑肠溶胶囊", ("艾司奥美拉唑",)),
        ("ＶＢ６", ("vb6",)),
        ("維生素B6片", ("维生素b6",)),
    ],
)
def test_the_longest_name_counts(words, wanted):
    assert named(words) == wanted


def test_a_number_in_a_name_is_no_strength():
    assert understand("聚乙二醇4000", KNOWN).measures == ()


@pytest.mark.parametrize(
    ("words", "name"),
    [("佐匹克隆", "佐匹克隆"), ("佐匹克隆片3mg", "佐匹克隆"), ("病毒灵多少钱", "病毒灵"),
     ("右布洛芬", "右布洛芬"), ("我要右布洛芬", "右布洛芬"), ("去甲西替利嗪", "去甲西替利嗪")],
)  # fmt: skip
def test_a_drug_that_is_not_in_the_catalogue_is_named_not_taken_for_another(words, name):
    assert understand(words, KNOWN).elsewhere == name


def test_a_name_here_with_one_that_is_not_here_are_two_drugs():
    understood = understand("缬沙坦氢氯噻嗪", KNOWN)
    assert understood.names_two
    assert "缬沙坦" not in [way.words for way in understood.wordings()]


def test_letters_nobody_knows_are_left_out_only_after_they_were_tried_and_it_is_told():
    ways = understand("布洛芬老百姓", KNOWN).wordings()
    assert ways[0].words == "布洛芬老百姓"
    assert ways[1].words == "布洛芬 老百姓"
    assert ways[2].words == "布洛芬"
    assert ways[2].left_out == ("老百姓",)


def test_a_short_name_among_much_that_is_unknown_is_chance():
    assert [way.words for way in understand("可定做窗帘", KNOWN).wordings()] == ["可定做窗帘"]


def test_a_purpose_that_runs_on_is_a_name_nobody_knows():
    assert [way.words for way in understand("感冒通灵", KNOWN).wordings()] == ["感冒通灵"]


def test_two_letters_left_of_small_talk_are_not_looked_for():
    assert [way.words for way in understand("今天天气", KNOWN).wordings()] == ["今天天气"]


def test_forms_firms_and_strengths_are_let_go_one_after_the_other():
    ways = understand("石药二甲双胍缓释片0.5g", KNOWN).wordings()
    assert [way.words for way in ways[1:]] == [
        "二甲双胍 缓释片 石药 500mg", "二甲双胍 石药 500mg", "二甲双胍 缓释片 500mg",
        "二甲双胍 500mg", "二甲双胍",
    ]  # fmt: skip


def test_pinyin_with_numbers_for_tones_is_read_without_them():
    assert "erjiashuanggua" in [
        way.words for way in understand("er4jia3shuang1gua1", KNOWN).wordings()
    ]


anything = st.text(max_size=160)
pieces = st.sampled_from(
    [
        *NAMES,
        "佐匹克隆",
        "高血压",
        "片",
        "缓释片",
        "0.5g",
        "20片",
        "京新",
        "多少钱",
        "那个",
        "的",
        "xyz",
    ]
)


@given(anything)
def test_any_text_is_understood(words):
    understood = understand(words, KNOWN)
    assert understood.wordings() or not words.strip()
    assert sum(len(part.text) for part in understood.parts) <= 3 * LONGEST


@given(st.lists(pieces, min_size=1, max_size=6), st.data())
def test_punctuation_blanks_case_and_width_change_no_part(words, data):
    signs = st.sampled_from([" ", "，", "、", "。", "！", "  ", "　", "-", "/"])
    plain = understand(" ".join(words), KNOWN)
    dressed = " ".join(_wide(word, data.draw(st.booleans())) for word in words)
    dressed = data.draw(signs) + dressed.replace(" ", data.draw(signs)) + data.draw(signs)
    told = understand(dressed, KNOWN)
    assert sorted(told.parts) == sorted(plain.parts)
    assert set(told.measures) == set(plain.measures)


def _wide(word, shouted):
    table = str.maketrans(
        string.ascii_lowercase + string.digits,
        "".join(chr(ord(sign) + 0xFEE0) for sign in string.ascii_lowercase + string.digits),
    )
    return word.upper() if shouted else word.translate(table)


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(["0.5g", "500毫克", "20mg/片", "0.5g×20片"]))
def test_taking_the_strength_away_never_changes_the_names(name, strength):
    assert named(f"{name} {strength}") == named(name)
