"""The diseases drugs are listed under, and how the demonstration sheets use them."""

import csv
import re
from collections import Counter

import pytest

from backend.catalog.diseases import GROUPS, called, code_of, disease, diseases, of_category
from backend.catalog.naming import core
from backend.demo.sheets import shipped

NATIONAL_LIST = "国家基本医疗保险、生育保险和工伤保险药品目录（2025年）分类代码"
WORDS_FOR = re.compile("分类代码$|^世界卫生组织 ATC 分类 [A-Z]|^药品说明书的适应症|共识报告（20")


def names_of(category, name=""):
    return [disease(code).name for code in of_category(category, name)]


def test_every_disease_has_its_own_code_and_name():
    assert max(Counter(one.code for one in diseases()).values()) == 1
    assert max(Counter(one.name for one in diseases()).values()) == 1


def test_every_disease_says_whose_word_it_is():
    for one in diseases():
        assert one.source == NATIONAL_LIST or not one.classes, one.name
        assert all(code.startswith("X") for code in one.classes), one.name
        assert all(WORDS_FOR.search(source) for source in (one.source, *one.named.values()))


def test_every_disease_leads_to_drugs():
    assert [one.name for one in diseases() if not one.classes and not one.named] == []


def test_what_overrules_a_class_is_named_there():
    told = [one for one in diseases() if one.instead]
    assert told
    assert all(one.instead <= set(one.named) for one in told)


def test_a_drug_is_named_as_a_substance_or_with_its_form_and_nothing_between():
    forms = re.compile("(片|胶囊|颗粒|液|^(注射用|吸入用).*)$")
    named = {name for one in diseases() for name in one.named}
    assert [name for name in named if core(name) != name and not forms.search(name)] == []


def test_the_four_groups_of_the_plan_come_first():
    assert list(dict.fromkeys(one.group for one in diseases())) == list(GROUPS)


def test_no_word_means_two_diseases():
    words = [word for one in diseases() for word in {one.name, *one.also}]
    assert [word for word, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("降压药", "高血压"), ("血压高", "高血压"), ("血糖高", "糖尿病"), ("血脂高", "高血脂"),
        ("胃药", "胃病"), (" 尿酸高 ", "痛风"), ("前列腺", "前列腺增生"), ("抗感染", "细菌感染"),
        ("止痛药", "疼痛"), ("高血压", "高血压"),
    ],
)  # fmt: skip
def test_people_have_their_own_words(words, name):
    assert called(words).name == name
    assert disease(code_of(words)).name == name


@pytest.mark.parametrize("words", ["", "二甲双胍", "血"])
def test_other_words_name_no_disease(words):
    assert called(words) is None
    assert code_of(words) is None


@pytest.mark.parametrize(
    ("category", "names"),
    [
        ("XC07AB", ["高血压"]), ("XC08C", ["高血压"]), ("XC09D", ["高血压"]),
        ("XC10AA", ["高血脂"]),
        ("XA10BA", ["糖尿病"]), ("XA02BC", ["胃病"]), ("XR03B", ["哮喘慢阻肺"]), ("XM04", ["痛风"]),
        ("XG04C", ["前列腺增生"]), ("XJ01CA", ["细菌感染"]), ("XV08A", []), ("", []), ("XC", []),
    ],
)  # fmt: skip
def test_a_class_of_the_national_list_decides(category, names):
    assert names_of(category) == names


def test_the_drugs_for_pulmonary_hypertension_are_not_listed_as_blood_pressure_drugs():
    assert names_of("XC02K") == ["肺动脉高压"]


def test_a_drug_that_is_named_goes_where_it_is_named():
    assert names_of("XR01AD", "吸入用布地奈德混悬液") == ["哮喘慢阻肺"]
    assert names_of("", "度他雄胺软胶囊") == ["前列腺增生"]
    assert names_of("XR01AD", "布地奈德鼻喷雾剂") == ["鼻炎"]


def test_a_named_drug_keeps_the_diseases_of_its_class():
    assert names_of("XC07AB", "富马酸比索洛尔片") == ["高血压", "冠心病", "心力衰竭"]
    assert names_of("XJ05AB", "阿昔洛韦片") == ["病毒感染", "疱疹"]


def test_a_substance_is_named_in_every_form_and_a_form_only_as_it_is():
    assert "艾滋病" in names_of("XJ05AF", "富马酸替诺福韦二吡呋酯片")
    assert "发热" in names_of("XM01AE", "布洛芬颗粒")
    assert "发热" not in names_of("XM01AE", "布洛芬注射液")


@pytest.mark.parametrize("name", ["左氧氟沙星滴眼液", "盐酸莫西沙星滴眼液"])
def test_drops_for_the_eye_are_no_pills_against_germs(name):
    assert names_of("XJ01MA", name) == ["眼病", "结膜炎"]


@pytest.mark.parametrize("sheet", ["drugs", "aliases"])
def test_the_sheets_name_only_diseases_that_exist(sheet):
    with shipped(sheet).open(encoding="utf-8") as file:
        told = {name for row in csv.DictReader(file) for name in row["病种"].split("；") if name}
    assert told <= {one.name for one in diseases()}


def test_no_word_is_written_twice_in_one_disease():
    assert [one.name for one in diseases() if len({one.name, *one.also}) <= len(one.also)] == []
