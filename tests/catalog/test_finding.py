"""Drugs found for what people type, in the town of the demonstration."""

from datetime import date

import pytest

from backend.catalog.finding import search_drugs
from backend.errors import BadInput

DAY = date(2026, 11, 24)


def asked(words, **more):
    return search_drugs(words, day=DAY, **more)


def first(words):
    return asked(words)["items"][0]["core"]


def notes(found):
    return [note["code"] for note in found["reading"]["notes"]]


def test_people_find_their_drug_however_they_say_it(town):
    said = {
        "那个降压的氨氯地平": "氨氯地平",
        "我想买阿莫西淋": "阿莫西林",
        "京新的左乙拉西坦": "左乙拉西坦",
        "颉沙坦多少钱": "缬沙坦",
        "氯吡格雷硫酸氢片": "氯吡格雷",
        "鹽酸二甲雙胍": "二甲双胍",
        "ＶＢ６": "维生素B6",
        "āmòxīlín": "阿莫西林",
        "er4jia3shuang1gua1": "二甲双胍",
        "利伐沙班 AND": "利伐沙班",
        "0.5克 二甲双胍": "二甲双胍",
        "20mg/片 阿托伐他汀": "阿托伐他汀",
    }
    assert {words: first(words) for words in said} == said


def test_a_drug_that_is_not_here_is_named_and_nothing_is_shown_in_its_place(town):
    for words in ("头孢克肟", "佐匹克隆 7.5mg", "洛伐他汀片多少钱", "氧氟沙星", "硝酸异山梨酯"):
        found = asked(words)
        assert (words, found["items"], found["total"]) == (words, [], 0)
        assert found["reading"]["absent"]["name"] in words
    near = asked("佐匹克隆")["reading"]["asks"]
    assert {"words": "右佐匹克隆", "note": "名字相近，不是同一种药"} in near


def test_look_alikes_never_swap_whatever_strength_or_form_was_asked(town):
    for words, core in (
        ("奥美拉唑 20mg", "奥美拉唑"), ("奥美拉唑肠溶片", "奥美拉唑"), ("西替利嗪5mg", "西替利嗪"),
        ("氯雷他定 5mg", "氯雷他定"), ("西酞普兰10mg", "西酞普兰"),
        ("缬沙坦12.5mg", "缬沙坦"), ("艾司西酞普兰", "艾司西酞普兰"),
        ("左西替利嗪", "左西替利嗪"), ("地氯雷他定多少钱", "地氯雷他定"),
    ):  # fmt: skip
        found = asked(words)
        assert (words, found["items"][0]["core"]) == (words, core)
        if "mg" in words:
            assert "strength" in found["items"][0]["differs"] or not notes(found)


def test_a_strength_nobody_makes_is_said_and_stands_at_each_drug(town):
    found = asked("二甲双胍850mg")
    assert notes(found) == ["strength"]
    assert "850mg" in found["reading"]["notes"][0]["text"]
    assert all("strength" in item["differs"] for item in found["items"])


def test_a_strength_that_is_made_is_found_without_a_word(town):
    for words in ("二甲双胍0.5g", "二甲双胍 500毫克", "二甲双胍0.5克×60片"):
        found = asked(words)
        assert (words, notes(found)) == (words, [])
        assert found["items"][0]["strength"] == "0.5g"


def test_a_form_nobody_makes_is_said(town):
    found = asked("阿莫西林片")
    assert notes(found) == ["form"]
    assert {item["core"] for item in found["items"]} == {"阿莫西林"}
    assert asked("阿莫西林胶囊")["items"][0]["differs"] == []


def test_a_firm_that_does_not_make_it_is_said(town):
    found = asked("石药的阿卡波糖")
    assert found["items"][0]["core"] == "阿卡波糖"
    assert notes(found) == ["firm"]


def test_where_two_names_are_as_likely_it_asks(town):
    asks = [one["words"] for one in asked("颉沙坦")["reading"]["asks"]]
    assert {"缬沙坦", "氯沙坦"} <= set(asks)


def test_of_two_names_nobody_makes_together_each_is_offered(town):
    found = asked("氯沙坦钾氢氯噻嗪")
    assert found["items"] == []
    assert [one["words"] for one in found["reading"]["asks"]] == ["氯沙坦", "氢氯噻嗪"]


@pytest.mark.parametrize("words", ["今天天气真好", "3.1415926", "苹果手机", "！？…", "asdfgh"])
def test_nonsense_finds_nothing(town, words):
    found = asked(words)
    assert (found["items"], found["reading"]["absent"]) == ([], None)


def test_signs_blanks_case_and_width_never_change_the_first(town):
    for words in ("二甲双胍缓释片0.5g", "vb6", "络活喜", "缬沙坦氨氯地平", "ejsg"):
        wanted = asked(words)["items"][0]["code"]
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)
        for dressed in (f"  {words}！", f"“{words}”", words.upper(), wide, f"{words}。。"):
            assert (dressed, asked(dressed)["items"][0]["code"]) == (dressed, wanted)


def test_taking_the_strength_away_never_changes_the_substance(town):
    for name in ("二甲双胍", "氨氯地平", "奥美拉唑", "西替利嗪", "左氧氟沙星", "缬沙坦"):
        for strength in ("5mg", "0.5g", "20毫克", "10mg*30片", "80mg/片"):
            assert (name, strength, first(f"{name}{strength}")) == (name, strength, first(name))


def test_later_pages_and_cursors_walk_the_list_of_the_same_wording(town):
    whole = asked("请问高血压的药有哪些", page_size=50)
    codes = [item["code"] for item in whole["items"]]
    assert len(codes) > 4
    second = asked("请问高血压的药有哪些", page=2, page_size=2)
    assert [item["code"] for item in second["items"]] == codes[2:4]
    begun = asked("请问高血压的药有哪些", page_size=2)
    then = asked("请问高血压的药有哪些", cursor=begun["next"], page_size=2)
    assert [item["code"] for item in then["items"]] == codes[2:4]


def test_a_disease_nobody_lists_is_refused(town):
    with pytest.raises(BadInput):
        asked("", category="没有")
