"""The two houses that are asked: the demonstration's drugs, and those with the large real files."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import backend
from backend.demo.load import LARGE as FILES
from bench.golden.table import LARGE, SMALL
from bench.house import House, opened

# A house filled by other code or other data of these is filled anew; the index mends itself.
_FILLS = ("catalog", "demo", "intake", "migrations")
NO_DATA = "没有给出 DATA=文件夹（里面有 {names}）：22,000 种这一档不量。"


def sizes(data: Path | None) -> Iterator[str]:
    """The houses that can be built here."""
    yield SMALL
    if data and all((data / name).exists() for _, name in FILES):
        yield LARGE


def no_data() -> str:
    """What to say where the large house cannot be built."""
    return NO_DATA.format(names="、".join(name for _, name in FILES))


@contextmanager
def built(size: str, folder: Path, data: Path | None) -> Iterator[House]:
    """The house of a size, filled by `flask demo` where that is not done yet by this code."""
    with opened("sqlite", folder / size) as house:
        whole, stamp = house.folder / "whole", _stamp()
        commands = [["migrate"], ["index", "check", "--repair"]]
        if not whole.exists() or whole.read_text() != stamp:
            _empty(house.folder)
            more = ["--data", str(data)] if size == LARGE else []
            commands.insert(0, ["demo", *more])
        for words in commands:
            flask = [sys.executable, "-m", "flask", "--app", "backend.app", *words]
            subprocess.run(
                flask, env=os.environ | house.environment, check=True, capture_output=True
            )
        whole.write_text(stamp)
        yield house


def _stamp():
    digest = hashlib.sha256()
    root = Path(backend.__file__).parent
    for path in sorted(path for one in _FILLS for path in (root / one).rglob("*.*")):
        if path.suffix in (".py", ".csv", ".toml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _empty(folder):
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        elif one.name != "lock":
            one.unlink()
