"""Values of subscribed messages: held against WeChat's rules, words cut at a sensible place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notices.fields import RULES, Unfit, check, fitted, fitted_all, kind_of, shortened

FITS = [
    ("thing1", "阿司匹林肠溶片 100mg"), ("thing12", "a"), ("number2", "12.50"), ("number1", "-3"),
    ("letter1", "ABc"), ("symbol1", "%"), ("character_string3", "TS-2026-000123"),
    ("time1", "15:01"), ("time1", "09:05:59"), ("time1", "2019年10月1日 15:01"),
    ("time2", "15:01~16:00"), ("date1", "2019年10月1日"), ("date1", "2018-01-01"),
    ("date1", "2018/01/01"), ("date1", "2018.01"), ("date1", "01-01"), ("date1", "10月1日"),
    ("date1", "2019年10月"), ("date1", "2019年10月1日 15:01"), ("date2", "2018-01-01~2018-02-01"),
    ("amount1", "¥12.30元"), ("amount1", "8"), ("phone_number1", "024-12393"),
    ("car_number1", "辽A12345"), ("name1", "张三"), ("name1", "Zhang San"), ("phrase1", "已受理"),
]  # fmt: skip

UNFIT = [
    ("thing1", "一" * 21, "too_long"), ("thing1", "", "empty"), ("thing1", "  ", "empty"),
    ("thing1", "一\n二", "control"), ("number1", "十二", "shape"), ("number1", "１２", "shape"),
    ("number1", "1" * 33, "too_long"), ("letter1", "a1", "shape"), ("symbol1", "a", "shape"),
    ("character_string1", "编号1", "shape"), ("character_string1", "a b", "shape"),
    ("time1", "25:00", "shape"), ("time1", "2019年10月1日", "shape"), ("date1", "明天", "shape"),
    ("date1", "2018-13-01", "shape"), ("date1", "2018-01/01", "shape"),
    ("amount1", "一百元", "shape"), ("amount1", "12345678901", "shape"),
    ("phone_number1", "1" * 18, "too_long"), ("name1", "一" * 11, "too_long"),
    ("phrase1", "已经受理完了", "too_long"), ("phrase1", "OK", "shape"),
    ("enum1", "x", "unknown_kind"), ("short_thing1", "x", "unknown_kind"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), FITS)
def test_what_wechat_takes_is_taken(name, value):
    check(name, value)
    assert fitted(name, value) == value


@pytest.mark.parametrize(("name", "value", "why"), UNFIT)
def test_what_wechat_would_refuse_is_refused_here_by_field_and_reason(name, value, why):
    with pytest.raises(Unfit) as refused:
        check(name, value)
    assert (refused.value.name, refused.value.why) == (name, why)


def test_the_kind_is_the_name_without_its_number():
    assert kind_of("character_string12") == "character_string"


def test_words_are_cut_at_a_break_and_say_that_they_go_on():
    assert shortened("二甲双胍缓释片（0.5g×60片）", 16) == "二甲双胍缓释片（0.5g×60…"
    place, news = (
        "和平区南湖街道社区卫生服务中心（演示）",
        "阿司匹林肠溶片，每盒三十片，今天在附近的药店到货",
    )
    assert shortened(place, 18) == "和平区南湖街道社区卫生服务中心…"
    assert shortened(news, 20) == "阿司匹林肠溶片，每盒三十片…"
    assert shortened(news, 40) == news


def test_a_number_or_a_date_is_never_cut():
    with pytest.raises(Unfit, match="too_long"):
        fitted("number1", "1" * 40)


def test_lines_become_one():
    assert fitted("thing1", " 第一行\n 第二行\t") == "第一行 第二行"


def test_all_values_are_fitted_or_the_first_that_cannot_be_is_named():
    assert fitted_all({"thing1": "一" * 30, "number2": "3"}) == {
        "thing1": "一" * 19 + "…", "number2": "3",
    }  # fmt: skip
    with pytest.raises(Unfit, match="date2"):
        fitted_all({"thing1": "好", "date2": "明天"})


def holds_something(words):
    """Whether more than blanks and control characters is said."""
    return bool(re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", words).strip())


@given(st.text(min_size=1, max_size=200).filter(holds_something))
def test_words_of_any_kind_are_fitted(words):
    value = fitted("thing1", words)
    assert 1 <= len(value) <= RULES["thing"].most
    check("thing1", value)


@given(st.text(max_size=80), st.integers(2, 40))
def test_what_is_shortened_is_short_enough_and_begins_as_it_did(words, most):
    cut = shortened(words, most)
    assert len(cut) <= most
    assert words.startswith(cut.removesuffix("…"))
