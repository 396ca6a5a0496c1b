"""docs/api.md: its commands answer what it says, its refusals are the ones there are."""

import re
import shlex
import urllib.parse

import pytest

from backend.errors import CursorLost, Gone, NotFound, TooMany, TryAgain
from backend.settings import Settings
from backend.web.refusals import shape
from backend.web.retiring import NOTICE
from miniprogram_api.contract_examples import ASKED
from tests.house.project import ROOT

PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
CURLS = re.findall(r"^curl .+$", PAGE, re.MULTILINE)


def test_every_command_of_the_page_answers(town):
    client, told = town.test_client(), []
    for line in CURLS:
        words = shlex.split(line)
        url = urllib.parse.urlsplit(next(word for word in words if word.startswith("http")))
        marks = [word for word in words if word.startswith("If-None-Match: ")]
        headers = dict([marks[0].split(": ")] if marks else [])
        ask = client.head if "-I" in words else client.get
        answer = ask(f"{url.path}?{url.query}", headers=headers)
        told.append((answer.status_code, bool(answer.data)))
    assert told == [(200, True)] * 3 + [(200, False), (304, False)]


def test_the_refusals_of_the_page_are_the_ones_there_are():
    rows = re.findall(r"^\| (\d{3}) \| `(\w+)` \|", PAGE, re.MULTILINE)
    for refusal in (NotFound(), CursorLost(), Gone(), TooMany(1), TryAgain()):
        assert (str(refusal.status), refusal.code) in rows
    assert ("422", "bad_input") in rows
    assert str(shape(422, "bad_input", "page：请填整数。", {"page": ["请填整数。"]})).replace(
        "'", '"'
    ) in PAGE  # fmt: skip


def test_the_page_tells_the_limit_and_the_notice():
    assert Settings().rate_limit == "3000/minute"
    assert "每分钟 3000 次" in PAGE
    assert f"不到 {NOTICE.days} 天" in PAGE


@pytest.mark.parametrize("path", [path for path in ASKED.values() if path.startswith("/api/v1")])
def test_every_operation_stands_on_the_page(path):
    start = re.split(r"[?]|/(?=Y0|DEMO|AAAA|0000)", path)[0]
    assert re.sub(r"/((drugs|outlets)/(\d+|current)|health)$", "", start) in PAGE
