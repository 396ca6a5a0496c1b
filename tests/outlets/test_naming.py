"""What outlets are called, and what is meant by words, without any table."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.outlets.naming import Meant, Vocabulary, aliases, core, landmarks

CITY = Vocabulary(
    [("210106", "铁西区"), ("210104", "大东区"), ("210113", "沈北新区"), ("210181", "新民市")],
    {
        "center": ["社区卫生服务中心", "社区医院", "社区"],
        "station": ["社区卫生服务站", "社区医院", "社区"],
        "chain": ["连锁药店", "药店"],
        "single": ["单体药店", "药店"],
    },
)
PHARMACIES, COMMUNITY = ("chain", "single"), ("center", "station")
WORDS = ["铁西", "铁西区", "的", "药店", "社区", "附近", "那个", "中街", "大", " ", "tiexi", "1"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("铁西那个", Meant("", ("210106",))),
        ("铁西区的药店", Meant("", ("210106",), PHARMACIES, "药店")),
        ("沈北社区医院", Meant("", ("210113",), COMMUNITY, "社区医院")),
        ("单体药店", Meant("", (), ("single",), "单体药店")),
        ("附近的药店", Meant("", (), PHARMACIES, "药店")),
        ("中街附近的药店", Meant("中街", (), PHARMACIES, "药店")),
        ("新民 天晴", Meant("天晴", ("210181",))),
        ("铁西大东药店", Meant("", ("210106", "210104"), PHARMACIES, "药店")),
        ("TieXi YaoDian", Meant("", ("210106",), PHARMACIES, "药店")),
        ("tiexiqu", Meant("", ("210106",))),
        ("天晴大药房", Meant("天晴大药房")),
        ("大东方", Meant("大东方")),
        ("阿司匹林", Meant("阿司匹林")),
        ("", Meant("")),
        ("的", Meant("")),
    ],
)
def test_districts_and_kinds_are_taken_out_of_the_words(words, meant):
    assert CITY.meant(words) == meant


@given(some.lists(some.sampled_from(WORDS), max_size=8).map("".join))
def test_taking_words_apart_ends_and_takes_nothing_twice(words):
    meant = CITY.meant(words)
    assert len(meant.words) <= len(words) + 2
    assert set(meant.districts) <= {"210106"}


@given(some.text(max_size=40), some.text(max_size=40), some.text(max_size=60))
def test_any_name_and_address_are_borne(name, chain, address):
    CITY.meant(name)
    told = aliases(name, chain=chain, district="铁西区", address=address)
    assert len(told) == len(set(told)) <= 16
    assert all(told)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("沈阳市铁西区中医院", "铁西区中医院"),
        ("沈阳铁西药店有限公司", "铁西药店"),
        ("沈阳市大东区大北社区卫生服务中心（演示）", "大东区大北社区卫生服务中心"),
        ("沈阳药店", "沈阳药店"),
        ("有限公司", "有限公司"),
    ],
)
def test_city_and_firm_are_no_part_of_what_a_place_is_called(name, short):
    assert core(name) == short


@pytest.mark.parametrize(
    ("name", "chain", "district", "called"),
    [
        ("沈阳市大东区大北社区卫生服务中心", "", "大东区",
         ["大北社区卫生服务中心", "大东区大北社区", "大东区大北社区医院", "大北社区",
          "大北社区医院"]),
        ("新民市红旗镇中心卫生院", "", "新民市",
         ["红旗镇中心卫生院", "新民市红旗镇卫生院", "新民市红旗镇医院", "红旗镇卫生院",
          "红旗镇医院"]),
        ("演示天晴大药房连锁有限公司中街店", "演示天晴大药房连锁有限公司", "沈河区",
         ["演示天晴中街店"]),
        ("演示和平单体药店01", "", "和平区", []),
    ],
)  # fmt: skip
def test_what_an_outlet_is_called_beside_its_name(name, chain, district, called):
    assert list(aliases(name, chain=chain, district=district, address="")) == called


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("沈阳市沈河区中街路128号（大悦广场对面）", ["中街路", "大悦广场"]),
        ("沈阳市和平区太原北街86号中兴大厦一层", ["太原北街", "中兴大厦一层"]),
        ("新民市辽河大街东段（客运站旁）", ["辽河大街东段", "客运站"]),
        ("", []),
        ("128号", []),
    ],
)
def test_streets_and_landmarks_stand_in_the_address(address, marks):
    district = "新民市" if address.startswith("新民") else address[3:6]
    assert list(landmarks(address, district)) == marks
