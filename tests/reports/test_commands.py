"""What staff type: the queue, the tasks, a decision with its reason, as lines or as a sheet."""

import csv
import re

import pytest

from backend.policy.packs import pack_on
from tests.house.project import ROOT
from tests.makers import A_PRICE, outlet, sheet, take
from tests.reports.askers import FIRST, on_day, say


@pytest.fixture
def typed(house):
    """`typed("tasks", …)` → the exit code and what was said."""

    def run(*words):
        answer = house.test_cli_runner().invoke(args=["reports", *map(str, words)])
        return answer.exit_code, answer.output + answer.stderr

    return run


def test_nothing_is_said_in_words(typed):
    assert typed("queue") == (0, "没有等人看的价格。\n")
    assert typed("tasks") == (0, "没有要核实的事。\n")


def test_tasks_are_listed_written_and_done(house, sold, typed, tmp_path):
    say(house, "closed", askers=3)
    code, told = typed("tasks")
    assert code == 0
    number = re.match(r"(\d+)  已停业  演示沈河社区卫生服务中心01  3 人（一天最多 3）", told)[1]
    typed("tasks", "--csv", tmp_path / "tasks.csv")
    with (tmp_path / "tasks.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["机构编码"], row["人数"], row["状态"]) == ("A1", "3", "未办")
    code, told = typed("done", number)
    assert (code, "--note" in told) == (1, True)
    assert typed("done", number, "--note", "到过现场")[0] == 0
    assert typed("done", number, "--note", "再来")[0] == 1
    assert "已办" in typed("tasks", "--all")[1]


def test_a_price_is_agreed_on_doubted_and_decided(house, sold, typed, tmp_path):
    for code in ("B1", "B2", "B3"):
        outlet(tmp_path, 定点编码=code, 机构名称=f"演示{code}")
    rows = [A_PRICE | {"定点编码": c, "药品编码": sold} for c in ("B1", "B2", "B3")]
    take("prices", sheet(tmp_path, rows))
    say(house, "wrong_price", drug=sold, price_fen=9900, askers=3)
    on_day(1)
    assert typed("take") == (0, "采用了 0 个价格。\n")
    code, told = typed("queue")
    number = told.split()[0]
    assert "99.00 元（中位数 3.40）" in told
    assert typed("decide", number, "keep")[0] == 1
    code, told = typed("decide", number, "keep", "--note", "打过电话")
    assert (code, "已作为观测" in told) == (0, True)
    assert typed("decide", number, "set-aside", "--note", "又想")[0] == 1
    assert typed("decide", 99, "keep", "--note", "没有")[0] == 1
    assert "属实" in typed("queue", "--all")[1]


def test_the_page_about_reports_has_the_numbers_of_the_pack():
    told = (ROOT / "docs/reports.md").read_text(encoding="utf-8")
    terms = pack_on("shenyang", FIRST.date()).reports
    listed = dict(re.findall(r"^\| (`.+?`) \| (.+?) \|", told, re.MULTILINE))
    for names, numbers in listed.items():
        fields = re.findall(r"`(\w+)`", names)
        if hasattr(terms, fields[0]):
            assert [int(n) for n in numbers.split("、")] == [getattr(terms, f) for f in fields]
    assert len([n for n in listed if "within_days" in n or "agree" in n]) == 3
