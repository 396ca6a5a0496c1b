"""Modules: short, introduced by a sentence, named after what they are."""

import ast
import re

from tests.house.project import modules, name_of, tree_of, written_files

LONGEST = 260
# A frozen copy of the tables of its day: splitting it would only hide it.
MAY_BE_LONG = ("backend/migrations/",)
NAMELESS = {"utils", "helpers", "common", "manager", "base", "service"}

# Folders of one machine: no file of the project may need them.
MACHINE = re.compile(rf"(?<![\w.:/-])/(?:{'|'.join(('work', 'tmp', 'root', 'home', 'Users'))})/")


def test_no_module_is_long():
    long = {
        name_of(path): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
        and not name_of(path).startswith(MAY_BE_LONG)
    }
    assert long == {}


def test_every_module_opens_with_a_sentence():
    silent = [
        name_of(path)
        for path in modules(tests=True)
        if (path.name, path.stat().st_size) != ("__init__.py", 0)
        and not (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].endswith((".", "!", "…"))
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in modules(tests=True) if path.stem in NAMELESS] == []


def test_nothing_is_imported_inside_functions_but_where_a_url_chooses():
    hidden = [
        f"{name_of(path)}:{inner.lineno}"
        for path in modules()
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef) and function.name != "connect"
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_test_patches_a_module_of_ours():
    patched = [
        name_of(path)
        for path in modules(tests=True)
        if re.search(r"mock\.patch|monkeypatch\.setattr", path.read_text(encoding="utf-8"))
        and path.name != "test_modules.py"
    ]
    assert patched == []


def test_no_file_needs_a_folder_of_one_machine():
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in written_files()
        if (match := MACHINE.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
