"""Clients made from the API's description, in Python and in TypeScript, live through a story."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

CLIENTS = Path(__file__).parents[1] / "clients"
MADE = "sanjin_client"
# Their own: openapi-python-client would tidy its files with a ruff it looks for in PATH.
CONFIG = f"package_name_override: {MADE}\nproject_name_override: {MADE}\npost_hooks: []\n"


def run(*words, **where):
    """A command's output; fails with everything it said where it fails."""
    told = subprocess.run(words, capture_output=True, text=True, check=False, **where)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


@pytest.fixture
def description(site, tmp_path):
    """The API's description as a file, taken from the running house."""
    path = tmp_path / "openapi.json"
    path.write_bytes(urllib.request.urlopen(f"{site}/api/openapi.json").read())
    return path


def test_a_client_made_in_python_lives_through_a_story(site, description, tmp_path):
    folder, config = tmp_path / MADE, tmp_path / "config.yml"
    config.write_text(CONFIG, encoding="utf-8")
    said = run(
        sys.executable, "-m", "openapi_python_client", "generate", "--path", str(description),
        "--config", str(config), "--output-path", str(folder), "--meta", "none",
    )  # fmt: skip
    assert "Warning" not in said, said
    shutil.copy(CLIENTS / "story.py", tmp_path)
    run(sys.executable, "-m", "mypy", "--no-incremental", MADE, "story.py", cwd=tmp_path)
    told = run(sys.executable, "story.py", site, cwd=tmp_path)
    assert "offers" in told


def has_node():
    """Whether there is a node that is new enough, with npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    return int(version.stdout.lstrip("v").split(".")[0] or 0) >= 18


@pytest.fixture
def node():
    """Node, or the reason why the client in TypeScript was not made."""
    if not has_node():
        why = "没有 node 18 或更新的和 npm：TypeScript 客户端没有试（apt-get install nodejs npm）"
        (pytest.fail if os.environ.get("NODE_NEEDED") == "1" else pytest.skip)(why)


def test_a_client_made_in_typescript_lives_through_a_story(site, description, tmp_path, node):
    folder = tmp_path / "typescript"
    shutil.copytree(CLIENTS / "typescript", folder, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copy(description, folder)
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    run("npm", "run", "generate", cwd=folder)
    run("npm", "run", "check", cwd=folder)
    assert "offers" in run("node", "built/story.js", site, cwd=folder)
