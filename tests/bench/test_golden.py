"""The judge of the golden questions, and a few of them asked in a small house."""

import pytest

from bench.golden import bare, scores, speed
from bench.golden.__main__ import main, write_page
from bench.golden.engines import BARE_FTS, OURS, ours
from bench.golden.houses import sizes
from bench.golden.judging import Item, Verdict, judge
from bench.golden.reading import form, initials, measures, pinyin
from bench.golden.speed import FIND, SUGGEST
from bench.golden.table import LARGE, SMALL, Row, read, write
from bench.timing import Times

SHORT = Item("二甲双胍", "盐酸二甲双胍片", "片剂", "0.5g 0.5g*60", 60, "甲厂")
LONG = Item("二甲双胍", "盐酸二甲双胍缓释片", "缓释片", "0.5g", 64, "乙厂")
OTHER = Item("格列美脲", "格列美脲片", "片剂", "1mg", 30, "丙厂")


@pytest.mark.parametrize(
    ("label", "items", "verdict"),
    [
        ({}, [SHORT, OTHER], (True, True, False)),
        ({}, [OTHER, LONG], (False, True, False)),
        ({}, [], (False, False, False)),
        ({"form": "缓释片"}, [LONG], (True, True, False)),
        ({"form": "缓释片"}, [SHORT, LONG], (False, True, True)),
        ({"strength": "500mg x60"}, [SHORT], (True, True, False)),
        ({"strength": "500mg x60"}, [LONG, SHORT], (False, True, True)),
        ({"firm": "乙厂"}, [SHORT, LONG], (False, True, False)),
        ({"substance": "*双胍"}, [LONG], (True, True, False)),
        ({"substance": "pinyin:erjia*"}, [LONG], (True, True, False)),
        ({"substance": "initials:ejsg"}, [LONG], (True, True, False)),
        ({"never": "格列美脲"}, [SHORT, OTHER, LONG], (False, False, True)),
        ({"never": "格列美脲"}, [SHORT, LONG, OTHER], (True, True, False)),
        ({"never": "格列美脲"}, [OTHER], (False, False, True)),
        ({"form": "片", "never": "form:缓释片"}, [SHORT, LONG], (True, True, False)),
    ],
)
def test_an_answer_is_judged_by_its_label(label, items, verdict):
    row = Row(**{"kind": "guard", "query": "…", "substance": "二甲双胍"} | label)
    assert judge(row, items) == Verdict(*verdict)


def test_what_is_changed_openly_is_not_silent():
    row = Row("no_strength", "二甲双胍13mg", "二甲双胍", strength="13mg")
    assert judge(row, [SHORT]) == Verdict(True, True, True)
    assert judge(row, [Item(SHORT.core, SHORT.name, told=True)]) == Verdict(True, True, False)


@pytest.mark.parametrize("kind", ["nonsense", "absent"])
def test_nothing_may_be_found_where_nothing_is(kind):
    row = Row(kind, "维格列汀")
    assert judge(row, []).first
    assert not judge(row, [OTHER]).first
    assert judge(row, [Item("格列美脲", "格列美脲片", told=True)]).first


def test_names_and_strengths_are_read_apart_from_the_search():
    assert (pinyin("参松养心"), initials("川芎")) == ("shensongyangxin", "cx")
    assert measures("5ml:0.1g") == {"5ml", "100mg"}
    assert measures("10万单位") == {"100000iu"}
    names = ("缬沙坦胶囊", "注射用奥美拉唑钠", "缬沙坦氨氯地平片（Ⅰ）", "盐酸莫西沙星片R", "银杏")
    assert list(map(form, names)) == ["胶囊", "注射用", "片", "片", ""]


def test_the_table_is_read_as_it_was_written(tmp_path):
    rows = [Row("exact", "二甲双胍", "二甲双胍"), Row("guard", '"a', "b", never="c", note="d")]
    write(rows, tmp_path / "golden.tsv")
    assert read(tmp_path / "golden.tsv") == rows


def test_a_share_reaches_its_aim_unless_something_was_silently_changed():
    assert scores.Score("exact", 100, 99, 100, 0).reached
    assert not scores.Score("exact", 100, 98, 100, 0).reached
    assert not scores.Score("exact", 100, 99, 100, 1).reached


def test_without_the_large_files_only_the_small_house_is_asked(tmp_path):
    assert list(sizes(tmp_path)) == list(sizes(None)) == [SMALL]
    assert LARGE not in sizes(None)


def test_a_few_questions_are_asked_of_ours_and_of_the_bare_table(town):
    rows = [Row("exact", "厄贝沙坦", "厄贝沙坦"), Row("pinyin", "ebeishatan", "厄贝沙坦")]
    products = bare.products()
    with bare.trigram(products) as find:
        asked = {
            OURS: scores.answers(rows, ours()),
            BARE_FTS: scores.answers(
                rows, lambda words: [products[c].item for c in find(words, 9)]
            ),
        }
    found = {name: scores.scores(answered) for name, answered in asked.items()}
    assert scores.misses(asked[OURS]) == []
    assert len(scores.misses(asked[BARE_FTS])) == 1
    assert found[OURS]["pinyin"].first == 1
    assert found[BARE_FTS]["pinyin"].first == 0
    header, exact, typed = scores.table(found, (OURS,))
    assert header[0] == "类别"
    assert exact[-1] == typed[-1] == "是"


def test_the_page_tells_the_kinds_and_what_was_not_measured(tmp_path):
    page = tmp_path / "golden.md"
    write_page(["### 一档\n\n| a |"], [Row("exact", "二甲双胍", "二甲双胍")], ["没有量。"], page)
    told = page.read_text(encoding="utf-8")
    assert "| 成分名 | `exact` | 1 | 1 |" in told
    assert "没有量。" in told


def test_the_command_explains_itself(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "--misses" in capsys.readouterr().out


def test_how_long_it_takes_is_a_row_for_each_size():
    took = {SUGGEST: Times((1.0, 2.0)), FIND: Times((3.0, 4.0))}
    header, row = speed.table({"一档": took})
    assert [SUGGEST in header[1], FIND in header[2]] == [True, True]
    assert row == ["一档", "1.00 / 2.00 / 2.00", "3.00 / 4.00 / 4.00"]
