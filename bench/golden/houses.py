"""The two houses that are asked: the demonstration's drugs, and those with the large real files."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.demo.load import LARGE as FILES
from bench.golden.table import LARGE, SMALL
from bench.house import House, opened

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
    """The house of a size, filled by `flask demo` where that is not done yet."""
    with opened("sqlite", folder / size) as house:
        whole = house.folder / "whole"
        commands = [["migrate"], ["index", "check", "--repair"]]
        if not whole.exists():
            more = ["--data", str(data)] if size == LARGE else []
            commands.insert(0, ["demo", *more])
        for words in commands:
            flask = [sys.executable, "-m", "flask", "--app", "backend.app", *words]
            subprocess.run(
                flask, env=os.environ | house.environment, check=True, capture_output=True
            )
        whole.touch()
        yield house
