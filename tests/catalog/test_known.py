"""Names of real drugs: the national list as a set of words."""

from importlib.resources import files

import pytest

from backend.catalog import diseases, naming
from backend.catalog.known import known


def text():
    return (files("backend.catalog") / "known.txt").read_text(encoding="utf-8")


def test_the_file_says_where_it_is_from_and_stays_small():
    head = text().splitlines()[0]
    assert head.startswith("#")
    assert "2025" in head
    assert len(text().encode()) < 120_000


def test_names_are_sorted_told_once_and_their_own_core():
    names = [line for line in text().splitlines() if not line.startswith("#")]
    assert names == sorted(set(names))
    assert [name for name in names if naming.core(name) != name or len(name) < 2] == []
    assert len(names) > 2_500
    assert known() == set(names)


def test_no_two_names_run_together():
    halves = [name[: len(name) // 2] for name in known() if len(name) % 2 == 0]
    assert [half for half in halves if len(half) > 1 and half * 2 in known()] == []
    ends = {name for name in known() if "注射用" in name or name[-1] in "IVX/、"}
    assert ends == {"人凝血因子VIII", "人凝血因子IX"}


def test_no_word_for_a_disease_is_taken_for_a_drug():
    assert [name for name in known() if diseases.called(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "头孢克肟", "头孢克肟分散片", "硝苯地平控释片", "阿司匹林肠溶片", "左甲状腺素钠片",
        "埃索美拉唑", "艾司奥美拉唑", "甘精胰岛素注射液", "磷酸奥司他韦胶囊", "维生素C片",
        "连花清瘟胶囊", "六味地黄丸", "复方丹参滴丸", "速效救心丸", "藿香正气水",
        "双氯芬酸钠缓释片", "人凝血因子VIII",
    ],
)  # fmt: skip
def test_a_real_drug_is_known_in_every_form(name):
    assert naming.core(name) in known()


@pytest.mark.parametrize("name", ["头孢克落", "二甲双瓜", "阿莫西林林", "降压药", "", "片"])
def test_a_slip_is_not_known(name):
    assert naming.core(name) not in known()
