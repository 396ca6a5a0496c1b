"""The Makefile and the pages: what they tell people to run exists."""

import re
import subprocess

import pytest

from tests.house.project import ROOT

TARGETS = set(re.findall(r"^([a-z]+):.* ## \S", (ROOT / "Makefile").read_text(), re.MULTILINE))
FLASK = r"(?:^|`|/)flask(?: --app backend\.app)? ([a-z]+)(?: (?!--)([a-z][a-z-]*))?"
PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_make_alone_lists_every_target():
    answer = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make (\w+)", answer.stdout, re.MULTILINE)) == TARGETS
    assert {"demo", "test", "check", "bench", "run", "work", "migrate"} <= TARGETS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_a_page_tells_to_run_exists(page, house):
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= TARGETS
    for first, second in re.findall(FLASK, text, re.MULTILINE):
        command = house.cli.commands[first]
        assert not second or second in command.commands, f"flask {first} {second}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_that_is_linked_exists(page):
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    near = [link for link in links if "://" not in link]
    assert [link for link in near if not (page.parent / link).exists()] == []
