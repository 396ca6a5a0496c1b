"""What is suggested for what has been typed: which lines, in which order, and where they lead."""

import pytest


@pytest.fixture
def suggested(phone):
    """`suggested(words)` gives the lines."""
    return lambda words: phone.get("/api/v1/suggest", q=words)["items"]


def told(lines, *what):
    return [line["text"] for line in lines if line["what"] in what]


def test_the_substance_stands_before_its_products_and_those_before_outlets(suggested):
    lines = suggested("二甲双胍")
    order = [line["what"] for line in lines]
    assert order == sorted(order, key=["substance", "product", "outlet"].index)
    assert told(lines, "substance")[0] == "二甲双胍"
    assert lines[0]["note"].endswith("个品规")
    packs = [line for line in lines if line["what"] == "product"]
    assert 0 < len(packs) <= 4
    assert all("二甲双胍" in line["text"] and line["code"] for line in packs)


@pytest.mark.parametrize("words", ["a", "e", "片", "盐酸", "沈", "演示", "高血压", "二甲双胍", "s"])
def test_there_are_ten_lines_at_most_and_each_substance_once(suggested, words):
    lines = suggested(words)
    assert 0 < len(lines) <= 10
    assert len(told(lines, "outlet")) <= 3
    cores = [text.split(" → ")[-1] for text in told(lines, "substance")]
    assert len(cores) == len(set(cores))


def test_products_are_offered_once_there_is_no_doubt_about_the_substance(suggested):
    assert told(suggested("a"), "product") == []
    assert told(suggested("盐酸"), "product") == []
    assert told(suggested("ejsg"), "product")
    assert told(suggested("二甲双胍缓释"), "product")[0].startswith("盐酸二甲双胍缓释片")


def test_a_brand_says_what_it_is(suggested):
    first = suggested("格华止")[0]
    assert (first["what"], first["text"], first["words"]) == (
        "substance", "格华止 → 二甲双胍", "格华止",
    )  # fmt: skip
    assert first["parts"] == [
        {"text": "格华止", "hit": True},
        {"text": " → 二甲双胍", "hit": False},
    ]


@pytest.mark.parametrize(
    ("words", "text"), [("高血压", "高血压"), ("降压药", "降压药 → 高血压"), ("gxy", "高血压")]
)
def test_a_purpose_leads_to_its_list(suggested, words, text):
    line = next(line for line in suggested(words) if line["what"] == "purpose")
    assert (line["text"], line["category"], line["code"]) == (text, "hypertension", "")


def test_a_brand_with_its_form_says_what_it_is_too(suggested):
    assert suggested("格华止片")[0]["text"] == "格华止 → 二甲双胍"


def test_a_strength_nobody_makes_leads_to_no_other_substance(suggested):
    assert told(suggested("缬沙坦7mg"), "substance")[0] == "缬沙坦"


def test_a_purpose_in_full_stands_before_its_drugs(suggested):
    assert suggested("高血压")[0]["what"] == "purpose"


def test_a_drug_that_is_not_here_is_said_not_to_be_and_nothing_like_it_is_offered(suggested):
    lines = suggested("佐匹克隆")
    assert [(one["what"], one["text"], one["note"]) for one in lines] == [
        ("absent", "佐匹克隆", "目录里没有")
    ]


def test_of_a_name_that_is_begun_what_is_not_here_is_said_too(suggested):
    assert told(suggested("佐匹"), "absent") == ["佐匹克隆"]
    assert {line["what"] for line in suggested("二甲双胍格")} == {"absent"}


@pytest.mark.parametrize(
    "words",
    ["二甲双胍多少", "我想买二甲双胍", "二甲双胍多少钱一盒", "二甲sg", "二甲shuang", "er jia sh",
     "er'jia'shuang", "erjsg", "ＥＪＳＧ", "二钾双瓜", "二甲双肌", "鹽酸二甲雙胍"],
)  # fmt: skip
def test_what_is_half_typed_or_said_around_a_name_finds_it(suggested, words):
    first = suggested(words)[0]
    assert first["text"].split(" → ")[-1] == "二甲双胍"
    assert any(part["hit"] for part in first["parts"])


@pytest.mark.parametrize(
    "words", ["amo'xi", "amoxi", "amxl", "阿莫xi", "阿莫x", "a'mo'x", "阿mo", "amoxl"]
)
def test_an_input_methods_letters_find_amoxicillin(suggested, words):
    assert any(text.startswith("阿莫西林") for text in told(suggested(words), "substance"))


def test_the_parts_of_every_line_join_to_its_text(suggested):
    for words in ("ejsg", "二甲双胍0.5g", "格华", "jia", "沈河", "高血", "盐酸", "佐匹"):
        for line in suggested(words):
            assert "".join(part["text"] for part in line["parts"]) == line["text"]


@pytest.mark.parametrize("words", ["没有这种药", "zzzzzz", "？？", "的"])
def test_of_nothing_nothing_is_made(suggested, words):
    assert suggested(words) == []


def test_the_words_of_a_line_find_the_substance(phone, suggested):
    for words in ("ejsg", "格华止", "盐酸", "二甲sg"):
        for line in suggested(words):
            if line["what"] == "substance" and not line["code"]:
                found = phone.get("/api/v1/drugs", q=line["words"])["items"]
                assert found[0]["core"] == line["text"].split(" → ")[-1]


def test_the_search_itself_finds_what_is_half_typed(phone):
    for words in ("二甲sg", "erjsg", "二甲shuangg"):
        assert phone.get("/api/v1/drugs", q=words)["items"][0]["core"] == "二甲双胍"
