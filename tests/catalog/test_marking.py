"""What of a name is marked as answering what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.catalog import known
from backend.catalog.marking import marked
from search.pinyin import homophone_phrase, initials, pinyin

NAMES = some.sampled_from(sorted(known.known()))


def shown(text, typed, **more):
    """The text with square brackets around what is marked."""
    parts = marked(text, typed, **more)
    return "".join(f"[{part['text']}]" if part["hit"] else part["text"] for part in parts)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("二甲", "盐酸[二甲]双胍片"),
        ("双胍", "盐酸二甲[双胍]片"),
        ("ejsg", "盐酸[二甲双胍]片"),
        ("erjia", "盐酸[二甲]双胍片"),
        ("er jia sh", "盐酸[二甲双]胍片"),
        ("er'jia's", "盐酸[二甲双]胍片"),
        ("erjsg", "盐酸[二甲双胍]片"),
        ("二甲sg", "盐酸[二甲双胍]片"),
        ("二甲shuang", "盐酸[二甲双]胍片"),
        ("ＥＪＳＧ", "盐酸[二甲双胍]片"),
        ("二钾双瓜", "盐酸[二甲双胍]片"),
        ("二甲双肌", "盐酸[二甲双]胍片"),
        ("erjiashuangga", "盐酸[二甲双胍]片"),
        ("鹽酸二甲雙胍", "[盐酸二甲双胍]片"),
        ("双胍 盐酸", "[盐酸]二甲[双胍]片"),
        ("格华止", "盐酸二甲双胍片"),
        ("", "盐酸二甲双胍片"),
        ("的", "盐酸二甲双胍片"),
    ],
)
def test_the_characters_that_answer_are_marked(typed, expected):
    assert shown("盐酸二甲双胍片", typed) == expected


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("甲硝唑", "jia", "[甲]硝唑"),
        ("布洛芬", "布格芬", "[布]洛[芬]"),
        ("兰索拉唑", "兰索泣唑", "[兰索]拉[唑]"),
        ("氯沙坦", "lushatan", "氯[沙坦]"),
        ("阿莫西林", "amo'xi", "[阿莫西]林"),
        ("阿莫西林", "amxl", "[阿莫西林]"),
        ("阿莫西林", "阿莫xi", "[阿莫西]林"),
        ("维生素B12", "wssb12", "[维生素B12]"),
        ("维生素B12", "ｂ１２", "维生素[B12]"),
        ("人凝血因子Ⅷ", "viii", "人凝血因子[Ⅷ]"),
        ("替硝唑片 0.5g×8片", "替硝唑0.5g", "[替硝唑]片 [0.5g]×8片"),
    ],
)
def test_letters_numbers_and_signs_answer_too(text, typed, expected):
    assert shown(text, typed) == expected


def test_what_stands_for_it_is_marked_where_nothing_answers():
    assert shown("盐酸二甲双胍片", "格华止", instead="二甲双胍") == "盐酸[二甲双胍]片"
    assert shown("盐酸二甲双胍片", "gehua", instead="二甲双胍") == "盐酸[二甲双胍]片"


@given(some.text(max_size=40), some.text(max_size=40))
def test_the_parts_of_anything_join_to_it_and_none_is_empty(text, typed):
    parts = marked(text, typed)
    assert "".join(part["text"] for part in parts) == text
    assert all(part["text"] for part in parts)
    turns = [part["hit"] for part in parts]
    assert all(one != next_ for one, next_ in zip(turns, turns[1:], strict=False))


WAYS = some.sampled_from([
    lambda name: name, pinyin, initials, homophone_phrase,
    lambda name: homophone_phrase(name).replace(" ", "'"),
    lambda name: name[:1] + pinyin(name[1:]),
])  # fmt: skip


@given(NAMES, WAYS, some.integers(min_value=1, max_value=80))
def test_of_a_name_typed_so_far_in_any_way_something_is_marked(name, way, far):
    # A reading that depends on its neighbours may differ from that of the character alone.
    if pinyin(name) == "".join(pinyin(one) for one in name):
        assert any(part["hit"] for part in marked(name, way(name)[:far]))
