"""What the operator types to take a sheet in, and what he reads."""

import pytest
from openpyxl import load_workbook

from backend.outlets.models import Outlet
from backend.prices.sheetkinds import sheet_kinds
from backend.sheets.templates import write_template
from tests.makers import AN_OUTLET, checked, diff, sheet


@pytest.fixture
def flask(house):
    """`flask("sheets", "take", …)` → the command's result."""
    runner = house.test_cli_runner()
    return lambda *words: runner.invoke(args=list(map(str, words)))


def test_a_look_first_then_the_same_words_with_apply(flask, tmp_path):
    path = sheet(tmp_path, [AN_OUTLET])
    looked = flask("sheets", "take", "outlets", path)
    assert (looked.exit_code, Outlet.select().count()) == (0, 0)
    assert "新增 1，变更 0，撤销 0，不变 0" in looked.output
    taken = flask("sheets", "take", "outlets", path, "--apply")
    assert "已发布" in taken.output
    assert Outlet.seen().count() == 1


def test_doubts_are_shown_and_need_a_word_more(flask, tmp_path):
    path = sheet(tmp_path, [AN_OUTLET | {"区县": "和平区"}])
    refused = flask("sheets", "take", "outlets", path, "--apply")
    assert refused.exit_code == 1
    assert "第 2 行可疑：表里写的是和平区" in refused.output
    assert Outlet.select().count() == 0
    assert flask("sheets", "take", "outlets", path, "--apply", "--accept-doubts").exit_code == 0
    assert Outlet.seen().count() == 1


def test_a_refused_sheet_comes_back_with_its_cells_marked(flask, tmp_path):
    path = sheet(tmp_path, [AN_OUTLET | {"区县": "浑南县"}])
    report = tmp_path / "report.xlsx"
    refused = flask("sheets", "take", "outlets", path, "--apply", "--report", report)
    assert refused.exit_code == 1
    assert "没有导入：共 1 处问题" in refused.output
    assert "第 2 行 区县：'浑南县' 不是本市的区县" in refused.output
    assert "问题清单" in load_workbook(report).sheetnames


@pytest.mark.parametrize("kind", ["drugs", "aliases", "outlets", "prices"])
def test_every_kind_has_a_template_whose_header_is_understood(flask, tmp_path, kind):
    path = tmp_path / f"{kind}.xlsx"
    assert flask("sheets", "template", kind, path).exit_code == 0
    again = tmp_path / "again.xlsx"
    write_template(sheet_kinds()[kind].form, again)
    assert load_workbook(path).sheetnames == load_workbook(again).sheetnames
    # Nothing is filled in yet: nothing is wrong with it and nothing comes of it.
    assert diff(checked(kind, path)) == {}


def test_with_nothing_interrupted_there_is_nothing_to_resume(flask):
    assert "没有被中断的导入" in flask("sheets", "resume").output
