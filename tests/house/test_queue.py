"""The queue: chosen by URL, refused in words, run by the worker."""

import re

import pytest

from backend import queue, worker
from backend.app import create_app
from backend.commands import MINUTELY, NIGHTLY
from backend.errors import BadSetting
from backend.outside import outside
from tests.conftest import settings_in
from tests.house.project import ROOT


def test_a_queue_in_a_file_is_made_where_the_url_says(tmp_path):
    line = queue.connect(f"sqlite:///{tmp_path}/deep/queue.db")
    assert (tmp_path / "deep/queue.db").exists()
    assert line.pending_count() == 0


@pytest.mark.parametrize("url", ["", "sqlite:///", "postgres://x", "queue.db"])
def test_another_url_is_refused_by_name(url):
    with pytest.raises(BadSetting, match="QUEUE_URL"):
        queue.connect(url)


def test_a_queue_in_redis_is_not_asked_before_there_is_something_to_ask():
    assert queue.connect("redis://127.0.0.1:1/0").name == queue.NAME


def test_the_worker_knows_what_runs_by_the_clock(tmp_path, cache, house):
    line = worker.open_queue(settings_in(tmp_path, cache_dir=str(cache)))
    names = [type(task).__name__ for task in line._registry.periodic_tasks]
    assert names == [
        "take_reports", "take_bands", "check_index", "keep_history", "take_index",
        "forget_demand", "forget_pushes", "forget_citizens", "forget_notices",
        "publish_data", "check_pictures",
    ]  # fmt: skip


def test_the_schedule_lists_what_the_worker_runs_and_when(tmp_path, cache, house):
    line = worker.open_queue(settings_in(tmp_path, cache_dir=str(cache)))
    answer = house.test_cli_runner().invoke(args=["work", "schedule"])
    told = [text.split("  ") for text in answer.output.splitlines()]
    assert [name for name, *_ in told] == [
        type(task).__name__ for task in line._registry.periodic_tasks
    ]
    assert told[0][1] == "每天 0:05（城市时间）"
    assert "最多 2 次" in told[0][2]


def test_every_task_says_what_happens_when_it_runs_twice():
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| ", page.split("每个任务都要经得起")[1], re.MULTILINE)
    assert told == [job.name for job in (*NIGHTLY, *MINUTELY)]


def test_whoever_watches_is_told_whether_a_worker_lives(house):
    run = house.test_cli_runner().invoke
    alone = run(args=["work", "check"])
    assert (alone.exit_code, "后台进程 0 个" in alone.output) == (1, True)
    outside.queue.dequeue()
    manned = run(args=["work", "check"])
    assert (manned.exit_code, "后台进程 1 个" in manned.output) == (0, True)


def test_a_queue_out_of_reach_is_said_in_words(tmp_path, cache):
    app = create_app(settings_in(tmp_path, cache_dir=str(cache), queue_url="redis://127.0.0.1:1/0"))
    answer = app.test_cli_runner().invoke(args=["work", "check"])
    assert answer.exit_code == 1
    assert "QUEUE_URL" in answer.stderr
