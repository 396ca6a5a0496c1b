"""Substances, packs and units of every drug the demonstration carries."""

import csv

import pytest

from backend.catalog.naming import core, package_unit, split_pack, unit_of
from backend.demo.sheets import shipped

with shipped("drugs").open(encoding="utf-8") as _file:
    SHEET = list(csv.DictReader(_file))
NAMES = sorted({row["通用名"] for row in SHEET})

# One line per way a name is built; the sheet's own column 成分名 holds the rest.
BUILT = {
    "盐酸二甲双胍片": "二甲双胍",
    "盐酸二甲双胍缓释片": "二甲双胍",
    "苯磺酸氨氯地平片": "氨氯地平",
    "苯磺顺阿曲库铵注射液": "顺阿曲库铵",
    "甲苯磺酸索拉非尼片": "索拉非尼",
    "马来酸依那普利片": "依那普利",
    "酒石酸美托洛尔片": "美托洛尔",
    "琥珀酸美托洛尔缓释片": "美托洛尔",
    "硫酸氢氯吡格雷片": "氯吡格雷",
    "富马酸替诺福韦二吡呋酯片": "替诺福韦二吡呋酯",
    "吸入用硫酸沙丁胺醇溶液": "沙丁胺醇",
    "吸入用复方异丙托溴铵溶液": "复方异丙托溴铵",
    "培哚普利叔丁胺片": "培哚普利",
    "阿托伐他汀钙片": "阿托伐他汀",
    "氯沙坦钾片": "氯沙坦",
    "艾司奥美拉唑镁肠溶片": "艾司奥美拉唑",
    "注射用培美曲塞二钠": "培美曲塞",
    "双氯芬酸钠缓释片": "双氯芬酸",
    "地塞米松磷酸钠注射液": "地塞米松",
    "缬沙坦氢氯噻嗪片": "缬沙坦氢氯噻嗪",
    "缬沙坦氨氯地平片（Ⅰ）": "缬沙坦氨氯地平",
    "缬沙坦氨氯地平片Ⅰ": "缬沙坦氨氯地平",
    "阿莫西林克拉维酸钾片": "阿莫西林克拉维酸",
    "注射用紫杉醇（白蛋白结合型）": "紫杉醇",
    "左氧氟沙星氯化钠注射液": "左氧氟沙星",
    "利奈唑胺葡萄糖注射液": "利奈唑胺",
    "丙泊酚中/长链脂肪乳注射液": "丙泊酚",
    "中/长链脂肪乳注射液（C8~24Ve）": "中/长链脂肪乳",
    "脂肪乳氨基酸（17）葡萄糖（11%）注射液": "脂肪乳氨基酸葡萄糖",
    "左乙拉西坦注射用浓溶液": "左乙拉西坦",
    "奥氮平口崩片": "奥氮平",
    "左氧氟沙星滴眼液": "左氧氟沙星",
    "蒙脱石散": "蒙脱石",
    "聚乙二醇4000散": "聚乙二醇4000",
    "维生素B6片": "维生素B6",
}

KEPT = [
    ("氯化钾", "缓释片"), ("碳酸氢钠", "片"), ("枸橼酸氢钾钠", "颗粒"), ("玻璃酸钠", "滴眼液"),
    ("羟苯磺酸钙", "片"), ("铝碳酸镁", "咀嚼片"), ("硫辛酸", "注射液"), ("硝酸甘油", "片"),
    ("单硝酸异山梨酯", "缓释片"), ("硝酸异山梨酯", "片"), ("硫酸亚铁", "片"), ("醋酸钙", "片"),
    ("葡萄糖酸钙", "片"), ("硫酸软骨素", "片"), ("乳酸菌素", "片"), ("葡萄糖氯化钠", "注射液"),
    ("头孢呋辛酯", "片"), ("坎地沙坦酯", "片"), ("氨基葡萄糖", "胶囊"), ("阿片", "片"),
]  # fmt: skip

