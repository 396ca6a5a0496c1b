"""The project as files: what the guards of the house look at."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("backend", "search", "miniprogram_api", "admin")

# Not ours, or made by running: nobody reads them as the project.
_ASIDE = {".venv", ".git", "var", "__pycache__", "build", "dist", "node_modules"}


def modules(*, tests: bool = False) -> list[Path]:
    """Every module of the house, by path; the tests too where they are wanted."""
    floors = (*FLOORS, "tests", "bench") if tests else FLOORS
    return sorted(path for floor in floors for path in (ROOT / floor).rglob("*.py"))


def name_of(path: Path) -> str:
    """The path as people write it: backend/prices/rules.py."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The module as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def written_files() -> Iterator[Path]:
    """Every text file that people of the project wrote."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
        if path.is_file() and not hidden and not _ASIDE.intersection(parts) and _is_text(path):
            yield path


def _is_text(path):
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string of a module that is not a docstring."""
    explained = {id(node.body[0].value) for node in ast.walk(tree) if _opens_with_words(node)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in explained:
            yield node


def _opens_with_words(node):
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)


def imported(tree: ast.Module) -> set[str]:
    """The first names of everything a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
