"""The page is composed from what is kept, and says what is missing."""

import re
from xml.etree import ElementTree

import pytest

from bench import page, plot
from bench.aims import aims, as_rows, growth
from bench.results import Results
from bench.timing import Times

BEGUN = {"at": "2026-11-23 10:00:00", "load": 0.5}


@pytest.fixture
def results(tmp_path):
    return Results(tmp_path / "results")


def keep_answers(results, size, call, *, raw=1.0, raw_http=None):
    ways = {"call": Times((call,)), "http": Times((call + 1,)), "raw": Times((raw,))}
    ways |= {"raw_http": Times((raw_http,))} if raw_http else {}
    results.keep("sqlite", size, "answers", {"offers 按距离": ways}, BEGUN)


def reached(results, words):
    return [aim.reached for aim in aims(results) if words in aim.what]


def test_what_is_kept_is_told_again_with_its_moment(results):
    results.keep("sqlite", "10k", "crowd", {"empty": 10.0}, BEGUN)
    told = Results(results.folder).told("sqlite", "10k", "crowd")
    assert (told["at"], told["load"], told["found"]) == (BEGUN["at"], 0.5, {"empty": 10.0})
    assert told["machine"]["SQLite"]


def test_a_later_run_adds_its_size_and_leaves_the_others(results):
    keep_answers(results, "10k", 1.0)
    keep_answers(results, "1m", 2.0)
    assert [size for size, _, _ in results.every("answers")] == ["10k", "1m"]


def test_times_are_kept_as_their_percentiles(results):
    keep_answers(results, "10k", 1.0)
    assert results.found("sqlite", "10k", "answers")["offers 按距离"]["call"] == [1.0, 1.0, 1.0]


def test_an_answer_over_http_is_held_against_the_bare_server_over_http(results):
    keep_answers(results, "10k", 1.0, raw_http=2.1)
    keep_answers(results, "1m", 1.0, raw_http=1.9)
    assert reached(results, "不慢于裸引擎") == [True, False]


def test_ten_times_the_data_may_cost_ten_times_as_much(results):
    keep_answers(results, "10k", 1.0)
    keep_answers(results, "100k", 10.0)
    assert [row[-2:] for row in growth(results)[1:]] == [["10.0 倍", "是"]]
    keep_answers(results, "1m", 110.0)
    assert [row[-2:] for row in growth(results)[1:]] == [["11.0 倍", "否"]]


def test_a_share_of_the_empty_route_is_reached_or_not(results):
    found = {"empty": 1000.0, "suggest": 600.0, "offers": 199.0}
    results.keep("postgresql", "1m", "crowd", found, BEGUN)
    assert [row[-1] for row in as_rows(list(aims(results)))[1:]] == ["是", "否"]


def test_the_page_says_when_each_was_measured_and_what_was_not(results, tmp_path):
    keep_answers(results, "10k", 1.0)
    page.write(tmp_path / "performance.md", results)
    told = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "### SQLite，1 万" in told
    assert "量于 2026-11-23 10:00，负载 0.5–" in told
    assert "PostgreSQL，1000 万的查询、许多人同时问" in told
    assert not re.search(r"\$\w", told)


def test_a_page_can_be_written_before_anything_was_measured(results, tmp_path):
    page.write(tmp_path / "performance.md", results)
    assert page.NOTHING_YET in (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert not (tmp_path / "performance.svg").exists()


def test_the_plot_is_a_picture_with_a_line_for_each_engine(results, tmp_path):
    for size, ms in (("10k", 0.5), ("10m", 40.0)):
        keep_answers(results, size, ms)
    page.write(tmp_path / "performance.md", results)
    root = ElementTree.parse(tmp_path / "performance.svg").getroot()
    words = [each.text for each in root.iter() if each.tag.endswith("text")]
    assert {"裸 SQLite", "SQLite（进程内）", "1 万", "1,000 万"} <= set(words)
    assert "裸 Meilisearch（HTTP）" not in words


def test_ten_times_more_is_the_same_step_along_both_axes():
    line = plot.Line("甲", "#000", "round", [[(10, 1), (100, 10), (1000, 100)]])
    drawn = plot.drawn("题", ["一"], [line])
    points = re.search(r'polyline points="([^"]+)"', drawn)[1].split()
    xs, ys = zip(*(map(float, point.split(",")) for point in points), strict=True)
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)
    assert ys[0] - ys[1] == pytest.approx(ys[1] - ys[2], abs=0.2)