FORMS = ("片", "胶囊", "颗粒", "散", "注射液", "滴眼液", "溶液", "混悬液")
SALTS = ("盐酸", "苯磺酸", "马来酸", "枸橼酸莫", "酒石酸", "富马酸", "琥珀酸", "氢溴酸", "甲磺酸")


@pytest.mark.parametrize(("name", "substance"), BUILT.items())
def test_a_name_gives_up_its_salt_and_form(name, substance):
    assert core(name) == substance


@pytest.mark.parametrize(("substance", "form"), KEPT)
def test_what_only_looks_like_a_salt_keeps_its_name(substance, form):
    assert core(substance + form) == substance


def test_a_number_that_belongs_to_the_name_is_no_edition():
    assert core("人凝血因子Ⅷ") == "人凝血因子VIII"


def test_all_the_names_carried_over_are_here():
    assert len(NAMES) == 211


@pytest.mark.parametrize("name", NAMES)
def test_no_substance_keeps_a_salt_or_a_form(name):
    substance = core(name)
    assert len(substance) >= 2
    assert not substance.endswith(FORMS)
    assert not substance.startswith((*SALTS, "注射用", "吸入用"))
    assert core(substance) == substance


def test_names_of_one_substance_agree():
    shared = {core(name) for name in NAMES}
    assert len(shared) == 185
    assert {row["成分名"] for row in SHEET} == shared


@pytest.mark.parametrize("name", ["", "片", "盐酸", "板蓝根"])
def test_a_name_nothing_fits_stays_whole(name):
    assert core(name) == name


@pytest.mark.parametrize(
    ("pack", "parts"),
    [
        ("0.5g*60", ("0.5g", 60)),
        ("0.5g×24片/盒", ("0.5g", 24)),
        ("0.25g*12粒*2板/盒", ("0.25g", 24)),
        ("150mg+12.5mg*14", ("150mg+12.5mg", 14)),
        ("5mg/2.5ml*10", ("5mg/2.5ml", 10)),
        ("7cm*10cm*4贴", ("7cm*10cm", 4)),
        ("7cm*10cm", ("7cm*10cm", None)),
        ("0.5g", ("0.5g", None)),
        ("0.5g*0", ("0.5g", None)),
        ("", ("", None)),
    ],
)
def test_a_pack_is_a_strength_and_a_number(pack, parts):
    assert split_pack(pack) == parts


def test_every_pack_of_the_sheet_is_read_as_it_says():
    assert [split_pack(row["包装"])[1] for row in SHEET] == [int(row["包装数量"]) for row in SHEET]


@pytest.mark.parametrize(
    ("form", "unit"),
    [
        ("片剂", "片"), ("缓释片", "片"), ("肠溶胶囊", "粒"), ("颗粒剂", "袋"), ("散剂", "袋"),
        ("注射剂", "支"), ("滴眼剂", "支"), ("口服溶液", "瓶"), ("吸入剂", "支"), ("丸剂", "丸"),
        ("贴片", "贴"), ("干混悬剂", "袋"), ("", "单位"),
    ],
)  # fmt: skip
def test_a_form_is_counted_in_its_own_unit(form, unit):
    assert unit_of(form) == unit


def test_an_infusion_comes_in_bottles():
    assert unit_of("注射剂", "100ml:氟康唑0.2g与氯化钠0.9g") == "瓶"
    assert unit_of("注射剂", "10ml:0.1g") == "支"


@pytest.mark.parametrize(
    ("form", "count", "unit"),
    [
        ("片剂", 30, "盒"),
        ("注射剂", 1, "支"),
        ("口服溶液", 1, "瓶"),
        ("片剂", 1, "盒"),
        ("片", None, "盒"),
    ],
)
def test_the_smallest_pack_is_a_box_or_the_one_thing_itself(form, count, unit):
    assert package_unit(form, count) == unit
